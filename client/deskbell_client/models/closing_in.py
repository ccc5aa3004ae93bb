from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ClosingIn")


@_attrs_define
class ClosingIn:
    text: str | Unset = ""
    """ A last word; may be empty. """

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if not isinstance(self.text, Unset):
            field_dict["text"] = self.text
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        closing_in = cls(
            text=d.pop("text", UNSET),
        )
        return closing_in
