from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.link_in_kind import LinkInKind, check_link_in_kind

T = TypeVar("T", bound="LinkIn")


@_attrs_define
class LinkIn:
    ticket_id: int
    """ The other ticket. """
    kind: LinkInKind
    """ How this ticket relates to the other one. """

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "ticket_id": self.ticket_id,
                "kind": self.kind,
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        link_in = cls(
            ticket_id=d.pop("ticket_id"),
            kind=check_link_in_kind(d.pop("kind")),
        )
        return link_in
