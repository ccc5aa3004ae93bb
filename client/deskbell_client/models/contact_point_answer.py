from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.contact_point_answer_kind import ContactPointAnswerKind, check_contact_point_answer_kind
from ..types import parse_nullable

T = TypeVar("T", bound="ContactPointAnswer")


@_attrs_define
class ContactPointAnswer:
    """An address or number that identifies one person."""

    id: int
    kind: ContactPointAnswerKind
    value: str
    """ Normalised: lower case and ASCII domain, or E.164. """
    is_primary: bool
    verified_at: datetime.datetime | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": self.id,
                "kind": self.kind,
                "value": self.value,
                "is_primary": self.is_primary,
                "verified_at": self.verified_at.isoformat()
                if isinstance(self.verified_at, datetime.datetime)
                else self.verified_at,
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        contact_point_answer = cls(
            id=d.pop("id"),
            kind=check_contact_point_answer_kind(d.pop("kind")),
            value=d.pop("value"),
            is_primary=d.pop("is_primary"),
            verified_at=parse_nullable(d.pop("verified_at"), str, datetime.datetime.fromisoformat),
        )

        contact_point_answer.additional_properties = d
        return contact_point_answer

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
