from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeVar, cast

from attrs import define as _attrs_define

from ..models.new_organisation_kind import NewOrganisationKind, check_new_organisation_kind
from ..types import UNSET, Unset

T = TypeVar("T", bound="NewOrganisation")


@_attrs_define
class NewOrganisation:
    """Language and time zone are for new people; empty means unknown."""

    name: str
    kind: NewOrganisationKind | Unset = UNSET
    language: Literal[""] | str | Unset = UNSET
    time_zone: Literal[""] | str | Unset = UNSET
    shares_tickets: bool | Unset = UNSET
    """ Its people see each other's tickets in the portal. """
    notes: str | Unset = UNSET
    """ Only colleagues see this. """
    is_active: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": self.name,
            }
        )
        if not isinstance(self.kind, Unset):
            field_dict["kind"] = self.kind
        if not isinstance(self.language, Unset):
            field_dict["language"] = self.language
        if not isinstance(self.time_zone, Unset):
            field_dict["time_zone"] = self.time_zone
        if not isinstance(self.shares_tickets, Unset):
            field_dict["shares_tickets"] = self.shares_tickets
        if not isinstance(self.notes, Unset):
            field_dict["notes"] = self.notes
        if not isinstance(self.is_active, Unset):
            field_dict["is_active"] = self.is_active
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        _kind = d.pop("kind", UNSET)
        kind: NewOrganisationKind | Unset
        if isinstance(_kind, Unset):
            kind = UNSET
        else:
            kind = check_new_organisation_kind(_kind)

        def _parse_language(data: object) -> Literal[""] | str | Unset:
            if isinstance(data, Unset):
                return data
            language_type_1 = cast(Literal[""], data)
            if language_type_1 != "":
                raise ValueError(f"language_type_1 must match const '', got '{language_type_1}'")
            return language_type_1
            return cast(Literal[""] | str | Unset, data)

        language = _parse_language(d.pop("language", UNSET))

        def _parse_time_zone(data: object) -> Literal[""] | str | Unset:
            if isinstance(data, Unset):
                return data
            time_zone_type_1 = cast(Literal[""], data)
            if time_zone_type_1 != "":
                raise ValueError(f"time_zone_type_1 must match const '', got '{time_zone_type_1}'")
            return time_zone_type_1
            return cast(Literal[""] | str | Unset, data)

        time_zone = _parse_time_zone(d.pop("time_zone", UNSET))

        new_organisation = cls(
            name=d.pop("name"),
            kind=kind,
            language=language,
            time_zone=time_zone,
            shares_tickets=d.pop("shares_tickets", UNSET),
            notes=d.pop("notes", UNSET),
            is_active=d.pop("is_active", UNSET),
        )
        return new_organisation
