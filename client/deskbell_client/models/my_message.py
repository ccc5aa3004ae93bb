from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.my_message_direction import MyMessageDirection, check_my_message_direction
from ..types import parse_nullable

if TYPE_CHECKING:
    from ..models.attachment_answer import AttachmentAnswer
    from ..models.reference import Reference


T = TypeVar("T", bound="MyMessage")


@_attrs_define
class MyMessage:
    """A public message."""

    id: int
    ticket_id: int
    direction: MyMessageDirection
    """ `in`: written to the desk. """
    author: None | Reference
    text: str
    html: str
    attachments: list[AttachmentAnswer]
    created_at: datetime.datetime
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.reference import Reference  # noqa: PLC0415

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": self.id,
                "ticket_id": self.ticket_id,
                "direction": self.direction,
                "author": self.author.to_dict() if isinstance(self.author, Reference) else self.author,
                "text": self.text,
                "html": self.html,
                "attachments": [each.to_dict() for each in self.attachments],
                "created_at": self.created_at.isoformat(),
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.attachment_answer import AttachmentAnswer  # noqa: PLC0415
        from ..models.reference import Reference  # noqa: PLC0415

        d = dict(src_dict)
        my_message = cls(
            id=d.pop("id"),
            ticket_id=d.pop("ticket_id"),
            direction=check_my_message_direction(d.pop("direction")),
            author=parse_nullable(d.pop("author"), dict, Reference.from_dict),
            text=d.pop("text"),
            html=d.pop("html"),
            attachments=[AttachmentAnswer.from_dict(each) for each in d.pop("attachments")],
            created_at=datetime.datetime.fromisoformat(d.pop("created_at")),
        )

        my_message.additional_properties = d
        return my_message

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
