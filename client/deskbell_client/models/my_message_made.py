from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.my_message import MyMessage


T = TypeVar("T", bound="MyMessageMade")


@_attrs_define
class MyMessageMade:
    """Where the message stands: too long after the end of a ticket, on a new one linked to it."""

    message: MyMessage
    """ A public message. """
    ticket_id: int
    is_new_ticket: bool
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "message": self.message.to_dict(),
                "ticket_id": self.ticket_id,
                "is_new_ticket": self.is_new_ticket,
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.my_message import MyMessage  # noqa: PLC0415

        d = dict(src_dict)
        my_message_made = cls(
            message=MyMessage.from_dict(d.pop("message")),
            ticket_id=d.pop("ticket_id"),
            is_new_ticket=d.pop("is_new_ticket"),
        )

        my_message_made.additional_properties = d
        return my_message_made

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
