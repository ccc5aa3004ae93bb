from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.new_participant_role import NewParticipantRole, check_new_participant_role
from ..types import UNSET, Unset

T = TypeVar("T", bound="NewParticipant")


@_attrs_define
class NewParticipant:
    user_id: int
    role: NewParticipantRole | Unset = "cc"

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "user_id": self.user_id,
            }
        )
        if not isinstance(self.role, Unset):
            field_dict["role"] = self.role
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        _role = d.pop("role", UNSET)
        role: NewParticipantRole | Unset
        if isinstance(_role, Unset):
            role = UNSET
        else:
            role = check_new_participant_role(_role)

        new_participant = cls(
            user_id=d.pop("user_id"),
            role=role,
        )
        return new_participant
