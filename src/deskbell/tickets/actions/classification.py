"""What a ticket is about: subject, kind, category, impact, urgency, priority, fields and tags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from deskbell.kernel.api import (
    UNCHANGED,
    Invalid,
    NotAllowed,
    Unchanged,
    Viewer,
    action,
    apply,
    one_line,
    record,
    require,
)
from deskbell.tickets import access, events
from deskbell.tickets.content import clean_tags
from deskbell.tickets.custom_values import merge_values
from deskbell.tickets.locking import lock_ticket, save
from deskbell.tickets.matrix import priority_for
from deskbell.tickets.models import Category, Kind, Referral, Ticket
from deskbell.tickets.queries.vocabulary import vocabulary

LONGEST_SUBJECT = 500  # characters


@action()
def change_subject(viewer: Viewer, ticket_id: int, subject: str, *, seen_version: int | None = None) -> Ticket:
    """Raises NotFound, NotAllowed, Conflict, and Invalid for an empty subject."""
    ticket = lock_ticket(viewer, ticket_id, seen_version=seen_version)
    require(viewer, access.WORK, ticket)
    wanted = one_line(subject, LONGEST_SUBJECT)
    if not wanted:
        raise Invalid(fields={"subject": _("Say in a few words what it is about.")})
    changes = apply(ticket, subject=wanted)
    if changes:
        save(ticket, ["subject"])
        record(viewer, events.SUBJECT_CHANGED, ticket.pk, changes=changes)
    return ticket


@action()
def classify(
    viewer: Viewer,
    ticket_id: int,
    *,
    kind: str | Unchanged = UNCHANGED,
    category_id: int | Unchanged | None = UNCHANGED,
    impact: int | Unchanged = UNCHANGED,
    urgency: int | Unchanged = UNCHANGED,
    priority_id: int | Unchanged | None = UNCHANGED,
    priority_reason: str = "",
    seen_version: int | None = None,
) -> Ticket:
    """Classify a ticket; its priority follows impact and urgency by the matrix.

    priority_id: another priority than the matrix gives, which needs `ticket.priority` and a reason; None goes
    back to the matrix. Raises NotFound, NotAllowed, Conflict, Invalid naming the field.
    """
    ticket = lock_ticket(viewer, ticket_id, seen_version=seen_version)
    require(viewer, access.WORK, ticket)
    values: dict[str, Any] = _kind_values(viewer, ticket, kind)
    if category_id is not UNCHANGED:
        values["category_id"] = _checked_category(category_id, ticket)
    values |= _priority_values(viewer, ticket, impact, urgency, priority_id, priority_reason)
    kind_before = ticket.kind.code
    changes = apply(ticket, **values)
    if not changes:
        return ticket
    if "kind_id" in changes:
        ticket.kind = Kind.objects.get(pk=ticket.kind_id)
        changes["kind"] = (kind_before, ticket.kind.code)
        del changes["kind_id"]
    save(ticket, [name.removesuffix("_id") for name in values])
    record(viewer, events.CLASSIFIED, ticket.pk, changes=changes, reason=priority_reason)
    return ticket


def _kind_values(viewer: Viewer, ticket: Ticket, kind: str | Unchanged) -> dict[str, Any]:
    if isinstance(kind, Unchanged) or kind == ticket.kind.code:
        return {}
    found = Kind.objects.filter(code=kind, is_active=True).first()
    if found is None:
        raise Invalid(fields={"kind": _("Choose a kind.")})
    if ticket.is_restricted and not found.is_restricted and not viewer.may(access.RESTRICTED, ticket.department_id):
        # Opening a restricted ticket shows it to the whole department.
        raise NotAllowed
    if found.is_restricted and not ticket.is_restricted and viewer.user_id is not None:
        # Whoever restricts a ticket stays on its list, or it would vanish under their hands.
        Referral.objects.get_or_create(
            ticket=ticket,
            user_id=viewer.user_id,
            department=None,
            defaults={"can_work": True, "granted_by_id": viewer.user_id, "reason": _("Restricted this ticket")},
        )
    return {"kind_id": found.pk, "is_restricted": found.is_restricted}


def _checked_category(category_id: int | None, ticket: Ticket) -> int | None:
    if category_id is None or category_id == ticket.category_id:
        return category_id
    found = Category.objects.filter(pk=category_id, is_active=True).first()
    if found is None or found.department_id not in (None, ticket.department_id):
        raise Invalid(fields={"category": _("Choose a category of this department.")})
    return found.pk


def _priority_values(  # noqa: PLR0917  (the arguments of classify, in their order)
    viewer: Viewer,
    ticket: Ticket,
    impact: int | Unchanged,
    urgency: int | Unchanged,
    priority_id: int | Unchanged | None,
    reason: str,
) -> dict[str, Any]:
    new_impact = ticket.impact if isinstance(impact, Unchanged) else impact
    new_urgency = ticket.urgency if isinstance(urgency, Unchanged) else urgency
    values: dict[str, Any] = {"impact": new_impact, "urgency": new_urgency}
    moved = (new_impact, new_urgency) != (ticket.impact, ticket.urgency)
    if isinstance(priority_id, Unchanged):
        if moved:
            values |= {"priority_id": priority_for(new_impact, new_urgency), "priority_reason": ""}
        return values
    by_matrix = priority_for(new_impact, new_urgency)
    if priority_id is None or priority_id == by_matrix:
        return values | {"priority_id": by_matrix, "priority_reason": ""}
    if priority_id == ticket.priority_id and not moved:
        return values
    require(viewer, access.PRIORITY, ticket)
    if all(each.pk != priority_id for each in vocabulary().priorities):
        raise Invalid(fields={"priority": _("There is no such priority.")})
    if not reason.strip():
        raise Invalid(fields={"priority_reason": _("Say why the priority differs from the matrix.")})
    return values | {"priority_id": priority_id, "priority_reason": one_line(reason, 300)}


@action()
def set_fields(
    viewer: Viewer, ticket_id: int, values: Mapping[str, object], *, seen_version: int | None = None
) -> Ticket:
    """Set custom fields by code; None or an empty text clears one, codes not given stay as they are.

    Raises NotFound, NotAllowed, Conflict, Invalid with an entry `custom.<code>` per wrong value.
    """
    ticket = lock_ticket(viewer, ticket_id, seen_version=seen_version)
    require(viewer, access.WORK, ticket)
    before = dict(ticket.custom)
    after = merge_values(before, values, kind=ticket.kind.code, department_id=ticket.department_id)
    changes = {
        f"custom.{code}": (before.get(code), after.get(code))
        for code in sorted(before.keys() | after.keys())
        if before.get(code) != after.get(code)
    }
    if changes:
        ticket.custom = after
        save(ticket, ["custom"])
        record(viewer, events.FIELDS_CHANGED, ticket.pk, changes=changes)
    return ticket


@action()
def set_tags(viewer: Viewer, ticket_id: int, tags: Iterable[str]) -> Ticket:
    """Replace the tags; kept in lower case, sorted, once each. Raises NotFound, NotAllowed, Invalid."""
    ticket = lock_ticket(viewer, ticket_id)
    require(viewer, access.WORK, ticket)
    changes = apply(ticket, tags=clean_tags(tags))
    if changes:
        save(ticket, ["tags"])
        record(viewer, events.TAGGED, ticket.pk, changes=changes)
    return ticket
