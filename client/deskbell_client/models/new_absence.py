from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="NewAbsence")


@_attrs_define
class NewAbsence:
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    substitute_id: int | None | Unset = UNSET
    """ Who stands in. """
    note: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "starts_at": self.starts_at.isoformat(),
                "ends_at": self.ends_at.isoformat(),
            }
        )
        if not isinstance(self.substitute_id, Unset):
            field_dict["substitute_id"] = self.substitute_id
        if not isinstance(self.note, Unset):
            field_dict["note"] = self.note
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        new_absence = cls(
            starts_at=datetime.datetime.fromisoformat(d.pop("starts_at")),
            ends_at=datetime.datetime.fromisoformat(d.pop("ends_at")),
            substitute_id=cast(int | None | Unset, d.pop("substitute_id", UNSET)),
            note=d.pop("note", UNSET),
        )
        return new_absence
