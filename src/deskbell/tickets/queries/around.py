"""A ticket and everything that hangs on it, read by one statement.

Its people, links, referrals, drafts and merges are few and come as JSON beside the ticket's own columns; kinds, states,
departments and their like are known in the process, and the people they name follow in a second query.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from deskbell.kernel.api import BLOCK_BITS, NotFound, Viewer, reference, visible
from deskbell.kernel.statements import Slot, Statement, fetch, from_json, instance
from deskbell.people.api import ContactPoint, User, known_departments, known_teams
from deskbell.tickets.models import Draft, Merge, Participant, Referral, Ticket, TicketLink, Watcher
from deskbell.tickets.models.state import FINAL
from deskbell.tickets.queries.persons import persons
from deskbell.tickets.queries.vocabulary import Vocabulary, vocabulary

_TICKET = Slot()
_NAMED = ("requester", "assignee", "owner", "affected")
_MOST_AUTHORS = 60  # newest messages whose authors are read along

# Each may stand for itself: what is written here is one row per ticket, found by an index that begins with the ticket.
_BESIDE = f"""
coalesce(CASE WHEN x.state_category IN ({FINAL}) THEN x.last_message_id
    ELSE (SELECT r.last_message_id FROM tickets_ticketread r WHERE r.ticket_id = x.id AND r.user_id = %s) END, 0),
EXISTS (SELECT FROM tickets_mention n WHERE n.ticket_id = x.id AND n.user_id = %s AND n.seen_at IS NULL),
(SELECT json_agg(p ORDER BY p.role, p.id) FROM tickets_participant p WHERE p.ticket_id = x.id),
(SELECT json_agg(w ORDER BY w.id) FROM tickets_watcher w WHERE w.ticket_id = x.id),
(SELECT json_agg(r ORDER BY r.id) FROM tickets_referral r WHERE r.ticket_id = x.id),
(SELECT json_agg(d) FROM tickets_draft d WHERE d.ticket_id = x.id AND d.user_id = %s),
(SELECT json_agg(m ORDER BY m.id) FROM tickets_merge m
    WHERE x.id IN (m.source_id, m.target_id) AND m.undone_at IS NULL),
(SELECT json_agg(l ORDER BY l.id) FROM tickets_ticketlink l WHERE x.id IN (l.source_id, l.target_id)),
(SELECT json_agg(c ORDER BY c.is_primary DESC, c.kind, c.id) FROM people_contactpoint c
    WHERE c.user_id = x.requester_id),
(SELECT json_agg(DISTINCT a.author_id) FROM (SELECT m.author_id FROM tickets_message m WHERE m.ticket_id = x.id
    ORDER BY (m.id >> {BLOCK_BITS}) DESC, m.id DESC LIMIT %s) AS a)
"""  # noqa: S608  (a number of ours)


@dataclass(frozen=True, slots=True)
class Around:
    """The ticket with all it refers to, and what hangs on it. people: everybody named, by id, newest authors included.

    drafts: of the viewer alone. contact_points: of whoever asked. read_up_to: id of the newest message read;
    of a closed ticket all are. is_mentioned: the viewer is named in a message they have not read.
    """

    ticket: Ticket
    known: Vocabulary
    read_up_to: int = 0
    is_mentioned: bool = False
    participants: list[Participant] = field(default_factory=list)
    watchers: list[Watcher] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    links: list[TicketLink] = field(default_factory=list)
    contact_points: list[ContactPoint] = field(default_factory=list)
    people: dict[int, User] = field(default_factory=dict)


def around(viewer: Viewer, ticket_id: int) -> Around:
    """For a colleague, in two queries. Raises NotFound for what the viewer cannot see."""
    statement = _statement(viewer)
    me = viewer.user_id or 0
    rows = (
        fetch(statement.sql, [me, me, me, _MOST_AUTHORS, *statement.filled({_TICKET: ticket_id})]) if statement else []
    )
    if not rows:
        raise NotFound
    own = len(Ticket._meta.concrete_fields)  # noqa: SLF001
    ticket: Ticket = instance(Ticket, rows[0][:own])
    read_up_to, is_mentioned, *parts, authors = rows[0][own:]
    models: tuple[type[Any], ...] = (Participant, Watcher, Referral, Draft, Merge, TicketLink, ContactPoint)
    found = [[from_json(model, each) for each in part or ()] for model, part in zip(models, parts, strict=True)]
    participants, watchers, referrals, drafts, merges, links, contact_points = found
    named = [getattr(ticket, f"{name}_id") for name in _NAMED] + list(authors or ())
    named += [each.user_id for each in (*participants, *watchers, *referrals)]
    named += [each.granted_by_id for each in referrals] + [each.merged_by_id for each in merges]
    people = persons(named)
    _complete(ticket, people)
    for row in (*participants, *watchers, *referrals):
        row.user = people.get(row.user_id)
    _complete_referrals(ticket, referrals, people)
    return Around(
        ticket,
        vocabulary(),
        read_up_to,
        is_mentioned,
        participants,
        watchers,
        referrals,
        drafts,
        merges,
        links,
        contact_points,
        people,
    )


@reference.cached_up_to(500)
def _statement(viewer: Viewer) -> Statement | None:
    """The policy's own condition, compiled once for this viewer's rights."""
    names = [field.attname for field in Ticket._meta.concrete_fields]  # noqa: SLF001
    seen = Statement.of(visible(viewer, Ticket).filter(pk=_TICKET).order_by().values_list(*names))
    if seen is None:
        return None
    # S608: names of our own tables, and a text of Django's own compiler; values apart.
    return Statement(f"SELECT x.*, {_BESIDE} FROM ({seen.sql}) AS x", seen.params)  # noqa: S608


@reference.cached
def _small_tables() -> Mapping[str, Mapping[int, Any]]:
    """By the name of the ticket's field: their rows by id."""
    words = vocabulary()
    return {
        "kind": {each.pk: each for each in words.kinds},
        "category": {each.pk: each for each in words.categories},
        "priority": {each.pk: each for each in words.priorities},
        "state": {each.pk: each for each in words.states},
        "waiting_reason": {each.pk: each for each in words.waiting_reasons},
        "department": known_departments(),
        "team": known_teams(),
    }


def _complete(ticket: Ticket, people: dict[int, User]) -> None:
    """What the ticket refers to, where it is known; anything else is read by Django when it is asked for."""
    for name, known in (*_small_tables().items(), *((name, people) for name in _NAMED)):
        pk = getattr(ticket, f"{name}_id")
        if pk is None or pk in known:
            setattr(ticket, name, None if pk is None else known[pk])
    if ticket.organisation_id is not None and ticket.organisation_id == ticket.requester.organisation_id:
        ticket.organisation = ticket.requester.organisation


def _complete_referrals(ticket: Ticket, referrals: list[Referral], people: dict[int, User]) -> None:
    departments = known_departments()
    for row in referrals:
        row.granted_by = people.get(row.granted_by_id or 0)
        if row.department_id is not None and row.department_id in departments:
            row.department = departments[row.department_id]
    # As if prefetched, for whoever asks the policy about this ticket.
    prefetched = Referral.objects.all()
    prefetched._result_cache = referrals  # noqa: SLF001
    ticket._prefetched_objects_cache = {"referrals": prefetched}  # type: ignore[attr-defined]  # noqa: SLF001
