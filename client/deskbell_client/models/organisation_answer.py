from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.organisation_answer_kind import OrganisationAnswerKind, check_organisation_answer_kind

if TYPE_CHECKING:
    from ..models.domain_answer import DomainAnswer


T = TypeVar("T", bound="OrganisationAnswer")


@_attrs_define
class OrganisationAnswer:
    """An organisation that people belong to."""

    id: int
    name: str
    kind: OrganisationAnswerKind
    language: str
    """ For its new people; empty when unknown. """
    time_zone: str
    """ For its new people; empty when unknown. """
    shares_tickets: bool
    """ Its people see each other's tickets in the portal. """
    notes: None | str
    """ Only colleagues see this; null for others. """
    is_active: bool
    domains: list[DomainAnswer]
    created_at: datetime.datetime
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": self.id,
                "name": self.name,
                "kind": self.kind,
                "language": self.language,
                "time_zone": self.time_zone,
                "shares_tickets": self.shares_tickets,
                "notes": self.notes,
                "is_active": self.is_active,
                "domains": [each.to_dict() for each in self.domains],
                "created_at": self.created_at.isoformat(),
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.domain_answer import DomainAnswer  # noqa: PLC0415

        d = dict(src_dict)
        organisation_answer = cls(
            id=d.pop("id"),
            name=d.pop("name"),
            kind=check_organisation_answer_kind(d.pop("kind")),
            language=d.pop("language"),
            time_zone=d.pop("time_zone"),
            shares_tickets=d.pop("shares_tickets"),
            notes=cast(None | str, d.pop("notes")),
            is_active=d.pop("is_active"),
            domains=[DomainAnswer.from_dict(each) for each in d.pop("domains")],
            created_at=datetime.datetime.fromisoformat(d.pop("created_at")),
        )

        organisation_answer.additional_properties = d
        return organisation_answer

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
