from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.field_error import FieldError


T = TypeVar("T", bound="Problem")


@_attrs_define
class Problem:
    """What went wrong, by RFC 9457."""

    type_: str
    """ Names the kind of problem and explains it. Decide by this, not by the words. """
    title: str
    """ The kind of problem in words, in the language of the token's person. """
    status: int
    """ The HTTP status once more. """
    detail: str
    """ What happened this time, and what to do. """
    errors: list[FieldError] | Unset = UNSET
    """ What is wrong with which field. """
    scope: str | Unset = ""
    """ The scope a token needs, when it lacks one. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "type": self.type_,
                "title": self.title,
                "status": self.status,
                "detail": self.detail,
            }
        )
        if not isinstance(self.errors, Unset):
            field_dict["errors"] = [each.to_dict() for each in self.errors]
        if not isinstance(self.scope, Unset):
            field_dict["scope"] = self.scope
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.field_error import FieldError  # noqa: PLC0415

        d = dict(src_dict)
        _errors = d.pop("errors", UNSET)
        errors: list[FieldError] | Unset = UNSET
        if _errors is not UNSET:
            errors = []
            for errors_item_data in _errors:
                errors_item = FieldError.from_dict(errors_item_data)

                errors.append(errors_item)

        problem = cls(
            type_=d.pop("type"),
            title=d.pop("title"),
            status=d.pop("status"),
            detail=d.pop("detail"),
            errors=errors,
            scope=d.pop("scope", UNSET),
        )

        problem.additional_properties = d
        return problem

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
