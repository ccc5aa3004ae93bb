from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import parse_nullable

T = TypeVar("T", bound="TokenAnswer")


@_attrs_define
class TokenAnswer:
    """A token, without its secret."""

    id: int
    name: str
    last_four: str
    """ The end of its secret. """
    scopes: list[str]
    created_at: datetime.datetime
    expires_at: datetime.datetime | None
    last_used_at: datetime.datetime | None
    """ Written at most once a minute. """
    revoked_at: datetime.datetime | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": self.id,
                "name": self.name,
                "last_four": self.last_four,
                "scopes": self.scopes,
                "created_at": self.created_at.isoformat(),
                "expires_at": self.expires_at.isoformat()
                if isinstance(self.expires_at, datetime.datetime)
                else self.expires_at,
                "last_used_at": self.last_used_at.isoformat()
                if isinstance(self.last_used_at, datetime.datetime)
                else self.last_used_at,
                "revoked_at": self.revoked_at.isoformat()
                if isinstance(self.revoked_at, datetime.datetime)
                else self.revoked_at,
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        token_answer = cls(
            id=d.pop("id"),
            name=d.pop("name"),
            last_four=d.pop("last_four"),
            scopes=cast(list[str], d.pop("scopes")),
            created_at=datetime.datetime.fromisoformat(d.pop("created_at")),
            expires_at=parse_nullable(d.pop("expires_at"), str, datetime.datetime.fromisoformat),
            last_used_at=parse_nullable(d.pop("last_used_at"), str, datetime.datetime.fromisoformat),
            revoked_at=parse_nullable(d.pop("revoked_at"), str, datetime.datetime.fromisoformat),
        )

        token_answer.additional_properties = d
        return token_answer

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
