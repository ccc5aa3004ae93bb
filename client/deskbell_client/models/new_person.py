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
        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": self.name,
            }
        )
        if not isinstance(self.email, Unset):
            field_dict["email"] = self.email
        if not isinstance(self.phone, Unset):
            field_dict["phone"] = self.phone
        if not isinstance(self.job_title, Unset):
            field_dict["job_title"] = self.job_title
        if not isinstance(self.organisation_id, Unset):
            field_dict["organisation_id"] = self.organisation_id
        if not isinstance(self.sees_organisation, Unset):
            field_dict["sees_organisation"] = self.sees_organisation
        if not isinstance(self.language, Unset):
            field_dict["language"] = self.language
        if not isinstance(self.time_zone, Unset):
            field_dict["time_zone"] = self.time_zone
        if not isinstance(self.notes, Unset):
            field_dict["notes"] = self.notes
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        new_person = cls(
            name=d.pop("name"),
            email=d.pop("email", UNSET),
            phone=d.pop("phone", UNSET),
            job_title=d.pop("job_title", UNSET),
            organisation_id=cast(int | None | Unset, d.pop("organisation_id", UNSET)),
            sees_organisation=d.pop("sees_organisation", UNSET),
            language=d.pop("language", UNSET),
            time_zone=d.pop("time_zone", UNSET),
            notes=d.pop("notes", UNSET),
        )
        return new_person
