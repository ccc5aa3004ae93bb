from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import parse_nullable

if TYPE_CHECKING:
    from ..models.named import Named


T = TypeVar("T", bound="AbsenceAnswer")


@_attrs_define
class AbsenceAnswer:
    id: int
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    substitute: Named | None
    """ Who stands in. """
    note: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.named import Named  # noqa: PLC0415

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": self.id,
                "starts_at": self.starts_at.isoformat(),
                "ends_at": self.ends_at.isoformat(),
                "substitute": self.substitute.to_dict() if isinstance(self.substitute, Named) else self.substitute,
                "note": self.note,
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.named import Named  # noqa: PLC0415

        d = dict(src_dict)
        absence_answer = cls(
            id=d.pop("id"),
            starts_at=datetime.datetime.fromisoformat(d.pop("starts_at")),
            ends_at=datetime.datetime.fromisoformat(d.pop("ends_at")),
            substitute=parse_nullable(d.pop("substitute"), dict, Named.from_dict),
            note=d.pop("note"),
        )

        absence_answer.additional_properties = d
        return absence_answer

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
