from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

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

        id = self.id

        name = self.name

        email: None | str
        email = self.email

        job_title = self.job_title

        organisation: dict[str, Any] | None
        if isinstance(self.organisation, Named):
            organisation = self.organisation.to_dict()
        else:
            organisation = self.organisation

        sees_organisation = self.sees_organisation

        language = self.language

        time_zone = self.time_zone

        notes: None | str
        notes = self.notes

        is_active = self.is_active

        is_blocked: bool | None
        is_blocked = self.is_blocked

        merged_into_id: int | None
        merged_into_id = self.merged_into_id

        contact_points = []
        for contact_points_item_data in self.contact_points:
            contact_points_item = contact_points_item_data.to_dict()
            contact_points.append(contact_points_item)

        roles = []
        for roles_item_data in self.roles:
            roles_item = roles_item_data.to_dict()
            roles.append(roles_item)

        created_at = self.created_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "name": name,
                "email": email,
                "job_title": job_title,
                "organisation": organisation,
                "sees_organisation": sees_organisation,
                "language": language,
                "time_zone": time_zone,
                "notes": notes,
                "is_active": is_active,
                "is_blocked": is_blocked,
                "merged_into_id": merged_into_id,
                "contact_points": contact_points,
                "roles": roles,
                "created_at": created_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.contact_point_answer import ContactPointAnswer  # noqa: PLC0415
        from ..models.named import Named  # noqa: PLC0415
        from ..models.role_held import RoleHeld  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        name = d.pop("name")

        def _parse_email(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        email = _parse_email(d.pop("email"))

        job_title = d.pop("job_title")

        def _parse_organisation(data: object) -> Named | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                organisation_type_0 = Named.from_dict(data)

                return organisation_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Named | None, data)

        organisation = _parse_organisation(d.pop("organisation"))

        sees_organisation = d.pop("sees_organisation")

        language = d.pop("language")

        time_zone = d.pop("time_zone")

        def _parse_notes(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        notes = _parse_notes(d.pop("notes"))

        is_active = d.pop("is_active")

        def _parse_is_blocked(data: object) -> bool | None:
            if data is None:
                return data
            return cast(bool | None, data)

        is_blocked = _parse_is_blocked(d.pop("is_blocked"))

        def _parse_merged_into_id(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        merged_into_id = _parse_merged_into_id(d.pop("merged_into_id"))

        contact_points = []
        _contact_points = d.pop("contact_points")
        for contact_points_item_data in _contact_points:
            contact_points_item = ContactPointAnswer.from_dict(contact_points_item_data)

            contact_points.append(contact_points_item)

        roles = []
        _roles = d.pop("roles")
        for roles_item_data in _roles:
            roles_item = RoleHeld.from_dict(roles_item_data)

            roles.append(roles_item)

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        person_answer = cls(
            id=id,
            name=name,
            email=email,
            job_title=job_title,
            organisation=organisation,
            sees_organisation=sees_organisation,
            language=language,
            time_zone=time_zone,
            notes=notes,
            is_active=is_active,
            is_blocked=is_blocked,
            merged_into_id=merged_into_id,
            contact_points=contact_points,
            roles=roles,
            created_at=created_at,
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
