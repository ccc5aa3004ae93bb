from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="DepartmentChange")


@_attrs_define
class DepartmentChange:
    """What is left out stays as it is. The head holds the head's role here; a former head loses it."""

    name: str | Unset = UNSET
    description: str | Unset = UNSET
    head_id: int | None | Unset = UNSET
    takes_portal_tickets: bool | Unset = UNSET
    position: int | Unset = UNSET
    """ Among its neighbours. """

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if not isinstance(self.name, Unset):
            field_dict["name"] = self.name
        if not isinstance(self.description, Unset):
            field_dict["description"] = self.description
        if not isinstance(self.head_id, Unset):
            field_dict["head_id"] = self.head_id
        if not isinstance(self.takes_portal_tickets, Unset):
            field_dict["takes_portal_tickets"] = self.takes_portal_tickets
        if not isinstance(self.position, Unset):
            field_dict["position"] = self.position
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        department_change = cls(
            name=d.pop("name", UNSET),
            description=d.pop("description", UNSET),
            head_id=cast(int | None | Unset, d.pop("head_id", UNSET)),
            takes_portal_tickets=d.pop("takes_portal_tickets", UNSET),
            position=d.pop("position", UNSET),
        )
        return department_change
