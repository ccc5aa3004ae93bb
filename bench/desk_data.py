"""Fill the database with a made-up desk, in SQL: `python bench/desk_data.py 200000`.

For measuring only: rows are written past the actions. One department in ten tickets is small, ten in a hundred
tickets are open, words follow a steep distribution (one stands in every document, most in a few).
"""

# ruff: noqa: E501

import sys

import django
from django.db import connection, transaction

DEPARTMENTS = 12
AGENTS = 200
CUSTOMERS = 5_000
ORGANISATIONS = 400

PEOPLE = """
INSERT INTO people_department (name, path, description, takes_portal_tickets, is_active, position)
SELECT 'Bench ' || n, '', '', true, true, n FROM generate_series(1, %(departments)s) n;
UPDATE people_department SET path = '/' || id || '/' WHERE path = '';
INSERT INTO people_organisation (name, kind, language, time_zone, shares_tickets, notes, is_active, created_at)
SELECT 'Bench organisation ' || n, 'customer', '', '', true, '', true, now() FROM generate_series(1, %(organisations)s) n;
INSERT INTO people_user (password, name, email, job_title, organisation_id, sees_organisation, language, time_zone,
    working_hours, theme, density, notes, is_active, is_blocked, created_at)
SELECT '!', 'Bench person ' || n, 'bench' || n || '@example.org', '',
    CASE WHEN n > %(agents)s THEN (SELECT min(id) FROM people_organisation WHERE name LIKE 'Bench%%') + n %% %(organisations)s END,
    false, 'en', 'UTC', '{}', 'system', 'comfortable', '', true, false, now()
FROM generate_series(1, %(agents)s + %(customers)s) n;
INSERT INTO people_contactpoint (user_id, kind, value, display, is_primary, created_at)
SELECT id, 'email', email, email, true, now() FROM people_user WHERE email LIKE 'bench%%';
INSERT INTO people_roleassignment (user_id, role_id, department_id, created_at)
SELECT u.id, (SELECT id FROM people_role WHERE code = 'agent'), d.id, now()
FROM (SELECT id, row_number() OVER (ORDER BY id) n FROM people_user WHERE email LIKE 'bench%%' LIMIT %(agents)s) u
JOIN (SELECT id, row_number() OVER (ORDER BY id) n FROM people_department WHERE name LIKE 'Bench%%') d
    ON d.n IN (1 + u.n %% %(departments)s, 1 + (u.n / 3) %% %(departments)s) ON CONFLICT DO NOTHING;
"""

TICKETS = """
INSERT INTO tickets_ticket (subject, kind_id, category_id, impact, urgency, priority_id, priority_reason, state_id,
    state_category, resolution, department_id, assignee_id, requester_id, organisation_id, is_restricted, tags, custom,
    reply_token, language, version, channel, created_at, updated_at, last_message_at, last_message_id,
    last_message_preview, last_message_by_customer, message_count, customer_waiting_since, follow_up_at, resolved_at,
    closed_at, reopen_count, reassign_count)
SELECT 'Bench matter ' || i, k.id, NULL, 3, 3, p.id, '', s.id, s.category, '', d.id,
    CASE WHEN i %% 5 <> 0 THEN a.id END, u.id, u.organisation_id, i %% 997 = 0,
    CASE WHEN i %% 7 = 0 THEN ARRAY['vip'] ELSE '{}'::varchar[] END, '{}',
    md5('bench' || i || random()), 'en', 3, 'email', t.at, t.at, t.at + interval '1 day' * (i %% 5), i,
    'It does not work since ' || i, i %% 2 = 0, 3, CASE WHEN s.category IN ('new', 'active') AND i %% 3 = 0 THEN t.at END,
    CASE WHEN s.category = 'waiting' THEN t.at + interval '9 days' END,
    CASE WHEN s.category IN ('resolved', 'closed') THEN t.at + interval '2 days' END, NULL, 0, 0
FROM generate_series(1, %(tickets)s) AS x(i)
CROSS JOIN LATERAL (SELECT now() - interval '1 minute' * (%(tickets)s - i) AS at) t
JOIN kinds k ON k.n = 1 + i %% 5
JOIN priorities p ON p.n = 1 + CASE WHEN i %% 50 = 0 THEN 0 WHEN i %% 10 = 0 THEN 1 ELSE 2 + i %% 2 END
JOIN states s ON s.code = CASE WHEN i %% 10 <> 0 AND i < %(tickets)s * 0.99 THEN 'closed'
    ELSE (ARRAY['new', 'in_progress', 'waiting_for_requester', 'in_progress'])[1 + i %% 4] END
JOIN departments d ON d.n = CASE WHEN i %% 1000 = 0 THEN %(departments)s ELSE 1 + i %% (%(departments)s - 1) END
JOIN agents a ON a.n = 1 + (i * 7) %% %(agents)s
JOIN customers u ON u.n = 1 + (i::bigint * 7919) %% %(customers)s;
"""

LISTS = """
CREATE TEMP TABLE kinds AS SELECT id, row_number() OVER (ORDER BY id) n FROM tickets_kind WHERE NOT is_restricted;
CREATE TEMP TABLE priorities AS SELECT id, row_number() OVER (ORDER BY rank) n FROM tickets_priority;
CREATE TEMP TABLE states AS SELECT id, code, category FROM tickets_state;
CREATE TEMP TABLE departments AS SELECT id, row_number() OVER (ORDER BY id) n FROM people_department WHERE name LIKE 'Bench%%';
CREATE TEMP TABLE agents AS SELECT id, row_number() OVER (ORDER BY id) n FROM people_user WHERE email LIKE 'bench%%'
    AND organisation_id IS NULL;
CREATE TEMP TABLE customers AS SELECT id, organisation_id, row_number() OVER (ORDER BY id) n FROM people_user
    WHERE email LIKE 'bench%%' AND organisation_id IS NOT NULL;
"""

DOCUMENTS = """
INSERT INTO search_searchdocument (subject_type, subject_id, lexemes, updated_at)
SELECT 'ticket', t.id, (SELECT string_agg(w || ':1C', ' ') || ' ' || t.id || ':1A matter:1A bench:1B the:1C'
    || CASE WHEN t.id %% 4 = 0 THEN ' printer:1C' ELSE '' END
    FROM (SELECT DISTINCT 'w' || floor(20000 * power(random(), 3))::int w FROM generate_series(1, 40)
          WHERE t.id > 0) words)::tsvector, now()
FROM tickets_ticket t WHERE t.subject LIKE 'Bench%%' ON CONFLICT DO NOTHING;
"""

MESSAGES = """
INSERT INTO tickets_message (ticket_id, kind, direction, channel, author_id, subject, text, html, quoted_text, quoted_html,
    "to", cc, is_automatic, has_remote_images, delivery_state, delivery_error, created_at)
SELECT t.id, 'public', CASE m WHEN 2 THEN 'out' ELSE 'in' END, 'email', t.requester_id, '', 'It does not work since ' || t.id, '',
    '', '', '[]', '[]', false, false, 'none', '', t.created_at + interval '1 hour' * m
FROM tickets_ticket t CROSS JOIN generate_series(1, 3) m WHERE t.subject LIKE 'Bench%%';
"""


def main(tickets: int) -> None:
    numbers = {
        "departments": DEPARTMENTS, "agents": AGENTS, "customers": CUSTOMERS, "organisations": ORGANISATIONS,
        "tickets": tickets,
    }  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        for step in (PEOPLE, LISTS, TICKETS, DOCUMENTS, MESSAGES):
            cursor.execute(step, numbers)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
