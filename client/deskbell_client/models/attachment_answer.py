from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="AttachmentAnswer")


@_attrs_define
class AttachmentAnswer:
    """A file. Its bytes are at /attachments/{id}/content."""

    id: int
    name: str
    content_type: str
    """ As the sender named it; not to be trusted. """
    size: int
    """ Bytes. """
    is_inline: bool
    """ Shown in the text. """
    content_id: str
    message_id: int | None
    """ Null: uploaded, and waiting for its message. """
    created_at: datetime.datetime
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": self.id,
                "name": self.name,
                "content_type": self.content_type,
                "size": self.size,
                "is_inline": self.is_inline,
                "content_id": self.content_id,
                "message_id": self.message_id,
                "created_at": self.created_at.isoformat(),
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        attachment_answer = cls(
            id=d.pop("id"),
            name=d.pop("name"),
            content_type=d.pop("content_type"),
            size=d.pop("size"),
            is_inline=d.pop("is_inline"),
            content_id=d.pop("content_id"),
            message_id=cast(int | None, d.pop("message_id")),
            created_at=datetime.datetime.fromisoformat(d.pop("created_at")),
        )

        attachment_answer.additional_properties = d
        return attachment_answer

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
