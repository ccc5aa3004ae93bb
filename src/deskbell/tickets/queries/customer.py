"""What people see of the tickets they asked, in the portal."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from deskbell.kernel.api import NotAllowed, NotFound, Viewer
from deskbell.kernel.statements import fetch
from deskbell.tickets.access import seen_as_customer
from deskbell.tickets.guards import may_be_reopened
from deskbell.tickets.locking import final_ticket_id
from deskbell.tickets.models import Participant, StateCategory, Ticket, Transition, WaitingSide
from deskbell.tickets.queries.conditions import matches_text
from deskbell.tickets.queries.labels import labels
from deskbell.tickets.queries.paging import ORDERS, Part, page_keys, read_cursor
from deskbell.tickets.queries.vocabulary import vocabulary

SCOPES = ("mine", "organisation")
STATES = {
    "open": tuple(each.value for each in StateCategory.open()),
    "ended": tuple(each.value for each in StateCategory.ended()),
    "all": (),
}


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A ticket in the portal's list. state: in plain words. waits_for_me: the desk waits for the viewer's answer."""

    id: int
    subject: str
    state: str
    state_category: str
    kind: str
    department: str
    requester_id: int
    requester: str
    created_at: datetime
    last_message_at: datetime
    last_message_by_customer: bool
    waits_for_me: bool

    @property
    def number(self) -> str:
        return f"#{self.id}"


@dataclass(frozen=True, slots=True)
class CustomerTickets:
    rows: list[CustomerRow] = field(default_factory=list)
    next: str | None = None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CustomerTicket:
    """One ticket in the portal, and what the viewer may do with it there. state: in plain words."""

    ticket: Ticket
    state: str
    is_requester: bool
    may_answer: bool
    may_close: bool
    may_reopen: bool
    becomes_new: bool


def customer_tickets(
    viewer: Viewer,
    *,
    scope: str = "mine",
    state: str = "open",
    text: str = "",
    after: str | None = None,
    size: int = 25,
) -> CustomerTickets:
    """Tickets the viewer asked or takes part in ("mine"), or those of their organisation where they may.

    Latest message first, by keyset, in two queries (three when searching). Raises NotAllowed for nobody.
    """
    if viewer.user_id is None:
        raise NotAllowed
    order = ORDERS["recent"]
    place = read_cursor(after, order) if after else None
    base = Ticket.objects.filter(merged_into__isnull=True)  # what was merged goes on in the other ticket
    categories = STATES.get(state, STATES["open"])
    if categories:
        base = base.filter(state_category__in=categories)
    asked: tuple[str, ...] = ()
    if text.strip():
        condition = matches_text(viewer, text, for_customers=True)
        base, asked = base.filter(condition.q), condition.problems
    size = max(1, min(size, 100))
    found = list(page_keys([Part(base.filter(each)) for each in _scope(viewer, scope)], order, place, size + 1))
    more, found = len(found) > size, found[:size]
    rows = customer_rows([each.pk for each in found])
    problems = (_("This page of the list is no longer there. Here is the first one."),) if after and not place else ()
    return CustomerTickets(
        rows=[rows[each.pk] for each in found],
        next=found[-1].cursor(order) if more else None,
        problems=(*problems, *asked),
    )


def _scope(viewer: Viewer, scope: str) -> list[Q]:
    """The ways in which a ticket belongs to the list, each with an index of its own."""
    if scope == "organisation":
        return [Q(organisation_id=each, is_restricted=False) for each in sorted(viewer.organisation_ids)]
    taken_part = Participant.objects.filter(user_id=viewer.user_id or 0).values("ticket_id")
    return [Q(requester_id=viewer.user_id), Q(affected_id=viewer.user_id), Q(pk__in=taken_part)]


_ROWS: Final = """
SELECT t.id, t.subject, t.state_category, t.requester_id, coalesce(nullif(r.name, ''), r.email, '#' || t.requester_id),
    t.created_at, t.last_message_at, t.last_message_by_customer, t.state_id, t.kind_id, t.department_id,
    t.waiting_reason_id
FROM tickets_ticket AS t JOIN people_user AS r ON r.id = t.requester_id WHERE t.id = ANY(%s)
"""


def customer_rows(ids: list[int]) -> dict[int, CustomerRow]:
    """Rows of tickets the viewer is known to see."""
    if not ids:
        return {}
    words = labels()
    for_requester = {each.pk for each in vocabulary().waiting_reasons if each.side == WaitingSide.REQUESTER}
    found = {}
    for values in fetch(_ROWS, [ids]):
        pk, subject, category, requester_id, requester, created_at, last_message_at, by_customer = values[:8]
        state_id, kind_id, department_id, reason_id = values[8:]
        state = words.of(words.states, state_id)
        found[pk] = CustomerRow(
            id=pk,
            subject=subject,
            state=state.for_customer or state.name,
            state_category=category,
            kind=words.of(words.kinds, kind_id).name,
            department=words.of(words.departments, department_id).name,
            requester_id=requester_id,
            requester=requester,
            created_at=created_at,
            last_message_at=last_message_at,
            last_message_by_customer=by_customer,
            waits_for_me=reason_id in for_requester or state.code == "waiting_for_requester",
        )
    return found


def customer_ticket(viewer: Viewer, ticket_id: int) -> CustomerTicket:
    """One ticket as its requester sees it; of a merged one, where it went on. Raises NotFound."""
    rows = Ticket.objects.filter(seen_as_customer(viewer)).select_related(
        "state", "kind", "category", "department", "requester", "affected", "organisation", "priority"
    )
    ticket = rows.filter(pk=final_ticket_id(ticket_id)).first()
    if ticket is None:
        raise NotFound
    steps: set[Any] = set(
        Transition.objects.filter(source=ticket.state_id, by_requester=True).values_list("target__category", flat=True)
    )
    ended = not ticket.is_open
    reopenable = ended and may_be_reopened(ticket)
    return CustomerTicket(
        ticket=ticket,
        state=ticket.state.name_for_customer,
        is_requester=viewer.user_id == ticket.requester_id,
        may_answer=True,
        may_close=bool(steps & {StateCategory.CLOSED, StateCategory.RESOLVED}) and ticket.state_category != "closed",
        may_reopen=ended,
        becomes_new=ended and not reopenable,
    )
