from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.event_answer_actor_kind import EventAnswerActorKind, check_event_answer_actor_kind

if TYPE_CHECKING:
    from ..models.event_answer_changes import EventAnswerChanges
    from ..models.event_answer_data import EventAnswerData


T = TypeVar("T", bound="EventAnswer")


@_attrs_define
class EventAnswer:
    """One change: who, when, what from what to what, and why. Events never change."""

    id: int
    at: datetime.datetime
    """ When it happened, in UTC. """
    kind: str
    subject_type: str
    subject_id: int
    actor_kind: EventAnswerActorKind
    actor_id: int | None
    cause_kind: str
    cause_ref: str
    changes: EventAnswerChanges
    """ Field → [before, after]. """
    data: EventAnswerData
    """ What else this kind of event carries. """
    reason: str
    historic: bool
    """ Written by an import: nothing was sent because of it. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": self.id,
                "at": self.at.isoformat(),
                "kind": self.kind,
                "subject_type": self.subject_type,
                "subject_id": self.subject_id,
                "actor_kind": self.actor_kind,
                "actor_id": self.actor_id,
                "cause_kind": self.cause_kind,
                "cause_ref": self.cause_ref,
                "changes": self.changes.to_dict(),
                "data": self.data.to_dict(),
                "reason": self.reason,
                "historic": self.historic,
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.event_answer_changes import EventAnswerChanges  # noqa: PLC0415
        from ..models.event_answer_data import EventAnswerData  # noqa: PLC0415

        d = dict(src_dict)
        event_answer = cls(
            id=d.pop("id"),
            at=datetime.datetime.fromisoformat(d.pop("at")),
            kind=d.pop("kind"),
            subject_type=d.pop("subject_type"),
            subject_id=d.pop("subject_id"),
            actor_kind=check_event_answer_actor_kind(d.pop("actor_kind")),
            actor_id=cast(int | None, d.pop("actor_id")),
            cause_kind=d.pop("cause_kind"),
            cause_ref=d.pop("cause_ref"),
            changes=EventAnswerChanges.from_dict(d.pop("changes")),
            data=EventAnswerData.from_dict(d.pop("data")),
            reason=d.pop("reason"),
            historic=d.pop("historic"),
        )

        event_answer.additional_properties = d
        return event_answer

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
