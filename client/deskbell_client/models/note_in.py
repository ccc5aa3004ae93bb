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
        text = self.text

        mentioned: list[int] | Unset = UNSET
        if not isinstance(self.mentioned, Unset):
            mentioned = self.mentioned

        attachment_ids: list[int] | Unset = UNSET
        if not isinstance(self.attachment_ids, Unset):
            attachment_ids = self.attachment_ids

        seen_message_id = self.seen_message_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "text": text,
            }
        )
        if mentioned is not UNSET:
            field_dict["mentioned"] = mentioned
        if attachment_ids is not UNSET:
            field_dict["attachment_ids"] = attachment_ids
        if seen_message_id is not UNSET:
            field_dict["seen_message_id"] = seen_message_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        text = d.pop("text")

        mentioned = cast(list[int], d.pop("mentioned", UNSET))

        attachment_ids = cast(list[int], d.pop("attachment_ids", UNSET))

        seen_message_id = d.pop("seen_message_id", UNSET)

        note_in = cls(
            text=text,
            mentioned=mentioned,
            attachment_ids=attachment_ids,
            seen_message_id=seen_message_id,
        )

        return note_in
