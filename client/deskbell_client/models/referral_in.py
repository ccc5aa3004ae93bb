from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ReferralIn")


@_attrs_define
class ReferralIn:
    """Give either a department or a colleague."""

    reason: str
    department_id: int | None | Unset = UNSET
    user_id: int | None | Unset = UNSET
    can_work: bool | Unset = False
    """ They may do what their role allows, otherwise read and note. """

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "reason": self.reason,
            }
        )
        if not isinstance(self.department_id, Unset):
            field_dict["department_id"] = self.department_id
        if not isinstance(self.user_id, Unset):
            field_dict["user_id"] = self.user_id
        if not isinstance(self.can_work, Unset):
            field_dict["can_work"] = self.can_work
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        referral_in = cls(
            reason=d.pop("reason"),
            department_id=cast(int | None | Unset, d.pop("department_id", UNSET)),
            user_id=cast(int | None | Unset, d.pop("user_id", UNSET)),
            can_work=d.pop("can_work", UNSET),
        )
        return referral_in
