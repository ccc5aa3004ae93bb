"""Catching up: what a page missed while it slept, from the event log."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from deskbell.kernel.api import Event
from deskbell.live.messages import RESYNC_UPDATE, Update
from deskbell.live.topics import Topic

# Beyond this, reloading the page is cheaper than replaying.
MAX_GAP = 500  # events
# Ids are given before commit: a lower one may become visible after a higher one. Invalidations do no harm
# when they come twice, so the replay begins a little earlier.
OVERLAP = 50  # events

Resolver = Callable[[Sequence[Event]], Iterable[Update]]
_resolvers: dict[str, Resolver] = {}


def register_replay(subject_type: str, resolver: Resolver) -> None:
    """Declare how events of a kind of record become updates, for a batch in one go.

    The resolver gives the same name, ref and topics as were published then. Without one, an event of
    record `ticket` 42 becomes `ticket.updated` on the topic `ticket:42`.
    """
    _resolvers[subject_type] = resolver


def _plain(events: Sequence[Event]) -> Iterable[Update]:
    for event in events:
        topic = Topic(event.subject_type, event.subject_id)
        yield Update(event.pk, f"{event.subject_type}.updated", event.subject_id, frozenset({topic}))


def catch_up(topics: Iterable[Topic], last_event_id: int) -> list[Update]:
    """Updates on these topics since `last_event_id`, oldest first, one per name and record; or one resync."""
    wanted = frozenset(topics)
    newer = Event.objects.filter(pk__gt=last_event_id).order_by("pk")
    if newer.values_list("pk", flat=True)[MAX_GAP : MAX_GAP + 1].exists():
        return [RESYNC_UPDATE]
    events = list(Event.objects.filter(pk__gt=max(0, last_event_id - OVERLAP)).order_by("pk")[: MAX_GAP + OVERLAP])
    by_type: dict[str, list[Event]] = {}
    for event in events:
        by_type.setdefault(event.subject_type, []).append(event)
    updates = [
        update
        for subject_type, batch in by_type.items()
        for update in _resolvers.get(subject_type, _plain)(batch)
        if update.topics & wanted
    ]
    # Of several changes of one record the last is enough.
    latest = {(update.name, update.ref): update for update in sorted(updates, key=lambda each: each.event_id or 0)}
    return sorted(latest.values(), key=lambda each: each.event_id or 0)
