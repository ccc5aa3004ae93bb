from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.delivery_detail_state import DeliveryDetailState, check_delivery_detail_state
from ..types import parse_nullable

if TYPE_CHECKING:
    from ..models.attempt_answer import AttemptAnswer


T = TypeVar("T", bound="DeliveryDetail")


@_attrs_define
class DeliveryDetail:
    """With its tries, the latest first."""

    id: int
    webhook_id: int
    message_id: str
    """ The `webhook-id` header, the same in every try. """
    event_id: int | None
    """ Null for a test. """
    kind: str
    subject_type: str
    subject_id: int
    state: DeliveryDetailState
    tries: int
    created_at: datetime.datetime
    next_try_at: datetime.datetime | None
    """ Null when nothing more is tried. """
    finished_at: datetime.datetime | None
    last_status: int | None
    last_error: str
    attempts: list[AttemptAnswer]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": self.id,
                "webhook_id": self.webhook_id,
                "message_id": self.message_id,
                "event_id": self.event_id,
                "kind": self.kind,
                "subject_type": self.subject_type,
                "subject_id": self.subject_id,
                "state": self.state,
                "tries": self.tries,
                "created_at": self.created_at.isoformat(),
                "next_try_at": self.next_try_at.isoformat()
                if isinstance(self.next_try_at, datetime.datetime)
                else self.next_try_at,
                "finished_at": self.finished_at.isoformat()
                if isinstance(self.finished_at, datetime.datetime)
                else self.finished_at,
                "last_status": self.last_status,
                "last_error": self.last_error,
                "attempts": [each.to_dict() for each in self.attempts],
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.attempt_answer import AttemptAnswer  # noqa: PLC0415

        d = dict(src_dict)
        delivery_detail = cls(
            id=d.pop("id"),
            webhook_id=d.pop("webhook_id"),
            message_id=d.pop("message_id"),
            event_id=cast(int | None, d.pop("event_id")),
            kind=d.pop("kind"),
            subject_type=d.pop("subject_type"),
            subject_id=d.pop("subject_id"),
            state=check_delivery_detail_state(d.pop("state")),
            tries=d.pop("tries"),
            created_at=datetime.datetime.fromisoformat(d.pop("created_at")),
            next_try_at=parse_nullable(d.pop("next_try_at"), str, datetime.datetime.fromisoformat),
            finished_at=parse_nullable(d.pop("finished_at"), str, datetime.datetime.fromisoformat),
            last_status=cast(int | None, d.pop("last_status")),
            last_error=d.pop("last_error"),
            attempts=[AttemptAnswer.from_dict(each) for each in d.pop("attempts")],
        )

        delivery_detail.additional_properties = d
        return delivery_detail

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
