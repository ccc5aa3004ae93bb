from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.webhook_answer_pause_reason import WebhookAnswerPauseReason, check_webhook_answer_pause_reason
from ..types import parse_nullable

T = TypeVar("T", bound="WebhookAnswer")


@_attrs_define
class WebhookAnswer:
    """Where events are sent. The secret is shown in the administration only."""

    id: int
    name: str
    url: str
    kinds: list[str]
    department_ids: list[int]
    header_names: list[str]
    """ Their values are never answered. """
    owner_id: int
    """ It carries what this person may see. """
    is_active: bool
    pause_reason: WebhookAnswerPauseReason
    """ Why it is paused. """
    paused_at: datetime.datetime | None
    failing_since: datetime.datetime | None
    """ Nothing was delivered since; null: all is well. """
    last_error: str
    last_success_at: datetime.datetime | None
    created_at: datetime.datetime
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": self.id,
                "name": self.name,
                "url": self.url,
                "kinds": self.kinds,
                "department_ids": self.department_ids,
                "header_names": self.header_names,
                "owner_id": self.owner_id,
                "is_active": self.is_active,
                "pause_reason": self.pause_reason,
                "paused_at": self.paused_at.isoformat()
                if isinstance(self.paused_at, datetime.datetime)
                else self.paused_at,
                "failing_since": self.failing_since.isoformat()
                if isinstance(self.failing_since, datetime.datetime)
                else self.failing_since,
                "last_error": self.last_error,
                "last_success_at": self.last_success_at.isoformat()
                if isinstance(self.last_success_at, datetime.datetime)
                else self.last_success_at,
                "created_at": self.created_at.isoformat(),
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        webhook_answer = cls(
            id=d.pop("id"),
            name=d.pop("name"),
            url=d.pop("url"),
            kinds=cast(list[str], d.pop("kinds")),
            department_ids=cast(list[int], d.pop("department_ids")),
            header_names=cast(list[str], d.pop("header_names")),
            owner_id=d.pop("owner_id"),
            is_active=d.pop("is_active"),
            pause_reason=check_webhook_answer_pause_reason(d.pop("pause_reason")),
            paused_at=parse_nullable(d.pop("paused_at"), str, datetime.datetime.fromisoformat),
            failing_since=parse_nullable(d.pop("failing_since"), str, datetime.datetime.fromisoformat),
            last_error=d.pop("last_error"),
            last_success_at=parse_nullable(d.pop("last_success_at"), str, datetime.datetime.fromisoformat),
            created_at=datetime.datetime.fromisoformat(d.pop("created_at")),
        )

        webhook_answer.additional_properties = d
        return webhook_answer

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
