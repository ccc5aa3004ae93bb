from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import parse_nullable

if TYPE_CHECKING:
    from ..models.named import Named


T = TypeVar("T", bound="InvitationAnswer")


@_attrs_define
class InvitationAnswer:
    """An invitation that was not taken up yet. The link itself goes to the person alone."""

    id: int
    person: Named | None
    address: None | str
    """ Where their mail goes now. """
    created_at: datetime.datetime
    expires_at: datetime.datetime
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.named import Named  # noqa: PLC0415

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": self.id,
                "person": self.person.to_dict() if isinstance(self.person, Named) else self.person,
                "address": self.address,
                "created_at": self.created_at.isoformat(),
                "expires_at": self.expires_at.isoformat(),
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.named import Named  # noqa: PLC0415

        d = dict(src_dict)
        invitation_answer = cls(
            id=d.pop("id"),
            person=parse_nullable(d.pop("person"), dict, Named.from_dict),
            address=cast(None | str, d.pop("address")),
            created_at=datetime.datetime.fromisoformat(d.pop("created_at")),
            expires_at=datetime.datetime.fromisoformat(d.pop("expires_at")),
        )

        invitation_answer.additional_properties = d
        return invitation_answer

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
