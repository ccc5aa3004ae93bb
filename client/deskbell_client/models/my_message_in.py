from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="MyMessageIn")


@_attrs_define
class MyMessageIn:
    text: str
    attachment_ids: list[int] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "text": self.text,
            }
        )
        if not isinstance(self.attachment_ids, Unset):
            field_dict["attachment_ids"] = self.attachment_ids
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        my_message_in = cls(
            text=d.pop("text"),
            attachment_ids=cast(list[int], d.pop("attachment_ids", UNSET)),
        )
        return my_message_in
