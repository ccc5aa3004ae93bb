"""Merging two tickets about the same matter, and undoing it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from deskbell.kernel.api import Invalid, NotFound, Viewer, as_json, clock, record, require
from deskbell.tickets import access, events
from deskbell.tickets.actions.states import default_state, enter_state
from deskbell.tickets.locking import lock_tickets, save
from deskbell.tickets.models import (
    LinkKind,
    Mention,
    Merge,
    Message,
    Participant,
    ParticipantRole,
    State,
    StateCategory,
    Ticket,
    TicketLink,
    Watcher,
)

# What a merge changes on a ticket, so that undoing puts it back. Times are kept as ISO 8601.
KEPT = (
    "state_id", "state_category", "waiting_reason_id", "follow_up_at", "resolved_at", "closed_at", "reopen_count",
    "merged_into_id", "customer_waiting_since", "first_response_at", "message_count", "last_message_at",
    "last_message_id", "last_message_preview", "last_message_by_customer",
)  # fmt: skip
_TIMES = {"follow_up_at", "resolved_at", "closed_at", "customer_waiting_since", "first_response_at", "last_message_at"}


@transaction.atomic
def merge(viewer: Viewer, source_id: int, target_id: int) -> Merge:
    """Move everything of the source into the target; the source is closed and points there.

    Needs `ticket.merge` on both. Raises NotFound, NotAllowed, or Invalid when one is already merged or one
    alone is restricted (its content would become visible to others).
    """
    if source_id == target_id:
        raise Invalid(fields={"target": _("A ticket cannot be merged into itself.")})
    tickets = lock_tickets(viewer, (source_id, target_id))
    source, target = tickets[source_id], tickets[target_id]
    for ticket in (source, target):
        require(viewer, access.MERGE, ticket)
    _check(source, target)
    before = {"source": _kept(source), "target": _kept(target)}
    moved = _move(source, target)
    _close(viewer, source, target)
    _refresh(target, waiting=[before["source"], before["target"]])
    save(target, [name.removesuffix("_id") if name != "last_message_id" else name for name in _COUNTED])
    row = Merge.objects.create(
        source=source,
        target=target,
        before=before | moved | {"merged": {"source": _kept(source), "target": _kept(target)}},
        merged_at=clock.now(),
        merged_by_id=viewer.user_id,
    )
    _record(viewer, events.MERGED, row, moved["messages"])
    return row


def _check(source: Ticket, target: Ticket) -> None:
    if source.merged_into_id is not None or target.merged_into_id is not None:
        raise Invalid(fields={"target": _("One of the tickets was already merged.")})
    if source.is_restricted != target.is_restricted:
        raise Invalid(fields={"target": _("A restricted ticket can only be merged with another restricted one.")})


def _kept(ticket: Ticket) -> dict[str, Any]:
    return {name: as_json(getattr(ticket, name)) for name in KEPT}


def _move(source: Ticket, target: Ticket) -> dict[str, list[int]]:
    """Move messages and unite people; the ids of what moved or was added."""
    now = clock.now()
    messages = list(Message.objects.filter(ticket=source).order_by("pk").values_list("pk", flat=True))
    Message.objects.filter(pk__in=messages).update(ticket=target)
    mentions = list(Mention.objects.filter(ticket=source).values_list("pk", flat=True))
    Mention.objects.filter(pk__in=mentions).update(ticket=target)
    taking_part = dict(Participant.objects.filter(ticket=source).values_list("user_id", "role"))
    taking_part.setdefault(source.requester_id, ParticipantRole.TO)
    present = set(Participant.objects.filter(ticket=target).values_list("user_id", flat=True)) | {target.requester_id}
    participants = Participant.objects.bulk_create(
        Participant(ticket=target, user_id=user_id, role=role, added_at=now)
        for user_id, role in taking_part.items()
        if user_id not in present
    )
    watching = set(Watcher.objects.filter(ticket=source).values_list("user_id", flat=True))
    watching -= set(Watcher.objects.filter(ticket=target).values_list("user_id", flat=True))
    watchers = Watcher.objects.bulk_create(
        Watcher(ticket=target, user_id=user_id, added_at=now) for user_id in sorted(watching)
    )
    link, created = TicketLink.objects.get_or_create(
        source=source, target=target, kind=LinkKind.DUPLICATE_OF, defaults={"created_at": now}
    )
    return {
        "messages": messages,
        "mentions": mentions,
        "participants": [row.pk for row in participants],
        "watchers": [row.pk for row in watchers],
        "links": [link.pk] if created else [],
    }


def _close(viewer: Viewer, source: Ticket, target: Ticket) -> None:
    source.merged_into = target
    _refresh(source, waiting=[])
    save(source, ["merged_into", *(name for name in _COUNTED)])
    if source.state_category != StateCategory.CLOSED:
        enter_state(viewer, source, default_state(StateCategory.CLOSED))


_COUNTED = (
    "message_count", "last_message_at", "last_message_id", "last_message_preview", "last_message_by_customer",
    "customer_waiting_since",
)  # fmt: skip


def _refresh(ticket: Ticket, *, waiting: list[dict[str, Any]]) -> None:
    """Set the columns that follow from the ticket's messages.

    waiting: the kept columns of tickets whose people now wait here; the longest wait counts.
    """
    messages = Message.objects.filter(ticket=ticket)
    ticket.message_count = messages.count()
    last = messages.defer("html", "quoted_text", "quoted_html").order_by("-pk").first()
    if last is not None:
        ticket.last_message_id = last.pk
        ticket.last_message_at = last.created_at
        ticket.last_message_preview = " ".join(last.text[:600].split())[:200]
        ticket.last_message_by_customer = last.direction == "in"
    else:
        ticket.last_message_id = None
    since = [datetime.fromisoformat(each["customer_waiting_since"]) for each in waiting
             if each["customer_waiting_since"]]  # fmt: skip
    ticket.customer_waiting_since = min(since) if since and ticket.is_open else None


@transaction.atomic
def undo_merge(viewer: Viewer, merge_id: int) -> Merge:
    """Take a merge apart again: messages and people go back, the source returns to its state.

    What happened to the target since stays with the target. Raises NotFound, NotAllowed, and Invalid when it
    was undone already.
    """
    row = Merge.objects.filter(pk=merge_id).first()
    if row is None:
        raise NotFound
    tickets = lock_tickets(viewer, (row.source_id, row.target_id))
    source, target = tickets[row.source_id], tickets[row.target_id]
    for ticket in (source, target):
        require(viewer, access.MERGE, ticket)
    row.refresh_from_db()  # under the lock: two may undo at once
    if row.undone_at is not None or source.merged_into_id != target.pk:
        raise Invalid(_("This merge was already undone."))
    _move_back(row)
    _restore(source, row.before["source"], row.before["source"].keys(), row.before["merged"]["source"], force=True)
    _restore(target, row.before["target"], KEPT, row.before["merged"]["target"], force=False)
    _recount(target)
    source.state = State.objects.get(pk=source.state_id)
    for ticket in (source, target):
        save(ticket, [name if name == "last_message_id" else name.removesuffix("_id") for name in KEPT])
    row.undone_at = clock.now()
    row.save(update_fields=["undone_at"])
    _record(viewer, events.UNMERGED, row, row.before["messages"])
    return row


def _move_back(row: Merge) -> None:
    Message.objects.filter(pk__in=row.before["messages"], ticket_id=row.target_id).update(ticket=row.source_id)
    Mention.objects.filter(pk__in=row.before["mentions"], ticket_id=row.target_id).update(ticket=row.source_id)
    Participant.objects.filter(pk__in=row.before["participants"], ticket_id=row.target_id).delete()
    Watcher.objects.filter(pk__in=row.before["watchers"], ticket_id=row.target_id).delete()
    TicketLink.objects.filter(Q(pk__in=row.before["links"]), source_id=row.source_id).delete()


def _restore(ticket: Ticket, before: dict[str, Any], names: Any, merged: dict[str, Any], *, force: bool) -> None:
    """Put columns back; without `force` only those nobody changed since the merge."""
    for name in names:
        if force or as_json(getattr(ticket, name)) == merged[name]:
            value = before[name]
            setattr(ticket, name, datetime.fromisoformat(value) if value and name in _TIMES else value)


def _recount(target: Ticket) -> None:
    """Count again what came to the target since the merge."""
    waiting = target.customer_waiting_since
    _refresh(target, waiting=[])
    target.customer_waiting_since = waiting


def _record(viewer: Viewer, kind: Any, row: Merge, message_ids: list[int]) -> None:
    for subject_id, other_id in ((row.source_id, row.target_id), (row.target_id, row.source_id)):
        record(
            viewer,
            kind,
            subject_id,
            events.Merged(merge_id=row.pk, other_id=other_id, message_ids=message_ids),
            changes={"merged_into_id": (None, row.target_id) if kind is events.MERGED else (row.target_id, None)}
            if subject_id == row.source_id
            else {},
        )
