from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import parse_nullable

if TYPE_CHECKING:
    from ..models.change_answer import ChangeAnswer
    from ..models.message_answer import MessageAnswer


T = TypeVar("T", bound="TimelineEntryAnswer")


@_attrs_define
class TimelineEntryAnswer:
    """A message, or the changes between two messages."""

    at: datetime.datetime
    message: MessageAnswer | None
    changes: list[ChangeAnswer]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.message_answer import MessageAnswer  # noqa: PLC0415

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "at": self.at.isoformat(),
                "message": self.message.to_dict() if isinstance(self.message, MessageAnswer) else self.message,
                "changes": [each.to_dict() for each in self.changes],
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.change_answer import ChangeAnswer  # noqa: PLC0415
        from ..models.message_answer import MessageAnswer  # noqa: PLC0415

        d = dict(src_dict)
        timeline_entry_answer = cls(
            at=datetime.datetime.fromisoformat(d.pop("at")),
            message=parse_nullable(d.pop("message"), dict, MessageAnswer.from_dict),
            changes=[ChangeAnswer.from_dict(each) for each in d.pop("changes")],
        )

        timeline_entry_answer.additional_properties = d
        return timeline_entry_answer

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
