"""What may stand after the colon of a search filter, offered while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from deskbell.kernel.api import Viewer, visible
from deskbell.people.api import Department
from deskbell.tickets.models import Channel
from deskbell.tickets.queries.vocabulary import vocabulary

MOST = 40


_FIXED = {
    "is": ("open", "closed", "mine", "unassigned"),
    "channel": tuple(Channel.values),
    "assignee": ("me", "none"),
    "from": ("me",),
    "has": ("attachment",),
    "created": ("today", "7d", "1m"),
}


def search_values(viewer: Viewer, name: str) -> Sequence[str]:
    """Known values of one filter as they may be written, for this viewer; none where anything may stand."""
    if name in _FIXED:
        return [value for value in _FIXED[name] if viewer.is_agent or value != "unassigned"]
    if name in _READ:
        return list(dict.fromkeys(text for text in _READ[name](viewer) if text))
    return ()


def _states(viewer: Viewer) -> Iterable[str]:
    rows = [each for each in vocabulary().states if each.is_active]
    return (str(each) if viewer.is_agent else each.name_for_customer for each in rows)


def _kinds(_viewer: Viewer) -> Iterable[str]:
    return (str(each) for each in vocabulary().kinds if each.is_active)


def _priorities(_viewer: Viewer) -> Iterable[str]:
    return (str(each) for each in vocabulary().priorities)


def _departments(viewer: Viewer) -> Iterable[str]:
    return (str(row) for row in visible(viewer, Department).filter(is_active=True).order_by("name")[:MOST])


_READ: dict[str, Callable[[Viewer], Iterable[str]]] = {
    "state": _states,
    "kind": _kinds,
    "priority": _priorities,
    "department": _departments,
}
