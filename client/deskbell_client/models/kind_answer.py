from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="KindAnswer")


@_attrs_define
class KindAnswer:
    id: int
    code: str
    name: str
    is_restricted: bool
    in_portal: bool
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": self.id,
                "code": self.code,
                "name": self.name,
                "is_restricted": self.is_restricted,
                "in_portal": self.in_portal,
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        kind_answer = cls(
            id=d.pop("id"),
            code=d.pop("code"),
            name=d.pop("name"),
            is_restricted=d.pop("is_restricted"),
            in_portal=d.pop("in_portal"),
        )

        kind_answer.additional_properties = d
        return kind_answer

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
