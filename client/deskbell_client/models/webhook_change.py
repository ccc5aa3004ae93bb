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
        name = self.name

        url = self.url

        kinds: list[str] | Unset = UNSET
        if not isinstance(self.kinds, Unset):
            kinds = self.kinds

        department_ids: list[int] | Unset = UNSET
        if not isinstance(self.department_ids, Unset):
            department_ids = self.department_ids

        headers: dict[str, Any] | Unset = UNSET
        if not isinstance(self.headers, Unset):
            headers = self.headers.to_dict()

        is_active = self.is_active

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if name is not UNSET:
            field_dict["name"] = name
        if url is not UNSET:
            field_dict["url"] = url
        if kinds is not UNSET:
            field_dict["kinds"] = kinds
        if department_ids is not UNSET:
            field_dict["department_ids"] = department_ids
        if headers is not UNSET:
            field_dict["headers"] = headers
        if is_active is not UNSET:
            field_dict["is_active"] = is_active

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.webhook_change_headers import WebhookChangeHeaders  # noqa: PLC0415

        d = dict(src_dict)
        name = d.pop("name", UNSET)

        url = d.pop("url", UNSET)

        kinds = cast(list[str], d.pop("kinds", UNSET))

        department_ids = cast(list[int], d.pop("department_ids", UNSET))

        _headers = d.pop("headers", UNSET)
        headers: WebhookChangeHeaders | Unset
        if isinstance(_headers, Unset):
            headers = UNSET
        else:
            headers = WebhookChangeHeaders.from_dict(_headers)

        is_active = d.pop("is_active", UNSET)

        webhook_change = cls(
            name=name,
            url=url,
            kinds=kinds,
            department_ids=department_ids,
            headers=headers,
            is_active=is_active,
        )

        return webhook_change
