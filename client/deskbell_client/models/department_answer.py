from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import parse_nullable

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

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": self.id,
                "name": self.name,
                "parent_id": self.parent_id,
                "description": self.description,
                "head": self.head.to_dict() if isinstance(self.head, Named) else self.head,
                "takes_portal_tickets": self.takes_portal_tickets,
                "is_active": self.is_active,
                "position": self.position,
                "teams": [each.to_dict() for each in self.teams],
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.named import Named  # noqa: PLC0415

        d = dict(src_dict)
        department_answer = cls(
            id=d.pop("id"),
            name=d.pop("name"),
            parent_id=cast(int | None, d.pop("parent_id")),
            description=d.pop("description"),
            head=parse_nullable(d.pop("head"), dict, Named.from_dict),
            takes_portal_tickets=d.pop("takes_portal_tickets"),
            is_active=d.pop("is_active"),
            position=d.pop("position"),
            teams=[Named.from_dict(each) for each in d.pop("teams")],
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
