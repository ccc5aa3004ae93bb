from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="NewPerson")


@_attrs_define
class NewPerson:
    """Without an organisation, the domain of the address says which."""

    name: str
    email: str | Unset = UNSET
    phone: str | Unset = UNSET
    job_title: str | Unset = UNSET
    organisation_id: int | None | Unset = UNSET
    """ Null: of none, whatever the address. """
    sees_organisation: bool | Unset = UNSET
    language: str | Unset = UNSET
    """ One of the desk's languages, as in `en`, `uk` or `zh-hant`. """
    time_zone: str | Unset = UNSET
    """ A name of the IANA time zone database. """
    notes: str | Unset = UNSET
    """ Only colleagues see this. """

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        email = self.email

        phone = self.phone

        job_title = self.job_title

        organisation_id: int | None | Unset
        if isinstance(self.organisation_id, Unset):
            organisation_id = UNSET
        else:
            organisation_id = self.organisation_id

        sees_organisation = self.sees_organisation

        language = self.language

        time_zone = self.time_zone

        notes = self.notes

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
            }
        )
        if email is not UNSET:
            field_dict["email"] = email
        if phone is not UNSET:
            field_dict["phone"] = phone
        if job_title is not UNSET:
            field_dict["job_title"] = job_title
        if organisation_id is not UNSET:
            field_dict["organisation_id"] = organisation_id
        if sees_organisation is not UNSET:
            field_dict["sees_organisation"] = sees_organisation
        if language is not UNSET:
            field_dict["language"] = language
        if time_zone is not UNSET:
            field_dict["time_zone"] = time_zone
        if notes is not UNSET:
            field_dict["notes"] = notes

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        name = d.pop("name")

        email = d.pop("email", UNSET)

        phone = d.pop("phone", UNSET)

        job_title = d.pop("job_title", UNSET)

        def _parse_organisation_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        organisation_id = _parse_organisation_id(d.pop("organisation_id", UNSET))

        sees_organisation = d.pop("sees_organisation", UNSET)

        language = d.pop("language", UNSET)

        time_zone = d.pop("time_zone", UNSET)

        notes = d.pop("notes", UNSET)

        new_person = cls(
            name=name,
            email=email,
            phone=phone,
            job_title=job_title,
            organisation_id=organisation_id,
            sees_organisation=sees_organisation,
            language=language,
            time_zone=time_zone,
            notes=notes,
        )

        return new_person
