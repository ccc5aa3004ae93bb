"""The trace of one message: what each stage decided, in words, kept with the message."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypedDict

from deskbell.kernel.api import clock, storable


class TraceEntry(TypedDict):
    """One decision. at: ISO 8601 in UTC. data: plain JSON values."""

    stage: str
    at: str
    text: str
    data: dict[str, Any]


@dataclass
class Trace:
    """Grows with every stage; `entries` is what is stored."""

    entries: list[TraceEntry] = field(default_factory=list)

    def add(self, stage: str, text: str, **data: Any) -> None:
        entry = TraceEntry(stage=stage, at=clock.now().isoformat(), text=storable(text)[:2000], data=data)
        self.entries.append(entry)
