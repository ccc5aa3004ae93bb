from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.ticket_link_answer_state_category import (
    TicketLinkAnswerStateCategory,
    check_ticket_link_answer_state_category,
)

T = TypeVar("T", bound="TicketLinkAnswer")


@_attrs_define
class TicketLinkAnswer:
    """A link, as this ticket sees it."""

    id: int
    kind: str
    label: str
    ticket_id: int
    """ The ticket at its other end. """
    subject: str
    state_category: TicketLinkAnswerStateCategory
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": self.id,
                "kind": self.kind,
                "label": self.label,
                "ticket_id": self.ticket_id,
                "subject": self.subject,
                "state_category": self.state_category,
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        ticket_link_answer = cls(
            id=d.pop("id"),
            kind=d.pop("kind"),
            label=d.pop("label"),
            ticket_id=d.pop("ticket_id"),
            subject=d.pop("subject"),
            state_category=check_ticket_link_answer_state_category(d.pop("state_category")),
        )

        ticket_link_answer.additional_properties = d
        return ticket_link_answer

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
