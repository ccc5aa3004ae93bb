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
        message_id = self.message_id

        subject = self.subject

        department_id: int | None | Unset
        if isinstance(self.department_id, Unset):
            department_id = UNSET
        else:
            department_id = self.department_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "message_id": message_id,
            }
        )
        if subject is not UNSET:
            field_dict["subject"] = subject
        if department_id is not UNSET:
            field_dict["department_id"] = department_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        message_id = d.pop("message_id")

        subject = d.pop("subject", UNSET)

        def _parse_department_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        department_id = _parse_department_id(d.pop("department_id", UNSET))

        split_in = cls(
            message_id=message_id,
            subject=subject,
            department_id=department_id,
        )

        return split_in
