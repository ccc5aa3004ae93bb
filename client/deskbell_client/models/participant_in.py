from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.participant_in_role import ParticipantInRole, check_participant_in_role
from ..types import UNSET, Unset

T = TypeVar("T", bound="ParticipantIn")


@_attrs_define
class ParticipantIn:
    role: ParticipantInRole | Unset = "cc"

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if not isinstance(self.role, Unset):
            field_dict["role"] = self.role
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        _role = d.pop("role", UNSET)
        role: ParticipantInRole | Unset
        if isinstance(_role, Unset):
            role = UNSET
        else:
            role = check_participant_in_role(_role)

        participant_in = cls(
            role=role,
        )
        return participant_in
