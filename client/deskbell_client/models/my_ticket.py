from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.my_ticket_state_category import MyTicketStateCategory, check_my_ticket_state_category
from ..types import parse_nullable

if TYPE_CHECKING:
    from ..models.reference import Reference


T = TypeVar("T", bound="MyTicket")


@_attrs_define
class MyTicket:
    """A ticket as the one who asked sees it."""

    id: int
    subject: str
    state: str
    state_category: MyTicketStateCategory
    kind: str
    category: None | str
    department: str
    requester: Reference
    """ Another record: its id, and its name for people. """
    affected: None | Reference
    resolution: str
    created_at: datetime.datetime
    last_message_at: datetime.datetime
    is_requester: bool
    may_close: bool
    may_reopen: bool
    becomes_new: bool
    """ It ended too long ago: an answer makes a new ticket. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.reference import Reference  # noqa: PLC0415

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": self.id,
                "subject": self.subject,
                "state": self.state,
                "state_category": self.state_category,
                "kind": self.kind,
                "category": self.category,
                "department": self.department,
                "requester": self.requester.to_dict(),
                "affected": self.affected.to_dict() if isinstance(self.affected, Reference) else self.affected,
                "resolution": self.resolution,
                "created_at": self.created_at.isoformat(),
                "last_message_at": self.last_message_at.isoformat(),
                "is_requester": self.is_requester,
                "may_close": self.may_close,
                "may_reopen": self.may_reopen,
                "becomes_new": self.becomes_new,
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.reference import Reference  # noqa: PLC0415

        d = dict(src_dict)
        my_ticket = cls(
            id=d.pop("id"),
            subject=d.pop("subject"),
            state=d.pop("state"),
            state_category=check_my_ticket_state_category(d.pop("state_category")),
            kind=d.pop("kind"),
            category=cast(None | str, d.pop("category")),
            department=d.pop("department"),
            requester=Reference.from_dict(d.pop("requester")),
            affected=parse_nullable(d.pop("affected"), dict, Reference.from_dict),
            resolution=d.pop("resolution"),
            created_at=datetime.datetime.fromisoformat(d.pop("created_at")),
            last_message_at=datetime.datetime.fromisoformat(d.pop("last_message_at")),
            is_requester=d.pop("is_requester"),
            may_close=d.pop("may_close"),
            may_reopen=d.pop("may_reopen"),
            becomes_new=d.pop("becomes_new"),
        )

        my_ticket.additional_properties = d
        return my_ticket

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
