from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.message_answer_delivery_state import MessageAnswerDeliveryState, check_message_answer_delivery_state
from ..models.message_answer_direction import MessageAnswerDirection, check_message_answer_direction
from ..models.message_answer_kind import MessageAnswerKind, check_message_answer_kind
from ..types import parse_nullable

if TYPE_CHECKING:
    from ..models.address import Address
    from ..models.attachment_answer import AttachmentAnswer
    from ..models.reference import Reference


T = TypeVar("T", bound="MessageAnswer")


@_attrs_define
class MessageAnswer:
    """A message. Its text never changes."""

    id: int
    ticket_id: int
    kind: MessageAnswerKind
    """ `note`: for colleagues only. """
    direction: MessageAnswerDirection
    """ `in`: from outside. """
    channel: str
    author: None | Reference
    """ Null for the desk itself. """
    subject: str
    text: str
    """ What was newly written. """
    html: str
    """ The same as sanitised HTML; empty when it came as plain text. """
    quoted_text: str
    """ The history below it. """
    to: list[Address]
    cc: list[Address]
    is_automatic: bool
    delivery_state: MessageAnswerDeliveryState
    delivery_error: str
    attachments: list[AttachmentAnswer]
    created_at: datetime.datetime
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.reference import Reference  # noqa: PLC0415

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": self.id,
                "ticket_id": self.ticket_id,
                "kind": self.kind,
                "direction": self.direction,
                "channel": self.channel,
                "author": self.author.to_dict() if isinstance(self.author, Reference) else self.author,
                "subject": self.subject,
                "text": self.text,
                "html": self.html,
                "quoted_text": self.quoted_text,
                "to": [each.to_dict() for each in self.to],
                "cc": [each.to_dict() for each in self.cc],
                "is_automatic": self.is_automatic,
                "delivery_state": self.delivery_state,
                "delivery_error": self.delivery_error,
                "attachments": [each.to_dict() for each in self.attachments],
                "created_at": self.created_at.isoformat(),
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.address import Address  # noqa: PLC0415
        from ..models.attachment_answer import AttachmentAnswer  # noqa: PLC0415
        from ..models.reference import Reference  # noqa: PLC0415

        d = dict(src_dict)
        message_answer = cls(
            id=d.pop("id"),
            ticket_id=d.pop("ticket_id"),
            kind=check_message_answer_kind(d.pop("kind")),
            direction=check_message_answer_direction(d.pop("direction")),
            channel=d.pop("channel"),
            author=parse_nullable(d.pop("author"), dict, Reference.from_dict),
            subject=d.pop("subject"),
            text=d.pop("text"),
            html=d.pop("html"),
            quoted_text=d.pop("quoted_text"),
            to=[Address.from_dict(each) for each in d.pop("to")],
            cc=[Address.from_dict(each) for each in d.pop("cc")],
            is_automatic=d.pop("is_automatic"),
            delivery_state=check_message_answer_delivery_state(d.pop("delivery_state")),
            delivery_error=d.pop("delivery_error"),
            attachments=[AttachmentAnswer.from_dict(each) for each in d.pop("attachments")],
            created_at=datetime.datetime.fromisoformat(d.pop("created_at")),
        )

        message_answer.additional_properties = d
        return message_answer

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
