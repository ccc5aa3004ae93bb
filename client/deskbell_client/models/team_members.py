from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="TeamMembers")


@_attrs_define
class TeamMembers:
    member_ids: list[int]
    lead_ids: list[int] | Unset = UNSET
    """ Those who lead the team; members, too. """

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "member_ids": self.member_ids,
            }
        )
        if not isinstance(self.lead_ids, Unset):
            field_dict["lead_ids"] = self.lead_ids
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        team_members = cls(
            member_ids=cast(list[int], d.pop("member_ids")),
            lead_ids=cast(list[int], d.pop("lead_ids", UNSET)),
        )
        return team_members
