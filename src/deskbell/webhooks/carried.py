"""Tickets, people and organisations as webhooks carry them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from deskbell.kernel.api import Event, Viewer, visible
from deskbell.people import api as people
from deskbell.tickets import api as tickets
from deskbell.webhooks.subjects import Subject, register_subject

LONGEST_TEXT = 20_000  # characters of a message; the rest is a call of the API away
TICKET_RELATED = (
    "kind", "category", "category__parent", "priority", "state", "department", "team", "assignee", "owner", "requester",
    "organisation",
)  # fmt: skip
# Signing in, invitations and tokens stay out: what guards an account is nobody's news.
USER_KINDS = (
    people.events.USER_CREATED, people.events.USER_CHANGED, people.events.USER_DEACTIVATED,
    people.events.USER_REACTIVATED, people.events.USER_BLOCKED, people.events.USER_CONTACT_ADDED,
    people.events.USER_CONTACT_REMOVED, people.events.USER_CONTACT_PRIMARY, people.events.USER_CONTACT_VERIFIED,
    people.events.USER_MERGED, people.events.USER_MERGED_AWAY, people.events.USER_ABSENCE_SET,
    people.events.USER_ABSENCE_REMOVED,
)  # fmt: skip
ORGANISATION_KINDS = (
    people.events.ORGANISATION_CREATED, people.events.ORGANISATION_CHANGED, people.events.ORGANISATION_DOMAIN_ADDED,
    people.events.ORGANISATION_DOMAIN_REMOVED,
)  # fmt: skip


def _as_json(answer: Any, **options: Any) -> dict[str, Any]:
    # Built from trusted rows without validation, so there is nothing to warn of.
    written: dict[str, Any] = answer.model_dump(mode="json", warnings=False, **options)
    return written


# The REST shapes are imported when something is sent: processes that send nothing need no API.
def ticket(_viewer: Viewer, row: tickets.Ticket) -> dict[str, Any]:
    """As the API answers it, with the names of the people and places in it."""
    from deskbell.tickets.rest.shapes import ticket_answer

    related = ("department", "team", "category", "organisation", "requester", "assignee", "owner")
    return _as_json(ticket_answer(row)) | {name: _named(getattr(row, name)) for name in related}


def _named(row: Any) -> dict[str, Any] | None:
    return None if row is None else {"id": row.pk, "name": str(row)}


def ticket_details(viewer: Viewer, event: Event) -> dict[str, Any]:
    """The message of "ticket.message_added", for those who may read it; its text is cut where it is long."""
    from deskbell.tickets.rest.shapes import message_answer

    if event.kind != tickets.events.MESSAGE_ADDED.name:
        return {}
    pk = tickets.events.MESSAGE_ADDED.read(event).message_id
    rows = visible(viewer, tickets.Message).select_related("author").prefetch_related("attachments__file")
    row = rows.filter(pk=pk).first()
    if row is None:
        return {}
    message = _as_json(message_answer(row), exclude={"html", "quoted_text"})
    cut = {"text": row.text[:LONGEST_TEXT], "is_text_cut": len(row.text) > LONGEST_TEXT}
    return {"message": message | cut}


def ticket_departments(row: tickets.Ticket, event: Event) -> frozenset[int]:
    """Where the ticket is, and where it came from: a hand-over is news for both."""
    if event.kind == tickets.events.TRANSFERRED.name:
        return frozenset({row.department_id, tickets.events.TRANSFERRED.read(event).department_before_id})
    return frozenset({row.department_id})


def person(viewer: Viewer, row: people.User) -> dict[str, Any]:
    from deskbell.people.rest.shapes import person_answer

    return _as_json(person_answer(viewer, row))


def organisation(viewer: Viewer, row: people.Organisation) -> dict[str, Any]:
    from deskbell.people.rest.shapes import organisation_answer

    return _as_json(organisation_answer(viewer, row))


register_subject(
    Subject(
        type="ticket",
        label=_("Tickets"),
        model=tickets.Ticket,
        needs=tickets.access.SEE,
        kinds=tuple(kind.name for kind in tickets.events.ALL_KINDS),
        find=lambda: tickets.Ticket.objects.select_related(*TICKET_RELATED),
        represent=ticket,
        details=ticket_details,
        departments=ticket_departments,
        has_departments=True,
    )
)
register_subject(
    Subject(
        type="user",
        label=_("People"),
        model=people.User,
        needs=people.SEE_PEOPLE,
        kinds=tuple(kind.name for kind in USER_KINDS),
        find=lambda: people.User.objects.select_related("organisation").prefetch_related(
            "contact_points", "role_assignments__role", "role_assignments__department"
        ),
        represent=person,
    )
)
register_subject(
    Subject(
        type="organisation",
        label=_("Organisations"),
        model=people.Organisation,
        needs=people.SEE_PEOPLE,
        kinds=tuple(kind.name for kind in ORGANISATION_KINDS),
        find=lambda: people.Organisation.objects.prefetch_related("domains"),
        represent=organisation,
    )
)
