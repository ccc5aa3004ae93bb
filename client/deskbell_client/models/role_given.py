from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="RoleGiven")


@_attrs_define
class RoleGiven:
    role_id: int
    department_id: int | None | Unset = UNSET
    """ Null or left out: everywhere. """

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "role_id": self.role_id,
            }
        )
        if not isinstance(self.department_id, Unset):
            field_dict["department_id"] = self.department_id
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        role_given = cls(
            role_id=d.pop("role_id"),
            department_id=cast(int | None | Unset, d.pop("department_id", UNSET)),
        )
        return role_given
