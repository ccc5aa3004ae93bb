"""What is measured on: agents with their sessions, tickets, words. Runs inside a desk."""

from __future__ import annotations

import re
import time
from collections import Counter
from importlib import import_module
from random import Random
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, transaction
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.utils.crypto import get_random_string

from deskbell.bench.organisation import AGENT, FIRST_CUSTOMER
from deskbell.bench.stories import LANGUAGES
from deskbell.kernel.api import SYSTEM
from deskbell.people import api as people
from deskbell.search import api as search
from deskbell.tickets import api as tickets

AGENTS = 8  # take part in a measurement, each with a session
MOST_LOOKED_AT = 40  # agents of whom they are chosen
TICKETS_EACH = 40  # pages looked at for each of them
SAMPLE = 20_000  # tickets in whose words the share of a word is estimated
LEAST_MESSAGES, MOST_MESSAGES = 3, 10
SHARES = {"rare": 0.0004, "middle": 0.0085, "frequent": 0.15}
_WORD = re.compile(r"[^\W\d_]+")


def facts(loaded: int) -> dict[str, Any]:
    """What a measurement by HTTP needs to know. loaded: tickets the desk was made with, in whose words is looked."""
    agents = _agents(AGENTS)
    department = min(people.viewer_for(agents[0]).grants)
    return {
        "agents": [
            {"cookie": cookie_of(agent), "tickets": _tickets_of(agent), "queue": _queue_rows(agent)} for agent in agents
        ],
        "words": words(loaded),
        "department": department,
        "creator": agents[0].pk,
        "requester": people.User.objects.filter(pk__gte=FIRST_CUSTOMER).order_by("pk").values_list("pk", flat=True)[7],
        "touched": tickets.Ticket.objects.filter(department=department).latest("pk").pk,
    }


def _agents(count: int) -> list[people.User]:
    """Those whose lists are the fullest, so that a page of fifty rows is one."""
    names = [AGENT.format(place) for place in range(MOST_LOOKED_AT)]
    found = [(-_queue_rows(agent), agent.pk, agent) for agent in people.User.objects.filter(email__in=names)]
    return [agent for rows, _pk, agent in sorted(found, key=lambda each: each[:2]) if rows][:count]


def cookie_of(user: people.User) -> str:
    """A session as signing in makes one, and the secret against forged forms of a browser."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    secret = get_random_string(CSRF_SECRET_LENGTH)
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={secret}"


def sessions(count: int, department: int) -> list[str]:
    """Sessions spread over those who work in a department."""
    agents = list(people.User.objects.filter(role_assignments__department=department).distinct().order_by("pk"))
    return [cookie_of(agents[place % len(agents)]) for place in range(count)]


def _tickets_of(agent: people.User) -> list[list[int]]:
    """Tickets of all ages the agent may see: id and number of messages."""
    departments = sorted(people.viewer_for(agent).grants)
    found = tickets.Ticket.objects.filter(department__in=departments, is_restricted=False)
    ids = found.order_by("pk").values_list("pk", flat=True)
    first, last = ids.first() or 0, ids.last() or 0
    rng = Random(f"sample {agent.email}")
    rows: list[list[int]] = []
    while len(rows) < TICKETS_EACH:
        near = found.filter(
            pk__gte=rng.randint(first, last), message_count__gte=LEAST_MESSAGES, message_count__lte=MOST_MESSAGES
        ).order_by("pk")  # fmt: skip
        row = near.values_list("pk", "message_count").first()
        if row is not None:
            rows.append(list(row))
    return rows


def _queue_rows(agent: people.User) -> int:
    page = tickets.queue(people.viewer_for(agent), tickets.QueueFilter(view="departments"), size=50)
    return len(page.rows)


def words(loaded: int) -> dict[str, dict[str, str]]:
    """For each language a rare word, one of 0.85 % of the tickets, a frequent one, and two that stand together."""
    counts: dict[str, Counter[str]] = {language: Counter() for language in LANGUAGES}
    sample = 0
    pairs: dict[str, list[set[str]]] = {language: [] for language in LANGUAGES}
    for language, found in _texts(loaded):
        sample += 1
        counts[language].update(found)
        if len(pairs[language]) < 400:
            pairs[language].append(found)
    chosen: dict[str, dict[str, str]] = {}
    for language, counter in counts.items():
        if not counter:
            continue
        # Of words as frequent as one another, any: the first of the alphabet would be of a kind.
        ordered = sorted(counter.items(), key=lambda row: (row[1], row[0][::-1]))
        chosen[language] = {
            name: min(ordered, key=lambda row: abs(row[1] / sample - share))[0] for name, share in SHARES.items()
        }
        chosen[language]["two"] = _pair(pairs[language], counter, sample)
    return chosen


def _texts(loaded: int) -> Any:
    """Language and words of the newest tickets the desk was made with; what the bench has made since says the same."""
    statement = (
        "SELECT t.language, string_agg(m.text, ' ') FROM tickets_ticket t JOIN tickets_message m ON m.ticket_id = t.id "
        "CROSS JOIN (SELECT min(id) + %s AS behind FROM tickets_ticket) AS loaded "
        "WHERE t.id >= behind - %s AND t.id < behind GROUP BY t.id, t.language"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [loaded, SAMPLE])
        for language, text in cursor.fetchall():
            if language == "zh-hant":
                runs = _WORD.findall(text)
                pairs = {run[place : place + 2] for run in runs for place in range(0, len(run) - 1, 2)}
                # A letter beside a sign is no word: a question with it found nothing, which is quick.
                yield language, {pair for pair in pairs if not any(map(str.isascii, pair))}
            elif language in LANGUAGES:
                said = {word.lower() for word in _WORD.findall(text) if len(word) > 3}
                yield language, said - search.EVERYWHERE


def _pair(texts: list[set[str]], counter: Counter[str], sample: int) -> str:
    """Two words of middling share that some ticket has both."""
    for text in texts:
        fitting = sorted(word for word in text if 0.003 < counter[word] / sample < 0.05)
        if len(fitting) > 1:
            return f"{fitting[0]} {fitting[-1]}"
    return ""


def touch(ticket_id: int) -> float:
    """Give a ticket a tag, or take it away: a small change by a real action."""
    with transaction.atomic():
        ticket = tickets.Ticket.objects.get(pk=ticket_id)
        tags = ["bench"] if "bench" not in ticket.tags else []
        tickets.set_tags(SYSTEM, ticket_id, tags)
    return time.monotonic()
