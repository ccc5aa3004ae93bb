"""When two records of one person become one, their tickets follow (registered with `people.merge_hooks`)."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Model, Q

from deskbell.kernel.api import Viewer, apply, record
from deskbell.people.api import User, merge_hooks
from deskbell.tickets import events
from deskbell.tickets.locking import save
from deskbell.tickets.models import (
    Attachment,
    Draft,
    Mention,
    Message,
    Participant,
    Referral,
    Ticket,
    TicketRead,
    Watcher,
)

# A person stands in each of these once: where the target stands already, the source's row goes.
_ONCE: tuple[tuple[type[Model], str], ...] = (
    (Participant, "ticket"),
    (Watcher, "ticket"),
    (TicketRead, "ticket"),
    (Mention, "message"),
    (Referral, "ticket"),
)


def move_tickets(viewer: Viewer, source_id: int, target_id: int) -> None:
    """Put everything of `source` down to `target`, in the transaction of the merge. Authorised by people.

    What is written in the event log stays: it says who did it then.
    """
    target = User.objects.get(pk=target_id)
    concerned = Q(requester=source_id) | Q(affected=source_id) | Q(assignee=source_id) | Q(owner=source_id)
    for ticket in Ticket.objects.select_for_update().filter(concerned).order_by("pk"):
        _move(viewer, ticket, source_id, target)
    for model, per in _ONCE:
        rows: Any = model._default_manager  # noqa: SLF001  (documented as public)
        there = rows.filter(user_id=target_id).values(per)
        rows.filter(Q(**{f"{per}__in": there}), user_id=source_id).delete()
        rows.filter(user_id=source_id).update(user_id=target_id)
    # The person who asked does not take part beside themselves.
    Participant.objects.filter(user_id=target_id, ticket__requester_id=F("user_id")).delete()
    Message.objects.filter(author_id=source_id).update(author_id=target_id)
    Attachment.objects.filter(uploaded_by_id=source_id).update(uploaded_by_id=target_id)
    Draft.objects.filter(user_id=source_id).delete()


def _move(viewer: Viewer, ticket: Ticket, source_id: int, target: User) -> None:
    roles = {
        name for name in ("requester", "affected", "assignee", "owner") if getattr(ticket, f"{name}_id") == source_id
    }
    values: dict[str, Any] = {f"{name}_id": target.pk for name in roles}
    if "requester" in roles:
        values |= {"organisation_id": target.organisation_id, "language": target.language}
    changes = apply(ticket, **values)
    save(ticket, [name.removesuffix("_id") for name in values])
    asked = {name: pair for name, pair in changes.items() if name not in {"assignee_id", "owner_id"}}
    if asked:
        record(viewer, events.REQUESTER_CHANGED, ticket.pk, changes=asked)
    if "assignee" in roles:
        record(viewer, events.ASSIGNED, ticket.pk, changes={"assignee_id": changes["assignee_id"]})
    if "owner" in roles:
        record(viewer, events.OWNER_CHANGED, ticket.pk, changes={"owner_id": changes["owner_id"]})


merge_hooks.register("tickets", move_tickets)
