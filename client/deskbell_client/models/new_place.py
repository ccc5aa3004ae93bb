from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="NewPlace")


@_attrs_define
class NewPlace:
    parent_id: int | None
    """ Null: at the top. """

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "parent_id": self.parent_id,
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        new_place = cls(
            parent_id=cast(int | None, d.pop("parent_id")),
        )
        return new_place
