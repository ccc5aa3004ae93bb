from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="NoteIn")


@_attrs_define
class NoteIn:
    text: str
    mentioned: list[int] | Unset = UNSET
    """ Colleagues it names; they are told. """
    attachment_ids: list[int] | Unset = UNSET
    seen_message_id: int | Unset = UNSET
    """ The newest message you have read. When there is a newer one, the call answers 409. """

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "text": self.text,
            }
        )
        if not isinstance(self.mentioned, Unset):
            field_dict["mentioned"] = self.mentioned
        if not isinstance(self.attachment_ids, Unset):
            field_dict["attachment_ids"] = self.attachment_ids
        if not isinstance(self.seen_message_id, Unset):
            field_dict["seen_message_id"] = self.seen_message_id
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        note_in = cls(
            text=d.pop("text"),
            mentioned=cast(list[int], d.pop("mentioned", UNSET)),
            attachment_ids=cast(list[int], d.pop("attachment_ids", UNSET)),
            seen_message_id=d.pop("seen_message_id", UNSET),
        )
        return note_in
