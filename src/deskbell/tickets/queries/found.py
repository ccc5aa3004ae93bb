"""Searching tickets from anywhere: the search box, the palette, `#10042`."""

from __future__ import annotations

import re

from deskbell.kernel.api import NotAllowed, Viewer, visible
from deskbell.tickets.models import Ticket
from deskbell.tickets.queries.filters import QueueFilter
from deskbell.tickets.queries.queue import QueueRow, queue

_NUMBER = re.compile(r"\s*#?\s*(\d{1,18})\s*", re.ASCII)


def number_in(text: str) -> int | None:
    """The number a text like "#10042" or "10042" names."""
    found = _NUMBER.fullmatch(text)
    return int(found[1]) if found else None


def jump_to(viewer: Viewer, text: str) -> int | None:
    """The id of the ticket a text names by its number, if the viewer may see it."""
    number = number_in(text)
    if number is None or not visible(viewer, Ticket).filter(pk=number).exists():
        return None
    return number


def search_tickets(viewer: Viewer, text: str, limit: int = 20) -> list[QueueRow]:
    """Tickets in any state, latest message first; the one named by its number before all others.

    Raises NotAllowed for whoever works in no department.
    """
    if not viewer.is_agent:
        raise NotAllowed
    if not text.strip():
        return []
    rows = queue(viewer, QueueFilter(text=text, state_categories=()), size=limit).rows
    number = number_in(text)
    return sorted(rows, key=lambda row: row.id != number)
