from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.department_permissions import DepartmentPermissions
    from ..models.person_answer import PersonAnswer


T = TypeVar("T", bound="MeAnswer")


@_attrs_define
class MeAnswer:
    """Who calls, and what they may do."""

    person: PersonAnswer
    """ A person: whoever asks and whoever answers are the same kind of record. """
    is_agent: bool
    """ Holds a role: works on this side of the desk. """
    permissions: list[str]
    """ Held everywhere. """
    departments: list[DepartmentPermissions]
    """ Held in single departments. """
    scopes: list[str] | None
    """ Of the token; null for somebody signed in. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "person": self.person.to_dict(),
                "is_agent": self.is_agent,
                "permissions": self.permissions,
                "departments": [each.to_dict() for each in self.departments],
                "scopes": self.scopes,
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.department_permissions import DepartmentPermissions  # noqa: PLC0415
        from ..models.person_answer import PersonAnswer  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_scopes(data: object) -> list[str] | None:
            if data is None:
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                scopes_type_0 = cast(list[str], data)

                return scopes_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None, data)

        scopes = _parse_scopes(d.pop("scopes"))

        me_answer = cls(
            person=PersonAnswer.from_dict(d.pop("person")),
            is_agent=d.pop("is_agent"),
            permissions=cast(list[str], d.pop("permissions")),
            departments=[DepartmentPermissions.from_dict(each) for each in d.pop("departments")],
            scopes=scopes,
        )

        me_answer.additional_properties = d
        return me_answer

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
