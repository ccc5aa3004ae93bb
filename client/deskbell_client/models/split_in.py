from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="SplitIn")


@_attrs_define
class SplitIn:
    message_id: int
    subject: str | Unset = ""
    """ The message's own when empty. """
    department_id: int | None | Unset = UNSET
    """ Handed over there at once. """

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "message_id": self.message_id,
            }
        )
        if not isinstance(self.subject, Unset):
            field_dict["subject"] = self.subject
        if not isinstance(self.department_id, Unset):
            field_dict["department_id"] = self.department_id
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        split_in = cls(
            message_id=d.pop("message_id"),
            subject=d.pop("subject", UNSET),
            department_id=cast(int | None | Unset, d.pop("department_id", UNSET)),
        )
        return split_in
