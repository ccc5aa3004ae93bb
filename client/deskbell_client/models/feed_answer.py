from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.event_answer import EventAnswer


T = TypeVar("T", bound="FeedAnswer")


@_attrs_define
class FeedAnswer:
    """A stretch of the log. It may hold fewer entries than asked for, even none, while more is there."""

    items: list[EventAnswer]
    next_: str
    """ Where to go on, now or later: also when nothing more is there yet. """
    more: bool
    """ Whether to ask again at once. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "items": [each.to_dict() for each in self.items],
                "next": self.next_,
                "more": self.more,
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.event_answer import EventAnswer  # noqa: PLC0415

        d = dict(src_dict)
        feed_answer = cls(
            items=[EventAnswer.from_dict(each) for each in d.pop("items")],
            next_=d.pop("next"),
            more=d.pop("more"),
        )

        feed_answer.additional_properties = d
        return feed_answer

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
