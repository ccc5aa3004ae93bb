from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.new_webhook_headers import NewWebhookHeaders


T = TypeVar("T", bound="NewWebhook")


@_attrs_define
class NewWebhook:
    """It belongs to the caller, and carries what they may see."""

    name: str
    url: str
    kinds: list[str]
    """ Names of events, or `ticket.*`, `user.*`, `organisation.*` for all of a group. """
    department_ids: list[int] | Unset = UNSET
    """ Only tickets of these departments and those below; empty: all. """
    headers: NewWebhookHeaders | Unset = UNSET
    """ Headers the webhook adds, all of them. Null as a value keeps the one that is stored. """

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": self.name,
                "url": self.url,
                "kinds": self.kinds,
            }
        )
        if not isinstance(self.department_ids, Unset):
            field_dict["department_ids"] = self.department_ids
        if not isinstance(self.headers, Unset):
            field_dict["headers"] = self.headers.to_dict()
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.new_webhook_headers import NewWebhookHeaders  # noqa: PLC0415

        d = dict(src_dict)
        _headers = d.pop("headers", UNSET)
        headers: NewWebhookHeaders | Unset
        if isinstance(_headers, Unset):
            headers = UNSET
        else:
            headers = NewWebhookHeaders.from_dict(_headers)

        new_webhook = cls(
            name=d.pop("name"),
            url=d.pop("url"),
            kinds=cast(list[str], d.pop("kinds")),
            department_ids=cast(list[int], d.pop("department_ids", UNSET)),
            headers=headers,
        )
        return new_webhook
