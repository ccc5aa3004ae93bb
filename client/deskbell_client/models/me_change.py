from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..models.me_change_density import MeChangeDensity, check_me_change_density
from ..models.me_change_theme import MeChangeTheme, check_me_change_theme
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.me_change_working_hours import MeChangeWorkingHours


T = TypeVar("T", bound="MeChange")


@_attrs_define
class MeChange:
    """What everybody sets for themselves. What is left out stays as it is."""

    name: str | Unset = UNSET
    language: str | Unset = UNSET
    """ One of the desk's languages, as in `en`, `uk` or `zh-hant`. """
    time_zone: str | Unset = UNSET
    """ A name of the IANA time zone database. """
    theme: MeChangeTheme | Unset = UNSET
    density: MeChangeDensity | Unset = UNSET
    working_hours: MeChangeWorkingHours | Unset = UNSET
    """ By ISO weekday (`1` is Monday) spans from and until, in the person's own zone. """

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if not isinstance(self.name, Unset):
            field_dict["name"] = self.name
        if not isinstance(self.language, Unset):
            field_dict["language"] = self.language
        if not isinstance(self.time_zone, Unset):
            field_dict["time_zone"] = self.time_zone
        if not isinstance(self.theme, Unset):
            field_dict["theme"] = self.theme
        if not isinstance(self.density, Unset):
            field_dict["density"] = self.density
        if not isinstance(self.working_hours, Unset):
            field_dict["working_hours"] = self.working_hours.to_dict()
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.me_change_working_hours import MeChangeWorkingHours  # noqa: PLC0415

        d = dict(src_dict)
        _theme = d.pop("theme", UNSET)
        theme: MeChangeTheme | Unset
        if isinstance(_theme, Unset):
            theme = UNSET
        else:
            theme = check_me_change_theme(_theme)

        _density = d.pop("density", UNSET)
        density: MeChangeDensity | Unset
        if isinstance(_density, Unset):
            density = UNSET
        else:
            density = check_me_change_density(_density)

        _working_hours = d.pop("working_hours", UNSET)
        working_hours: MeChangeWorkingHours | Unset
        if isinstance(_working_hours, Unset):
            working_hours = UNSET
        else:
            working_hours = MeChangeWorkingHours.from_dict(_working_hours)

        me_change = cls(
            name=d.pop("name", UNSET),
            language=d.pop("language", UNSET),
            time_zone=d.pop("time_zone", UNSET),
            theme=theme,
            density=density,
            working_hours=working_hours,
        )
        return me_change
