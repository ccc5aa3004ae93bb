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
        kind: str = self.kind

        value = self.value

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "kind": kind,
                "value": value,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        kind = check_new_contact_point_kind(d.pop("kind"))

        value = d.pop("value")

        new_contact_point = cls(
            kind=kind,
            value=value,
        )

        return new_contact_point
