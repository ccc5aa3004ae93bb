from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.ticket_row_state_category import TicketRowStateCategory, check_ticket_row_state_category
from ..types import parse_nullable

T = TypeVar("T", bound="TicketRow")


@_attrs_define
class TicketRow:
    """A ticket as lists show it."""

    id: int
    subject: str
    preview: str
    """ The first words of the newest message. """
    kind: str
    state: str
    state_category: TicketRowStateCategory
    priority: str
    department_id: int
    department: str
    team: str
    assignee_id: int | None
    assignee: str
    requester_id: int
    requester: str
    organisation: str
    channel: str
    tags: list[str]
    message_count: int
    is_restricted: bool
    last_message_by_customer: bool
    created_at: datetime.datetime
    updated_at: datetime.datetime
    last_message_at: datetime.datetime
    customer_waiting_since: datetime.datetime | None
    follow_up_at: datetime.datetime | None
    next_due_at: datetime.datetime | None
    version: int
    unread: bool
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": self.id,
                "subject": self.subject,
                "preview": self.preview,
                "kind": self.kind,
                "state": self.state,
                "state_category": self.state_category,
                "priority": self.priority,
                "department_id": self.department_id,
                "department": self.department,
                "team": self.team,
                "assignee_id": self.assignee_id,
                "assignee": self.assignee,
                "requester_id": self.requester_id,
                "requester": self.requester,
                "organisation": self.organisation,
                "channel": self.channel,
                "tags": self.tags,
                "message_count": self.message_count,
                "is_restricted": self.is_restricted,
                "last_message_by_customer": self.last_message_by_customer,
                "created_at": self.created_at.isoformat(),
                "updated_at": self.updated_at.isoformat(),
                "last_message_at": self.last_message_at.isoformat(),
                "customer_waiting_since": self.customer_waiting_since.isoformat()
                if isinstance(self.customer_waiting_since, datetime.datetime)
                else self.customer_waiting_since,
                "follow_up_at": self.follow_up_at.isoformat()
                if isinstance(self.follow_up_at, datetime.datetime)
                else self.follow_up_at,
                "next_due_at": self.next_due_at.isoformat()
                if isinstance(self.next_due_at, datetime.datetime)
                else self.next_due_at,
                "version": self.version,
                "unread": self.unread,
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        ticket_row = cls(
            id=d.pop("id"),
            subject=d.pop("subject"),
            preview=d.pop("preview"),
            kind=d.pop("kind"),
            state=d.pop("state"),
            state_category=check_ticket_row_state_category(d.pop("state_category")),
            priority=d.pop("priority"),
            department_id=d.pop("department_id"),
            department=d.pop("department"),
            team=d.pop("team"),
            assignee_id=cast(int | None, d.pop("assignee_id")),
            assignee=d.pop("assignee"),
            requester_id=d.pop("requester_id"),
            requester=d.pop("requester"),
            organisation=d.pop("organisation"),
            channel=d.pop("channel"),
            tags=cast(list[str], d.pop("tags")),
            message_count=d.pop("message_count"),
            is_restricted=d.pop("is_restricted"),
            last_message_by_customer=d.pop("last_message_by_customer"),
            created_at=datetime.datetime.fromisoformat(d.pop("created_at")),
            updated_at=datetime.datetime.fromisoformat(d.pop("updated_at")),
            last_message_at=datetime.datetime.fromisoformat(d.pop("last_message_at")),
            customer_waiting_since=parse_nullable(
                d.pop("customer_waiting_since"), str, datetime.datetime.fromisoformat
            ),
            follow_up_at=parse_nullable(d.pop("follow_up_at"), str, datetime.datetime.fromisoformat),
            next_due_at=parse_nullable(d.pop("next_due_at"), str, datetime.datetime.fromisoformat),
            version=d.pop("version"),
            unread=d.pop("unread"),
        )

        ticket_row.additional_properties = d
        return ticket_row

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
