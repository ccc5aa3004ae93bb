from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="TeamChange")


@_attrs_define
class TeamChange:
    """What is left out stays as it is."""

    name: str | Unset = UNSET
    is_active: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if not isinstance(self.name, Unset):
            field_dict["name"] = self.name
        if not isinstance(self.is_active, Unset):
            field_dict["is_active"] = self.is_active
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        team_change = cls(
            name=d.pop("name", UNSET),
            is_active=d.pop("is_active", UNSET),
        )
        return team_change
