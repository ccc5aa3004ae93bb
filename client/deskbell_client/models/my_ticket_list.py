from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.my_ticket_row import MyTicketRow


T = TypeVar("T", bound="MyTicketList")


@_attrs_define
class MyTicketList:
    items: list[MyTicketRow]
    next_: None | str
    """ The cursor of the page after this one; null at the end. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "items": [each.to_dict() for each in self.items],
                "next": self.next_,
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.my_ticket_row import MyTicketRow  # noqa: PLC0415

        d = dict(src_dict)
        my_ticket_list = cls(
            items=[MyTicketRow.from_dict(each) for each in d.pop("items")],
            next_=cast(None | str, d.pop("next")),
        )

        my_ticket_list.additional_properties = d
        return my_ticket_list

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
