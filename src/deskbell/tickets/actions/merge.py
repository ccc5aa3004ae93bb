"""Merging two tickets about the same matter, and undoing it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from deskbell.kernel.api import (
    Invalid,
    NotFound,
    Rows,
    Viewer,
    action,
    alteration,
    as_json,
    ask,
    clock,
    insertion,
    next_ids,
    record,
    require,
    send,
)
from deskbell.tickets import access, events
from deskbell.tickets.actions import moving
from deskbell.tickets.actions.reading import has_read
from deskbell.tickets.actions.states import default_state, enter_state
from deskbell.tickets.content import preview_of
from deskbell.tickets.locking import holding, lock_tickets, save
from deskbell.tickets.models import Merge, StateCategory, Ticket
from deskbell.tickets.queries.vocabulary import vocabulary

# What a merge changes on a ticket, so that undoing puts it back. Times are kept as ISO 8601.
KEPT = (
    "state_id", "state_category", "waiting_reason_id", "follow_up_at", "resolved_at", "closed_at", "reopen_count",
    "merged_into_id", "customer_waiting_since", "first_response_at", "message_count", "last_message_at",
    "last_message_id", "last_message_preview", "last_message_by_customer",
)  # fmt: skip
_TIMES = {"follow_up_at", "resolved_at", "closed_at", "customer_waiting_since", "first_response_at", "last_message_at"}


@action()
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
    *moved, content, ids = ask([*moving.into(source, target), moving.content_of(target.pk), next_ids(Merge)])
    _close(viewer, source, target)
    with holding(target):
        _count(target, content)
        _wait(target, [before["source"], before["target"]])
        save(target, _COUNTED)
    names = ("messages", "mentions", "participants", "watchers", "links")
    row = Merge(
        pk=ids[0][0],
        source=source,
        target=target,
        before=before
        | {name: sorted(pk for (pk,) in rows) for name, rows in zip(names, moved, strict=True)}
        | {"merged": {"source": _kept(source), "target": _kept(target)}},
        merged_at=clock.now(),
        merged_by_id=viewer.user_id,
    )
    send(*insertion([row]))
    _record(viewer, events.MERGED, row, row.before["messages"])
    return row


def _check(source: Ticket, target: Ticket) -> None:
    if source.merged_into_id is not None or target.merged_into_id is not None:
        raise Invalid(fields={"target": _("One of the tickets was already merged.")})
    if source.is_restricted != target.is_restricted:
        raise Invalid(fields={"target": _("A restricted ticket can only be merged with another restricted one.")})


def _kept(ticket: Ticket) -> dict[str, Any]:
    return {name: as_json(getattr(ticket, name)) for name in KEPT}


def _close(viewer: Viewer, source: Ticket, target: Ticket) -> None:
    with holding(source):
        source.merged_into = target
        source.message_count, source.last_message_id, source.customer_waiting_since = 0, None, None
        save(source, ["merged_into", *_COUNTED])
        if source.state_category != StateCategory.CLOSED:
            enter_state(viewer, source, default_state(StateCategory.CLOSED))


_COUNTED = (
    "message_count", "last_message_at", "last_message_id", "last_message_preview", "last_message_by_customer",
    "customer_waiting_since",
)  # fmt: skip


def _count(ticket: Ticket, content: Rows) -> None:
    """Set the columns that follow from the ticket's messages, as `moving.content_of` has found them."""
    ((ticket.message_count, last_id, last_at, text, came_in),) = content
    ticket.last_message_id = last_id
    if last_id is not None:
        ticket.last_message_at = last_at
        ticket.last_message_preview = preview_of(text) if ticket.is_open else ""
        ticket.last_message_by_customer = came_in


def _wait(ticket: Ticket, before: list[dict[str, Any]]) -> None:
    """The longest wait counts. before: the kept columns of the tickets whose people now wait here."""
    since = [datetime.fromisoformat(each["customer_waiting_since"]) for each in before
             if each["customer_waiting_since"]]  # fmt: skip
    ticket.customer_waiting_since = min(since) if since and ticket.is_open else None


@action()
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
    row.refresh_from_db(fields=["undone_at", "before"])  # under the lock: two may undo at once
    if row.undone_at is not None or source.merged_into_id != target.pk:
        raise Invalid(_("This merge was already undone."))
    *_moved, content = ask([*moving.back(row), moving.content_of(target.pk)])
    with holding(source):
        _restore(source, row.before["source"], KEPT, row.before["merged"]["source"], force=True)
        source.state = next(state for state in vocabulary().states if state.pk == source.state_id)
        save(source, KEPT)
    if viewer.user_id is not None:
        has_read(viewer.user_id, source, clock.now())
    with holding(target):
        _restore(target, row.before["target"], KEPT, row.before["merged"]["target"], force=False)
        _count(target, content)  # with what came since the merge
        save(target, KEPT)
    row.undone_at = clock.now()
    send(*alteration(row, ["undone_at"]))
    _record(viewer, events.UNMERGED, row, row.before["messages"])
    return row


def _restore(ticket: Ticket, before: dict[str, Any], names: Any, merged: dict[str, Any], *, force: bool) -> None:
    """Put columns back; without `force` only those nobody changed since the merge."""
    for name in names:
        if force or as_json(getattr(ticket, name)) == merged[name]:
            value = before[name]
            setattr(ticket, name, datetime.fromisoformat(value) if value and name in _TIMES else value)


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
