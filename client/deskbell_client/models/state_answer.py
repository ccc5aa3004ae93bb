from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.state_answer_category import StateAnswerCategory, check_state_answer_category

T = TypeVar("T", bound="StateAnswer")


@_attrs_define
class StateAnswer:
    id: int
    code: str
    name: str
    customer_name: str
    """ In plain words, for the person who asked. """
    category: StateAnswerCategory
    is_default: bool
    """ Entered when only the category is known. """
    is_active: bool
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": self.id,
                "code": self.code,
                "name": self.name,
                "customer_name": self.customer_name,
                "category": self.category,
                "is_default": self.is_default,
                "is_active": self.is_active,
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        state_answer = cls(
            id=d.pop("id"),
            code=d.pop("code"),
            name=d.pop("name"),
            customer_name=d.pop("customer_name"),
            category=check_state_answer_category(d.pop("category")),
            is_default=d.pop("is_default"),
            is_active=d.pop("is_active"),
        )

        state_answer.additional_properties = d
        return state_answer

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
