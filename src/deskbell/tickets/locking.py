"""The one way to fetch a ticket for change: visible to the viewer, locked, and not changed behind their back.

Two tickets are always locked in the order of their ids, or two merges could wait for each other for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache

from django.db import transaction
from django.utils.translation import gettext as _

from deskbell.kernel.api import Conflict, NotFound, Viewer, alteration, ask, clock, send, visible
from deskbell.kernel.statements import columns, instance
from deskbell.tickets.access import SEE, seen_as_customer
from deskbell.tickets.models import Kind, State, Ticket

RELATED = ("state", "kind")  # what actions read; every further join is planned and compiled for each change


def _lock(ticket_ids: Iterable[int]) -> None:
    """Lock rows by their ids alone, in their order; the next statement reads what they hold now.

    A statement that locks and joins at once looks, after waiting, at the new ticket beside the old joined rows: a
    ticket whose state changed meanwhile would seem not to exist.
    """
    ask([(_LOCK, [list(ticket_ids)])])


def _locked(ticket_ids: list[int]) -> dict[int, Ticket]:
    """Lock and read tickets: two statements, each with a look at the database of its own, in one round trip."""
    _ids, rows = ask([(_LOCK, [ticket_ids]), (_read(), [ticket_ids])])
    first, second = (len(model._meta.concrete_fields) for model in (Ticket, State))  # noqa: SLF001  (documented)
    found: dict[int, Ticket] = {}
    for row in rows:
        ticket: Ticket = instance(Ticket, row[:first])
        ticket.state = instance(State, row[first : first + second])
        ticket.kind = instance(Kind, row[first + second :])
        found[ticket.pk] = ticket
    return found


_LOCK = "SELECT id FROM tickets_ticket WHERE id = ANY(%s) ORDER BY id FOR UPDATE"


@cache
def _read() -> str:
    several = ", ".join(columns(model, alias) for model, alias in ((Ticket, "t"), (State, "s"), (Kind, "k")))
    # S608: columns of our own models.
    return f"""SELECT {several} FROM tickets_ticket AS t
        JOIN tickets_state AS s ON s.id = t.state_id JOIN tickets_kind AS k ON k.id = t.kind_id
        WHERE t.id = ANY(%s)"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class _Held:
    """A locked row, and the names of what actions have changed on it."""

    ticket: Ticket
    changed: dict[str, None] = field(default_factory=dict)


_held: ContextVar[_Held | None] = ContextVar("deskbell_held_ticket", default=None)


@contextmanager
def holding(ticket: Ticket) -> Iterator[None]:
    """Several actions of one viewer on one locked ticket: each is given this row instead of reading it again.

    What they change they change on this row, which is written once, when the block ends. Stands inside `together()`;
    nothing in it may look for the change in the database.
    """
    held = _held.get()
    if held is not None and held.ticket is ticket:
        yield
        return
    held = _Held(ticket)
    token = _held.set(held)
    try:
        yield
    finally:
        _held.reset(token)
    if held.changed:
        send(*alteration(ticket, held.changed))


def lock_ticket(viewer: Viewer, ticket_id: int, *, seen_version: int | None = None) -> Ticket:
    """The ticket, locked until the transaction ends.

    Raises NotFound when it does not exist for the viewer, and Conflict when `seen_version` is older than it.
    """
    held = _held.get()
    if held is not None and held.ticket.pk == ticket_id:
        if seen_version is not None and seen_version != held.ticket.version:
            raise Conflict
        return held.ticket
    ticket = _locked([ticket_id]).get(ticket_id)
    if ticket is None or not _seen(viewer, [ticket]):
        raise NotFound
    if seen_version is not None and seen_version != ticket.version:
        raise Conflict
    return ticket


def _seen(viewer: Viewer, tickets: Iterable[Ticket]) -> set[int]:
    """Which of them the viewer sees.

    Asks the policy, except where the department alone decides: that is nearly always, and spares its subqueries.
    """
    seen: set[int] = set()
    unsure: set[int] = set()
    for ticket in tickets:
        by_department = viewer.is_system or (not ticket.is_restricted and viewer.may(SEE, ticket.department_id))
        (seen if by_department else unsure).add(ticket.pk)
    if unsure:
        seen |= set(visible(viewer, Ticket).filter(pk__in=unsure).values_list("pk", flat=True))
    return seen


def lock_tickets(viewer: Viewer, ticket_ids: Iterable[int]) -> dict[int, Ticket]:
    """Several tickets by id, locked in the order of their ids. Raises NotFound when one is not visible."""
    wanted = set(ticket_ids)
    found = lock_visible(viewer, wanted)
    if found.keys() != wanted:
        raise NotFound
    return found


def lock_visible(viewer: Viewer, ticket_ids: Iterable[int]) -> dict[int, Ticket]:
    """Those of the tickets that the viewer sees, by id, locked in the order of their ids."""
    locked = _locked(sorted(ticket_ids))
    seen = _seen(viewer, locked.values())
    return {pk: ticket for pk, ticket in locked.items() if pk in seen}


def lock_as_customer(viewer: Viewer, ticket_id: int) -> Ticket:
    """A ticket the viewer has part in as a person who asks, whatever their roles; a merged one leads on.

    Raises NotFound when they have no part in it.
    """
    final = lock_final(ticket_id)
    ticket = Ticket.objects.select_related(*RELATED).filter(seen_as_customer(viewer), pk=final).first()
    if ticket is None:
        raise NotFound
    return ticket


def lock_final(ticket_id: int) -> int:
    """Lock the ticket in which a merged one ended up, and give its id.

    It may be merged while we wait for it. Then its lock is given back before the next one is taken: held, it would
    stand against the order of ids in which a merge locks.
    """
    while True:
        final = final_ticket_id(ticket_id)
        before = transaction.savepoint()
        _lock([final])
        if not Ticket.objects.filter(pk=final, merged_into__isnull=False).exists():
            transaction.savepoint_commit(before)
            return final
        transaction.savepoint_rollback(before)


def seen_ticket(viewer: Viewer, ticket_id: int) -> None:
    """Raises NotFound unless the viewer sees the ticket, as a colleague or as one who asks."""
    if visible(viewer, Ticket).filter(pk=ticket_id).exists():
        return
    if not Ticket.objects.filter(seen_as_customer(viewer), pk=ticket_id).exists():
        raise NotFound


def final_ticket_id(ticket_id: int) -> int:
    """Where a merged ticket ended up; itself when it was not merged."""
    seen = set()
    while ticket_id not in seen:
        seen.add(ticket_id)
        merged_into = Ticket.objects.filter(pk=ticket_id).values_list("merged_into_id", flat=True).first()
        ticket_id = merged_into or ticket_id
    return ticket_id


def require_seen(ticket: Ticket, seen_message_id: int | None) -> None:
    """Raises Conflict when the ticket holds a newer message than the writer has seen. None: do not ask."""
    if seen_message_id is not None and (ticket.last_message_id or 0) > seen_message_id:
        raise Conflict(_("A newer message arrived while you were writing. Read it, then send."))


def save(ticket: Ticket, fields: Iterable[str]) -> None:
    """Save the named fields with the new version and time of change; of a ticket that is held, when that ends."""
    ticket.version += 1
    ticket.updated_at = clock.now()
    names = [*fields, "version", "updated_at"]
    held = _held.get()
    if held is not None and held.ticket is ticket:
        held.changed.update(dict.fromkeys(names))
    else:
        ticket.save(update_fields=names)
