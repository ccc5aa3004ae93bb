from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.named import Named


T = TypeVar("T", bound="DepartmentAnswer")


@_attrs_define
class DepartmentAnswer:
    """A unit that answers tickets. People without a role see those they may choose in the portal, by name."""

    id: int
    name: str
    parent_id: int | None
    description: str
    head: Named | None
    """ Only colleagues see this. """
    takes_portal_tickets: bool
    """ People may choose it in the portal. """
    is_active: bool
    position: int
    teams: list[Named]
    """ Active ones. Only colleagues see these. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.named import Named  # noqa: PLC0415

        id = self.id

        name = self.name

        parent_id: int | None
        parent_id = self.parent_id

        description = self.description

        head: dict[str, Any] | None
        if isinstance(self.head, Named):
            head = self.head.to_dict()
        else:
            head = self.head

        takes_portal_tickets = self.takes_portal_tickets

        is_active = self.is_active

        position = self.position

        teams = []
        for teams_item_data in self.teams:
            teams_item = teams_item_data.to_dict()
            teams.append(teams_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "name": name,
                "parent_id": parent_id,
                "description": description,
                "head": head,
                "takes_portal_tickets": takes_portal_tickets,
                "is_active": is_active,
                "position": position,
                "teams": teams,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.named import Named  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        name = d.pop("name")

        def _parse_parent_id(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        parent_id = _parse_parent_id(d.pop("parent_id"))

        description = d.pop("description")

        def _parse_head(data: object) -> Named | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                head_type_0 = Named.from_dict(data)

                return head_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Named | None, data)

        head = _parse_head(d.pop("head"))

        takes_portal_tickets = d.pop("takes_portal_tickets")

        is_active = d.pop("is_active")

        position = d.pop("position")

        teams = []
        _teams = d.pop("teams")
        for teams_item_data in _teams:
            teams_item = Named.from_dict(teams_item_data)

            teams.append(teams_item)

        department_answer = cls(
            id=id,
            name=name,
            parent_id=parent_id,
            description=description,
            head=head,
            takes_portal_tickets=takes_portal_tickets,
            is_active=is_active,
            position=position,
            teams=teams,
        )

        department_answer.additional_properties = d
        return department_answer

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
