from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.correction import Correction
    from ..models.found_ticket import FoundTicket


T = TypeVar("T", bound="FoundTickets")


@_attrs_define
class FoundTickets:
    items: list[FoundTicket]
    next_: None | str
    """ The cursor of the page after this one; null at the end. """
    total: int
    """ How many there are, counted up to a limit. """
    is_more: bool
    """ There are more than `total`. """
    problems: list[str]
    """ What was asked and could not be used, in words. """
    corrections: list[Correction]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "items": [each.to_dict() for each in self.items],
                "next": self.next_,
                "total": self.total,
                "is_more": self.is_more,
                "problems": self.problems,
                "corrections": [each.to_dict() for each in self.corrections],
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.correction import Correction  # noqa: PLC0415
        from ..models.found_ticket import FoundTicket  # noqa: PLC0415

        d = dict(src_dict)
        found_tickets = cls(
            items=[FoundTicket.from_dict(each) for each in d.pop("items")],
            next_=cast(None | str, d.pop("next")),
            total=d.pop("total"),
            is_more=d.pop("is_more"),
            problems=cast(list[str], d.pop("problems")),
            corrections=[Correction.from_dict(each) for each in d.pop("corrections")],
        )

        found_tickets.additional_properties = d
        return found_tickets

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
