from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ChangeAnswer")


@_attrs_define
class ChangeAnswer:
    """One change in words, in the caller's language."""

    event_id: int
    at: datetime.datetime
    actor_id: int | None
    actor: str
    text: str
    reason: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "event_id": self.event_id,
                "at": self.at.isoformat(),
                "actor_id": self.actor_id,
                "actor": self.actor,
                "text": self.text,
                "reason": self.reason,
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        change_answer = cls(
            event_id=d.pop("event_id"),
            at=datetime.datetime.fromisoformat(d.pop("at")),
            actor_id=cast(int | None, d.pop("actor_id")),
            actor=d.pop("actor"),
            text=d.pop("text"),
            reason=d.pop("reason"),
        )

        change_answer.additional_properties = d
        return change_answer

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
