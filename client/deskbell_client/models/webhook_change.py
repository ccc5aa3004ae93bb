from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.webhook_change_headers import WebhookChangeHeaders


T = TypeVar("T", bound="WebhookChange")


@_attrs_define
class WebhookChange:
    """What is left out stays as it is. is_active: pause, or go on."""

    name: str | Unset = UNSET
    url: str | Unset = UNSET
    kinds: list[str] | Unset = UNSET
    """ Names of events, or `ticket.*`, `user.*`, `organisation.*` for all of a group. """
    department_ids: list[int] | Unset = UNSET
    """ Only tickets of these departments and those below; empty: all. """
    headers: WebhookChangeHeaders | Unset = UNSET
    """ Headers the webhook adds, all of them. Null as a value keeps the one that is stored. """
    is_active: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if not isinstance(self.name, Unset):
            field_dict["name"] = self.name
        if not isinstance(self.url, Unset):
            field_dict["url"] = self.url
        if not isinstance(self.kinds, Unset):
            field_dict["kinds"] = self.kinds
        if not isinstance(self.department_ids, Unset):
            field_dict["department_ids"] = self.department_ids
        if not isinstance(self.headers, Unset):
            field_dict["headers"] = self.headers.to_dict()
        if not isinstance(self.is_active, Unset):
            field_dict["is_active"] = self.is_active
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.webhook_change_headers import WebhookChangeHeaders  # noqa: PLC0415

        d = dict(src_dict)
        _headers = d.pop("headers", UNSET)
        headers: WebhookChangeHeaders | Unset
        if isinstance(_headers, Unset):
            headers = UNSET
        else:
            headers = WebhookChangeHeaders.from_dict(_headers)

        webhook_change = cls(
            name=d.pop("name", UNSET),
            url=d.pop("url", UNSET),
            kinds=cast(list[str], d.pop("kinds", UNSET)),
            department_ids=cast(list[int], d.pop("department_ids", UNSET)),
            headers=headers,
            is_active=d.pop("is_active", UNSET),
        )
        return webhook_change
