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
        reason = self.reason

        department_id: int | None | Unset
        if isinstance(self.department_id, Unset):
            department_id = UNSET
        else:
            department_id = self.department_id

        user_id: int | None | Unset
        if isinstance(self.user_id, Unset):
            user_id = UNSET
        else:
            user_id = self.user_id

        can_work = self.can_work

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "reason": reason,
            }
        )
        if department_id is not UNSET:
            field_dict["department_id"] = department_id
        if user_id is not UNSET:
            field_dict["user_id"] = user_id
        if can_work is not UNSET:
            field_dict["can_work"] = can_work

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        reason = d.pop("reason")

        def _parse_department_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        department_id = _parse_department_id(d.pop("department_id", UNSET))

        def _parse_user_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        user_id = _parse_user_id(d.pop("user_id", UNSET))

        can_work = d.pop("can_work", UNSET)

        referral_in = cls(
            reason=reason,
            department_id=department_id,
            user_id=user_id,
            can_work=can_work,
        )

        return referral_in
