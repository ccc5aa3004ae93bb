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
        name = self.name

        description = self.description

        head_id: int | None | Unset
        if isinstance(self.head_id, Unset):
            head_id = UNSET
        else:
            head_id = self.head_id

        takes_portal_tickets = self.takes_portal_tickets

        position = self.position

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if name is not UNSET:
            field_dict["name"] = name
        if description is not UNSET:
            field_dict["description"] = description
        if head_id is not UNSET:
            field_dict["head_id"] = head_id
        if takes_portal_tickets is not UNSET:
            field_dict["takes_portal_tickets"] = takes_portal_tickets
        if position is not UNSET:
            field_dict["position"] = position

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        name = d.pop("name", UNSET)

        description = d.pop("description", UNSET)

        def _parse_head_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        head_id = _parse_head_id(d.pop("head_id", UNSET))

        takes_portal_tickets = d.pop("takes_portal_tickets", UNSET)

        position = d.pop("position", UNSET)

        department_change = cls(
            name=name,
            description=description,
            head_id=head_id,
            takes_portal_tickets=takes_portal_tickets,
            position=position,
        )

        return department_change
