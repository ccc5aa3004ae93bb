"""Reactions of tickets to events, all in the transaction: the search document and the open pages."""

from __future__ import annotations

from deskbell.kernel.api import Event, Viewer, after_commit, in_transaction, visible
from deskbell.live import api as live
from deskbell.people import api as people
from deskbell.tickets import events, updates
from deskbell.tickets.access import RESTRICTED, SEE, seen_as_customer
from deskbell.tickets.documents import index_message, index_ticket, is_new, place_ticket
from deskbell.tickets.models import Ticket

MOST_REWRITTEN = 500  # tickets of one person whose name changed
REINDEXED = (
    events.CREATED, events.SUBJECT_CHANGED, events.REQUESTER_CHANGED, events.PARTICIPANT_ADDED,
    events.PARTICIPANT_REMOVED, events.TAGGED, events.MERGED, events.UNMERGED,
)  # fmt: skip


@in_transaction(*(kind.name for kind in REINDEXED))
def write_document(event: Event) -> None:
    if event.kind != events.CREATED.name or not is_new(event.subject_id):
        index_ticket(event.subject_id)


@in_transaction(events.MESSAGE_ADDED.name)
def add_to_document(event: Event) -> None:
    index_message(event.subject_id, events.MESSAGE_ADDED.read(event).message_id)


@in_transaction(*(kind.name for kind in (events.TRANSFERRED, events.REFERRED, events.REFERRAL_ENDED)))
def place_document(event: Event) -> None:
    """Found by other people from now on."""
    place_ticket(event.subject_id)


@after_commit(
    "tickets.person_changed",
    people.events.USER_CHANGED.name,
    people.events.USER_CONTACT_ADDED.name,
    people.events.USER_CONTACT_REMOVED.name,
)
def write_documents_of_person(event: Event) -> None:
    """Another name or address is found on the person's tickets too; the newest ones are enough for a search."""
    asked = Ticket.objects.filter(requester=event.subject_id).order_by("-last_message_at", "-pk")
    for ticket_id in asked.values_list("pk", flat=True)[:MOST_REWRITTEN]:
        index_ticket(ticket_id)


@in_transaction(*(kind.name for kind in events.ALL_KINDS))
def tell_open_pages(event: Event) -> None:
    if event.historic:
        return
    updates.tell(event)


def may_follow_ticket(viewer: Viewer, ticket_id: int) -> bool:
    """Colleagues alone: it tells of notes and of everything else inside."""
    return viewer.is_agent and visible(viewer, Ticket).filter(pk=ticket_id).exists()


def may_follow_as_customer(viewer: Viewer, ticket_id: int) -> bool:
    return Ticket.objects.filter(seen_as_customer(viewer), pk=ticket_id).exists()


def may_follow_department(viewer: Viewer, department_id: int) -> bool:
    return viewer.may(SEE, department_id)


def may_follow_restricted(viewer: Viewer, department_id: int) -> bool:
    return viewer.may(RESTRICTED, department_id) and viewer.may(SEE, department_id)


def may_follow_user(viewer: Viewer, user_id: int) -> bool:
    """Colleagues alone, as with a ticket."""
    return viewer.is_agent and viewer.user_id == user_id


live.register_topic("ticket", may_follow_ticket)
live.register_topic("customer-ticket", may_follow_as_customer)
live.register_topic("department", may_follow_department)
live.register_topic("restricted", may_follow_restricted)
live.register_topic("user", may_follow_user)
live.register_replay("ticket", updates.as_updates)
