from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="WebhookChangeHeaders")


@_attrs_define
class WebhookChangeHeaders:
    """Headers the webhook adds, all of them. Null as a value keeps the one that is stored."""

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        webhook_change_headers = cls()
        return webhook_change_headers
