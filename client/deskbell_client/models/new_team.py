from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="NewTeam")


@_attrs_define
class NewTeam:
    department_id: int
    name: str

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "department_id": self.department_id,
                "name": self.name,
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        new_team = cls(
            department_id=d.pop("department_id"),
            name=d.pop("name"),
        )
        return new_team
