from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="CategoryAnswer")


@_attrs_define
class CategoryAnswer:
    id: int
    name: str
    trail: str
    """ With those above it. """
    depth: int
    parent_id: int | None
    department_id: int | None
    """ Null: offered in every department. """
    in_portal: bool
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": self.id,
                "name": self.name,
                "trail": self.trail,
                "depth": self.depth,
                "parent_id": self.parent_id,
                "department_id": self.department_id,
                "in_portal": self.in_portal,
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        category_answer = cls(
            id=d.pop("id"),
            name=d.pop("name"),
            trail=d.pop("trail"),
            depth=d.pop("depth"),
            parent_id=cast(int | None, d.pop("parent_id")),
            department_id=cast(int | None, d.pop("department_id")),
            in_portal=d.pop("in_portal"),
        )

        category_answer.additional_properties = d
        return category_answer

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
