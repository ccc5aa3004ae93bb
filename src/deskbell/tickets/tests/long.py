"""A ticket with a long conversation, written row by row: what it costs to read does not depend on how it came."""

from __future__ import annotations

from datetime import timedelta

from deskbell.kernel.api import Event, clock
from deskbell.tickets import api as tickets


def lengthen(ticket: tickets.Ticket, author_id: int, count: int, *, days_ago: int = 300) -> list[int]:
    """Add `count` public messages with a change of state after each; gives the ids of the messages."""
    start = clock.now() - timedelta(days=days_ago)
    rows = tickets.Message.objects.bulk_create(
        tickets.Message(
            ticket=ticket,
            kind="public",
            direction="out",
            channel="agent",
            author_id=author_id,
            text=f"Word {number} of many",
            created_at=start + timedelta(minutes=number),
        )
        for number in range(count)
    )
    Event.objects.bulk_create(
        event
        for row in rows
        for event in (
            _event(row, "ticket.message_added", data={"message_id": row.pk}),
            _event(row, "ticket.state_changed", changes={"state": ["new", "in_progress"]}),
        )
    )
    tickets.Ticket.objects.filter(pk=ticket.pk).update(last_message_id=rows[-1].pk, message_count=count)
    return [row.pk for row in rows]


def _event(row: tickets.Message, kind: str, **values: object) -> Event:
    return Event(
        kind=kind,
        subject_type="ticket",
        subject_id=row.ticket_id,
        actor_kind="person",
        actor_id=row.author_id,
        cause_kind="request",
        at=row.created_at,
        **values,
    )
