from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.member_answer import MemberAnswer
    from ..models.named import Named


T = TypeVar("T", bound="TeamAnswer")


@_attrs_define
class TeamAnswer:
    id: int
    name: str
    department: Named
    """ Another record: its id, and its name for people. """
    is_active: bool
    members: list[MemberAnswer]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": self.id,
                "name": self.name,
                "department": self.department.to_dict(),
                "is_active": self.is_active,
                "members": [each.to_dict() for each in self.members],
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.member_answer import MemberAnswer  # noqa: PLC0415
        from ..models.named import Named  # noqa: PLC0415

        d = dict(src_dict)
        team_answer = cls(
            id=d.pop("id"),
            name=d.pop("name"),
            department=Named.from_dict(d.pop("department")),
            is_active=d.pop("is_active"),
            members=[MemberAnswer.from_dict(each) for each in d.pop("members")],
        )

        team_answer.additional_properties = d
        return team_answer

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
