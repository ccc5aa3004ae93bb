"""What a page can listen to, and who may."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from typing_extensions import override

from deskbell.kernel.api import Registry, Viewer

# A page shows one list or one record with its neighbours; more topics than this is not a page of ours.
MAX_TOPICS = 64

TopicChecker = Callable[[Viewer, int], bool]
_checkers: Registry[TopicChecker] = Registry("live topic")


@dataclass(frozen=True, order=True)
class Topic:
    """Something that changes: `ticket:42`, `department:3`."""

    kind: str
    ref: int

    @override
    def __str__(self) -> str:
        return f"{self.kind}:{self.ref}"


def register_topic(kind: str, checker: TopicChecker) -> None:
    """Declare who may listen to `kind:<ref>`. The checker is synchronous and may ask the database."""
    _checkers.register(kind, checker)


def parse_topics(text: str) -> list[Topic]:
    """Topics from `ticket:42,department:3`. What cannot be one is left out, as is what goes beyond MAX_TOPICS."""
    topics = []
    for part in text.split(","):
        kind, _, ref = part.strip().partition(":")
        if kind in _checkers and ref.isascii() and ref.isdigit() and len(ref) < 19:  # noqa: PLR2004  (bigint)
            topics.append(Topic(kind, int(ref)))
    return sorted(set(topics))[:MAX_TOPICS]


def allowed_topics(viewer: Viewer, topics: Iterable[Topic]) -> list[Topic]:
    """Those the viewer may listen to now."""
    return [topic for topic in topics if _checkers.get(topic.kind)(viewer, topic.ref)]
