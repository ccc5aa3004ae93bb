from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

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

        at = self.at.isoformat()

        message: dict[str, Any] | None
        if isinstance(self.message, MessageAnswer):
            message = self.message.to_dict()
        else:
            message = self.message

        changes = []
        for changes_item_data in self.changes:
            changes_item = changes_item_data.to_dict()
            changes.append(changes_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "at": at,
                "message": message,
                "changes": changes,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.change_answer import ChangeAnswer  # noqa: PLC0415
        from ..models.message_answer import MessageAnswer  # noqa: PLC0415

        d = dict(src_dict)
        at = datetime.datetime.fromisoformat(d.pop("at"))

        def _parse_message(data: object) -> MessageAnswer | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                message_type_0 = MessageAnswer.from_dict(data)

                return message_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(MessageAnswer | None, data)

        message = _parse_message(d.pop("message"))

        changes = []
        _changes = d.pop("changes")
        for changes_item_data in _changes:
            changes_item = ChangeAnswer.from_dict(changes_item_data)

            changes.append(changes_item)

        timeline_entry_answer = cls(
            at=at,
            message=message,
            changes=changes,
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
