from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="PersonChange")


@_attrs_define
class PersonChange:
    """What is left out stays as it is."""

    name: str | Unset = UNSET
    job_title: str | Unset = UNSET
    organisation_id: int | None | Unset = UNSET
    """ Null: of no organisation. """
    sees_organisation: bool | Unset = UNSET
    """ Follows all tickets of the organisation in the portal. """
    language: str | Unset = UNSET
    """ One of the desk's languages, as in `en`, `uk` or `zh-hant`. """
    time_zone: str | Unset = UNSET
    """ A name of the IANA time zone database. """
    notes: str | Unset = UNSET
    """ Only colleagues see this. """

    def to_dict(self) -> dict[str, Any]:
        name = self.name

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

        field_dict.update({})
        if name is not UNSET:
            field_dict["name"] = name
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
        name = d.pop("name", UNSET)

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

        person_change = cls(
            name=name,
            job_title=job_title,
            organisation_id=organisation_id,
            sees_organisation=sees_organisation,
            language=language,
            time_zone=time_zone,
            notes=notes,
        )

        return person_change
