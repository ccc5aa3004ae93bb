from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ReferralAnswer")


@_attrs_define
class ReferralAnswer:
    """Access given to a department or a colleague beside the ticket's own department."""

    id: int
    department_id: int | None
    user_id: int | None
    can_work: bool
    reason: str
    created_at: datetime.datetime
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": self.id,
                "department_id": self.department_id,
                "user_id": self.user_id,
                "can_work": self.can_work,
                "reason": self.reason,
                "created_at": self.created_at.isoformat(),
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        referral_answer = cls(
            id=d.pop("id"),
            department_id=cast(int | None, d.pop("department_id")),
            user_id=cast(int | None, d.pop("user_id")),
            can_work=d.pop("can_work"),
            reason=d.pop("reason"),
            created_at=datetime.datetime.fromisoformat(d.pop("created_at")),
        )

        referral_answer.additional_properties = d
        return referral_answer

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
