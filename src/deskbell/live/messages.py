"""What is sent: named invalidations, never content. The page refetches with its own rights."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from deskbell.kernel.api import send
from deskbell.live.topics import Topic

CHANNEL = "deskbell_live"
RESYNC = "resync"
_TOPICS_PER_NOTIFY = 100  # a NOTIFY carries at most 8000 bytes, a topic some 30


@dataclass(frozen=True)
class Update:
    """One invalidation.

    event_id: id in the event log, which is also the id of the server-sent event; None for a resync.
    name: what happened, as in `ticket.updated`. ref: id of the record it happened to.
    """

    event_id: int | None
    name: str
    ref: int
    topics: frozenset[Topic] = frozenset()

    def as_sse(self) -> str:
        """The frame for an event stream."""
        head = "" if self.event_id is None else f"id: {self.event_id}\n"
        return f"{head}event: {self.name}\ndata: {self.ref}\n\n"


RESYNC_UPDATE = Update(None, RESYNC, 0)


def publish(name: str, ref: int, topics: Iterable[str], event_id: int) -> None:
    """Tell open pages. Part of the caller's transaction: sent at commit, never sent when it rolls back.

    topics: `kind:ref` of everything a page that shows this could be listening to.
    """
    publish_all([Update(event_id, name, ref, frozenset(_topics(topics)))])


def publish_all(updates: Iterable[Update]) -> None:
    """Several updates of one transaction, as `publish` does, in one query that goes along with others."""
    payloads = [payload for update in updates for payload in _payloads(update)]
    if not payloads:
        return
    send("SELECT pg_notify(%s, payload) FROM unnest(%s::text[]) AS payload", [CHANNEL, payloads])


def _payloads(update: Update) -> Iterator[str]:
    ordered = sorted(map(str, update.topics))
    for start in range(0, len(ordered), _TOPICS_PER_NOTIFY):
        part = ordered[start : start + _TOPICS_PER_NOTIFY]
        fields = {"id": update.event_id, "topics": part, "name": update.name, "ref": update.ref}
        yield json.dumps(fields, separators=(",", ":"))


def parse(payload: str) -> Update | None:
    """An update from a notification; None for one that is not ours."""
    try:
        fields = json.loads(payload)
        topics = frozenset(_topics(fields["topics"]))
        return Update(int(fields["id"]), str(fields["name"]), int(fields["ref"]), topics)
    except (ValueError, KeyError, TypeError):
        return None


def _topics(texts: Iterable[str]) -> Iterator[Topic]:
    for text in texts:
        kind, _, ref = text.partition(":")
        yield Topic(kind, int(ref))
