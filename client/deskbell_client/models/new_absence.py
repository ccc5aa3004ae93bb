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
        starts_at = self.starts_at.isoformat()

        ends_at = self.ends_at.isoformat()

        substitute_id: int | None | Unset
        if isinstance(self.substitute_id, Unset):
            substitute_id = UNSET
        else:
            substitute_id = self.substitute_id

        note = self.note

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "starts_at": starts_at,
                "ends_at": ends_at,
            }
        )
        if substitute_id is not UNSET:
            field_dict["substitute_id"] = substitute_id
        if note is not UNSET:
            field_dict["note"] = note

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        starts_at = datetime.datetime.fromisoformat(d.pop("starts_at"))

        ends_at = datetime.datetime.fromisoformat(d.pop("ends_at"))

        def _parse_substitute_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        substitute_id = _parse_substitute_id(d.pop("substitute_id", UNSET))

        note = d.pop("note", UNSET)

        new_absence = cls(
            starts_at=starts_at,
            ends_at=ends_at,
            substitute_id=substitute_id,
            note=note,
        )

        return new_absence
