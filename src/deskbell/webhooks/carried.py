"""Tickets, people and organisations as webhooks carry them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from deskbell.kernel.api import Event, Viewer, visible
from deskbell.people import api as people
from deskbell.tickets import api as tickets
from deskbell.webhooks.payload import moment
from deskbell.webhooks.subjects import Subject, register_subject

LONGEST_TEXT = 20_000  # characters of a message; the rest is a call of the API away
TICKET_RELATED = (
    "kind", "category", "priority", "state", "department", "team", "assignee", "owner", "requester", "organisation",
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


def _named(row: Any) -> dict[str, Any] | None:
    return None if row is None else {"id": row.pk, "name": row.name}


def _moment(at: Any) -> str | None:
    return None if at is None else moment(at)


def ticket(_viewer: Viewer, row: tickets.Ticket) -> dict[str, Any]:
    """A ticket as an integrator needs it; no query when `TICKET_RELATED` is loaded."""
    return {
        "id": row.pk,
        "number": row.number,
        "url": f"{settings.DESKBELL.address}/desk/tickets/{row.pk}/",
        "subject": row.subject,
        "kind": row.kind.code,
        "state": row.state.code,
        "state_category": row.state_category,
        "category": _named(row.category),
        "priority": row.priority.code,
        "department": _named(row.department),
        "team": _named(row.team),
        "assignee": _named(row.assignee),
        "owner": _named(row.owner),
        "requester": _named(row.requester),
        "organisation": _named(row.organisation),
        "tags": list(row.tags),
        "fields": row.custom,
        "channel": row.channel,
        "is_restricted": row.is_restricted,
        "merged_into": row.merged_into_id,
        "created_at": moment(row.created_at),
        "updated_at": moment(row.updated_at),
        "last_message_at": moment(row.last_message_at),
        "resolved_at": _moment(row.resolved_at),
        "closed_at": _moment(row.closed_at),
        "version": row.version,
    }


def ticket_details(viewer: Viewer, event: Event) -> dict[str, Any]:
    """The message of "ticket.message_added", for those who may read it."""
    if event.kind != tickets.events.MESSAGE_ADDED.name:
        return {}
    pk = tickets.events.MESSAGE_ADDED.read(event).message_id
    row = (
        visible(viewer, tickets.Message).select_related("author").prefetch_related("attachments").filter(pk=pk).first()
    )
    if row is None:
        return {}
    message = {
        "id": row.pk,
        "kind": row.kind,
        "direction": row.direction,
        "channel": row.channel,
        "author": _named(row.author),
        "is_automatic": row.is_automatic,
        "text": row.text[:LONGEST_TEXT],
        "is_text_cut": len(row.text) > LONGEST_TEXT,
        "created_at": moment(row.created_at),
        "attachments": [
            {"id": each.pk, "name": each.name, "content_type": each.content_type} for each in row.attachments.all()
        ],
    }
    return {"message": message}


def ticket_departments(row: tickets.Ticket, event: Event) -> frozenset[int]:
    """Where the ticket is, and where it came from: a hand-over is news for both."""
    if event.kind == tickets.events.TRANSFERRED.name:
        return frozenset({row.department_id, tickets.events.TRANSFERRED.read(event).department_before_id})
    return frozenset({row.department_id})


def person(_viewer: Viewer, row: people.User) -> dict[str, Any]:
    points = [
        {"kind": each.kind, "value": each.value, "is_primary": each.is_primary} for each in row.contact_points.all()
    ]
    return {
        "id": row.pk,
        "name": row.name,
        "job_title": row.job_title,
        "organisation": _named(row.organisation),
        "contact_points": points,
        "language": row.language,
        "time_zone": row.time_zone,
        "is_active": row.is_active,
        "is_blocked": row.is_blocked,
        "merged_into": row.merged_into_id,
        "created_at": moment(row.created_at),
    }


def organisation(_viewer: Viewer, row: people.Organisation) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "kind": row.kind,
        "domains": [each.domain for each in row.domains.all()],
        "is_active": row.is_active,
    }


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
        find=lambda: people.User.objects.select_related("organisation").prefetch_related("contact_points"),
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
