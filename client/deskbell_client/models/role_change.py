from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="RoleChange")


@_attrs_define
class RoleChange:
    """What is left out stays as it is."""

    name: str | Unset = UNSET
    description: str | Unset = UNSET
    permissions: list[str] | Unset = UNSET
    position: int | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if not isinstance(self.name, Unset):
            field_dict["name"] = self.name
        if not isinstance(self.description, Unset):
            field_dict["description"] = self.description
        if not isinstance(self.permissions, Unset):
            field_dict["permissions"] = self.permissions
        if not isinstance(self.position, Unset):
            field_dict["position"] = self.position
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        role_change = cls(
            name=d.pop("name", UNSET),
            description=d.pop("description", UNSET),
            permissions=cast(list[str], d.pop("permissions", UNSET)),
            position=d.pop("position", UNSET),
        )
        return role_change
