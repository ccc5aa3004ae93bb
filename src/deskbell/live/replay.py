"""Catching up: what a page missed while it slept, from the event log."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from typing_extensions import override

from deskbell.kernel.api import EVENTS_IN_ORDER, Event, newest_events
from deskbell.live.messages import RESYNC_UPDATE, Update
from deskbell.live.topics import Topic

# Beyond this, reloading the page is cheaper than replaying.
MAX_GAP = 500  # events
# Invalidations do no harm when they come twice, so a replay begins as far back as ids may still become visible.
OVERLAP = newest_events.WINDOW

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


@dataclass(frozen=True, slots=True)
class Position:
    """How far in the log a page has read.

    missing: ids shortly before `last` that were not visible then and may be committed later; None: not known,
    so that a stretch before `last` is replayed too.
    """

    last: int
    missing: frozenset[int] | None = None

    @override
    def __str__(self) -> str:
        """As a page carries it: the id, and how far before it each missing one stands ("811.2.6.")."""
        return ".".join(map(str, (self.last, *sorted(self.last - each for each in self.missing or ()), *self._end)))

    @property
    def _end(self) -> tuple[str, ...]:
        # Nothing missing is told apart from nothing known by a dot at the end.
        return ("",) if self.missing is not None else ()

    @property
    def newer(self) -> Q:
        """The events a page in this position has not seen."""
        if self.missing is None:
            return Q(pk__gt=max(0, self.last - OVERLAP))
        newer = Q(pk__gt=self.last)
        # Read from the first that is missing on: a list of ids has no index.
        missing = sorted(self.missing)
        return Q(pk__gt=missing[0] - 1) & (newer | Q(pk__in=missing)) if missing else newer


def position() -> Position:
    """Where the log stands; to be asked before the page reads anything else, so that nothing falls in between."""
    seen = newest_events.newest_ids()
    last = seen[0] if seen else 0
    return Position(last, frozenset(range(max(1, last - OVERLAP), last)) - frozenset(seen))


def read_position(text: str) -> Position | None:
    """A position as a page gave it, or a bare id as event streams resume with; None for anything else."""
    first, dot, rest = text.partition(".")
    if not _is_id(first):
        return None
    if not dot:
        return Position(int(first))
    steps = [step for step in rest.split(".") if step][:OVERLAP]
    if not all(_is_id(step) for step in steps):
        return None
    return Position(int(first), frozenset(int(first) - int(step) for step in steps if 0 < int(step) <= OVERLAP))


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19  # noqa: PLR2004  (bigint)


def catch_up(topics: Iterable[Topic], since: Position) -> list[Update]:
    """Updates on these topics that the page has not seen, oldest first, one per name and record; or one resync."""
    wanted = frozenset(topics)
    newer = Event.objects.filter(pk__gt=since.last).order_by(*EVENTS_IN_ORDER)
    if newer.values_list("pk", flat=True)[MAX_GAP : MAX_GAP + 1].first():
        return [RESYNC_UPDATE]
    events = list(Event.objects.filter(since.newer).order_by(*EVENTS_IN_ORDER)[: MAX_GAP + OVERLAP])
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
