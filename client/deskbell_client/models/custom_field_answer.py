from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="CustomFieldAnswer")


@_attrs_define
class CustomFieldAnswer:
    code: str
    label: str
    help_: str
    type_: str
    choices: list[str]
    kinds: list[str]
    """ Codes of the kinds it belongs to; empty: all. """
    department_id: int | None
    is_required: bool
    in_portal: bool
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "code": self.code,
                "label": self.label,
                "help": self.help_,
                "type": self.type_,
                "choices": self.choices,
                "kinds": self.kinds,
                "department_id": self.department_id,
                "is_required": self.is_required,
                "in_portal": self.in_portal,
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        custom_field_answer = cls(
            code=d.pop("code"),
            label=d.pop("label"),
            help_=d.pop("help"),
            type_=d.pop("type"),
            choices=cast(list[str], d.pop("choices")),
            kinds=cast(list[str], d.pop("kinds")),
            department_id=cast(int | None, d.pop("department_id")),
            is_required=d.pop("is_required"),
            in_portal=d.pop("in_portal"),
        )

        custom_field_answer.additional_properties = d
        return custom_field_answer

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
