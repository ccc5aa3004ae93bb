from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import parse_nullable

if TYPE_CHECKING:
    from ..models.named import Named


T = TypeVar("T", bound="RoleHeld")


@_attrs_define
class RoleHeld:
    """A role a person holds: in a department and all below it, or everywhere."""

    id: int
    """ Of this holding, for taking it away. """
    role: Named
    """ Another record: its id, and its name for people. """
    department: Named | None
    """ Null: everywhere. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.named import Named  # noqa: PLC0415

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": self.id,
                "role": self.role.to_dict(),
                "department": self.department.to_dict() if isinstance(self.department, Named) else self.department,
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.named import Named  # noqa: PLC0415

        d = dict(src_dict)
        role_held = cls(
            id=d.pop("id"),
            role=Named.from_dict(d.pop("role")),
            department=parse_nullable(d.pop("department"), dict, Named.from_dict),
        )

        role_held.additional_properties = d
        return role_held

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
