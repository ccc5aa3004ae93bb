from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.next_state_answer_category import NextStateAnswerCategory, check_next_state_answer_category

T = TypeVar("T", bound="NextStateAnswer")


@_attrs_define
class NextStateAnswer:
    """A state the caller may take the ticket to now."""

    state: str
    name: str
    category: NextStateAnswerCategory
    asks: list[str]
    """ Fields that have to be sent with it. """
    blocked: None | str
    """ Why it cannot be entered just now; null when it can. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "state": self.state,
                "name": self.name,
                "category": self.category,
                "asks": self.asks,
                "blocked": self.blocked,
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        next_state_answer = cls(
            state=d.pop("state"),
            name=d.pop("name"),
            category=check_next_state_answer_category(d.pop("category")),
            asks=cast(list[str], d.pop("asks")),
            blocked=cast(None | str, d.pop("blocked")),
        )

        next_state_answer.additional_properties = d
        return next_state_answer

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
