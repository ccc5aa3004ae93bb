from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import parse_nullable

if TYPE_CHECKING:
    from ..models.contact_point_answer import ContactPointAnswer
    from ..models.named import Named
    from ..models.role_held import RoleHeld


T = TypeVar("T", bound="PersonAnswer")


@_attrs_define
class PersonAnswer:
    """A person: whoever asks and whoever answers are the same kind of record."""

    id: int
    name: str
    email: None | str
    """ The main address; null for people known by phone alone. """
    job_title: str
    organisation: Named | None
    sees_organisation: bool
    """ Follows all tickets of the organisation in the portal. """
    language: str
    time_zone: str
    notes: None | str
    """ Only colleagues see this; null for others. """
    is_active: bool
    is_blocked: bool | None
    """ Their mail is parked. Only colleagues see this. """
    merged_into_id: int | None
    """ Whom this person was merged into. """
    contact_points: list[ContactPointAnswer]
    roles: list[RoleHeld]
    created_at: datetime.datetime
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.named import Named  # noqa: PLC0415

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": self.id,
                "name": self.name,
                "email": self.email,
                "job_title": self.job_title,
                "organisation": self.organisation.to_dict()
                if isinstance(self.organisation, Named)
                else self.organisation,
                "sees_organisation": self.sees_organisation,
                "language": self.language,
                "time_zone": self.time_zone,
                "notes": self.notes,
                "is_active": self.is_active,
                "is_blocked": self.is_blocked,
                "merged_into_id": self.merged_into_id,
                "contact_points": [each.to_dict() for each in self.contact_points],
                "roles": [each.to_dict() for each in self.roles],
                "created_at": self.created_at.isoformat(),
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.contact_point_answer import ContactPointAnswer  # noqa: PLC0415
        from ..models.named import Named  # noqa: PLC0415
        from ..models.role_held import RoleHeld  # noqa: PLC0415

        d = dict(src_dict)
        person_answer = cls(
            id=d.pop("id"),
            name=d.pop("name"),
            email=cast(None | str, d.pop("email")),
            job_title=d.pop("job_title"),
            organisation=parse_nullable(d.pop("organisation"), dict, Named.from_dict),
            sees_organisation=d.pop("sees_organisation"),
            language=d.pop("language"),
            time_zone=d.pop("time_zone"),
            notes=cast(None | str, d.pop("notes")),
            is_active=d.pop("is_active"),
            is_blocked=cast(bool | None, d.pop("is_blocked")),
            merged_into_id=cast(int | None, d.pop("merged_into_id")),
            contact_points=[ContactPointAnswer.from_dict(each) for each in d.pop("contact_points")],
            roles=[RoleHeld.from_dict(each) for each in d.pop("roles")],
            created_at=datetime.datetime.fromisoformat(d.pop("created_at")),
        )

        person_answer.additional_properties = d
        return person_answer

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
