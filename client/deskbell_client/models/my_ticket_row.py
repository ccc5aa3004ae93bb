from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.my_ticket_row_state_category import MyTicketRowStateCategory, check_my_ticket_row_state_category

T = TypeVar("T", bound="MyTicketRow")


@_attrs_define
class MyTicketRow:
    id: int
    subject: str
    state: str
    """ In plain words. """
    state_category: MyTicketRowStateCategory
    kind: str
    department: str
    requester_id: int
    requester: str
    waits_for_me: bool
    """ The desk waits for the caller's answer. """
    last_message_by_customer: bool
    created_at: datetime.datetime
    last_message_at: datetime.datetime
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": self.id,
                "subject": self.subject,
                "state": self.state,
                "state_category": self.state_category,
                "kind": self.kind,
                "department": self.department,
                "requester_id": self.requester_id,
                "requester": self.requester,
                "waits_for_me": self.waits_for_me,
                "last_message_by_customer": self.last_message_by_customer,
                "created_at": self.created_at.isoformat(),
                "last_message_at": self.last_message_at.isoformat(),
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        my_ticket_row = cls(
            id=d.pop("id"),
            subject=d.pop("subject"),
            state=d.pop("state"),
            state_category=check_my_ticket_row_state_category(d.pop("state_category")),
            kind=d.pop("kind"),
            department=d.pop("department"),
            requester_id=d.pop("requester_id"),
            requester=d.pop("requester"),
            waits_for_me=d.pop("waits_for_me"),
            last_message_by_customer=d.pop("last_message_by_customer"),
            created_at=datetime.datetime.fromisoformat(d.pop("created_at")),
            last_message_at=datetime.datetime.fromisoformat(d.pop("last_message_at")),
        )

        my_ticket_row.additional_properties = d
        return my_ticket_row

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
