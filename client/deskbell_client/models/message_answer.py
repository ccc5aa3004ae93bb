from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.message_answer_delivery_state import MessageAnswerDeliveryState, check_message_answer_delivery_state
from ..models.message_answer_direction import MessageAnswerDirection, check_message_answer_direction
from ..models.message_answer_kind import MessageAnswerKind, check_message_answer_kind

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

        id = self.id

        ticket_id = self.ticket_id

        kind: str = self.kind

        direction: str = self.direction

        channel = self.channel

        author: dict[str, Any] | None
        if isinstance(self.author, Reference):
            author = self.author.to_dict()
        else:
            author = self.author

        subject = self.subject

        text = self.text

        html = self.html

        quoted_text = self.quoted_text

        to = []
        for to_item_data in self.to:
            to_item = to_item_data.to_dict()
            to.append(to_item)

        cc = []
        for cc_item_data in self.cc:
            cc_item = cc_item_data.to_dict()
            cc.append(cc_item)

        is_automatic = self.is_automatic

        delivery_state: str = self.delivery_state

        delivery_error = self.delivery_error

        attachments = []
        for attachments_item_data in self.attachments:
            attachments_item = attachments_item_data.to_dict()
            attachments.append(attachments_item)

        created_at = self.created_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "ticket_id": ticket_id,
                "kind": kind,
                "direction": direction,
                "channel": channel,
                "author": author,
                "subject": subject,
                "text": text,
                "html": html,
                "quoted_text": quoted_text,
                "to": to,
                "cc": cc,
                "is_automatic": is_automatic,
                "delivery_state": delivery_state,
                "delivery_error": delivery_error,
                "attachments": attachments,
                "created_at": created_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.address import Address  # noqa: PLC0415
        from ..models.attachment_answer import AttachmentAnswer  # noqa: PLC0415
        from ..models.reference import Reference  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        ticket_id = d.pop("ticket_id")

        kind = check_message_answer_kind(d.pop("kind"))

        direction = check_message_answer_direction(d.pop("direction"))

        channel = d.pop("channel")

        def _parse_author(data: object) -> None | Reference:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                author_type_0 = Reference.from_dict(data)

                return author_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Reference, data)

        author = _parse_author(d.pop("author"))

        subject = d.pop("subject")

        text = d.pop("text")

        html = d.pop("html")

        quoted_text = d.pop("quoted_text")

        to = []
        _to = d.pop("to")
        for to_item_data in _to:
            to_item = Address.from_dict(to_item_data)

            to.append(to_item)

        cc = []
        _cc = d.pop("cc")
        for cc_item_data in _cc:
            cc_item = Address.from_dict(cc_item_data)

            cc.append(cc_item)

        is_automatic = d.pop("is_automatic")

        delivery_state = check_message_answer_delivery_state(d.pop("delivery_state"))

        delivery_error = d.pop("delivery_error")

        attachments = []
        _attachments = d.pop("attachments")
        for attachments_item_data in _attachments:
            attachments_item = AttachmentAnswer.from_dict(attachments_item_data)

            attachments.append(attachments_item)

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        message_answer = cls(
            id=id,
            ticket_id=ticket_id,
            kind=kind,
            direction=direction,
            channel=channel,
            author=author,
            subject=subject,
            text=text,
            html=html,
            quoted_text=quoted_text,
            to=to,
            cc=cc,
            is_automatic=is_automatic,
            delivery_state=delivery_state,
            delivery_error=delivery_error,
            attachments=attachments,
            created_at=created_at,
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
