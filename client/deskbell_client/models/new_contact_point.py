from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.new_contact_point_kind import NewContactPointKind, check_new_contact_point_kind

T = TypeVar("T", bound="NewContactPoint")


@_attrs_define
class NewContactPoint:
    kind: NewContactPointKind
    value: str

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "kind": self.kind,
                "value": self.value,
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        new_contact_point = cls(
            kind=check_new_contact_point_kind(d.pop("kind")),
            value=d.pop("value"),
        )
        return new_contact_point
