"""Typed event kinds: every kind is declared once, with the shape of its data and words for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.utils.functional import Promise
from pydantic import BaseModel, ConfigDict

from deskbell.kernel.events.models import Event
from deskbell.kernel.registry import Registry


class EventData(BaseModel):
    """What a kind of event carries beside its changes. Plain JSON values only; frozen.

    Fields may be added with a default, never renamed or removed: old rows must stay readable.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")


class NoData(EventData):
    """For kinds whose changes say it all."""


DataT = TypeVar("DataT", bound=EventData)


@dataclass(frozen=True, slots=True)
class EventKind(Generic[DataT]):
    """One kind of change.

    name: `subject.past_tense`, as in "ticket.assigned"; stored, so never renamed.
    subject: the type of record it happens to, as in "ticket".
    data: the shape of `Event.data`.
    label: what happened, in a few words for the timeline.
    """

    name: str
    subject: str
    data: type[DataT]
    label: str | Promise

    def read(self, event: Event) -> DataT:
        """The event's data in this kind's shape. Raises ValueError for an event of another kind."""
        if event.kind != self.name:
            raise ValueError(f"Event {event.pk} is {event.kind}, not {self.name}.")
        return self.data.model_validate(event.data)


event_kinds: Registry[EventKind[EventData]] = Registry("event kind")


def event_kind(name: str, label: str | Promise, data: type[DataT]) -> EventKind[DataT]:
    """Declare a kind; its subject is the part of `name` before the dot."""
    kind = EventKind(name=name, subject=name.split(".", 1)[0], data=data, label=label)
    event_kinds.register(name, kind)  # type: ignore[arg-type]  # a registry of every shape of data
    return kind
