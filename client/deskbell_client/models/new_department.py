from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="NewDepartment")


@_attrs_define
class NewDepartment:
    name: str
    description: str | Unset = UNSET
    head_id: int | None | Unset = UNSET
    takes_portal_tickets: bool | Unset = UNSET
    position: int | Unset = UNSET
    """ Among its neighbours. """
    parent_id: int | None | Unset = UNSET
    """ Null or left out: at the top. """

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": self.name,
            }
        )
        if not isinstance(self.description, Unset):
            field_dict["description"] = self.description
        if not isinstance(self.head_id, Unset):
            field_dict["head_id"] = self.head_id
        if not isinstance(self.takes_portal_tickets, Unset):
            field_dict["takes_portal_tickets"] = self.takes_portal_tickets
        if not isinstance(self.position, Unset):
            field_dict["position"] = self.position
        if not isinstance(self.parent_id, Unset):
            field_dict["parent_id"] = self.parent_id
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        new_department = cls(
            name=d.pop("name"),
            description=d.pop("description", UNSET),
            head_id=cast(int | None | Unset, d.pop("head_id", UNSET)),
            takes_portal_tickets=d.pop("takes_portal_tickets", UNSET),
            position=d.pop("position", UNSET),
            parent_id=cast(int | None | Unset, d.pop("parent_id", UNSET)),
        )
        return new_department
