from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.address_in import AddressIn


T = TypeVar("T", bound="ReplyIn")


@_attrs_define
class ReplyIn:
    """An answer. It goes by mail to `to` and `cc`; left out, to the person who asked and those who take part."""

    text: str
    to: list[AddressIn] | Unset = UNSET
    """ Empty: to nobody by mail, only to be read in the portal. """
    cc: list[AddressIn] | Unset = UNSET
    attachment_ids: list[int] | Unset = UNSET
    seen_message_id: int | Unset = UNSET
    """ The newest message you have read. When there is a newer one, the call answers 409. """

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "text": self.text,
            }
        )
        if not isinstance(self.to, Unset):
            field_dict["to"] = [each.to_dict() for each in self.to]
        if not isinstance(self.cc, Unset):
            field_dict["cc"] = [each.to_dict() for each in self.cc]
        if not isinstance(self.attachment_ids, Unset):
            field_dict["attachment_ids"] = self.attachment_ids
        if not isinstance(self.seen_message_id, Unset):
            field_dict["seen_message_id"] = self.seen_message_id
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.address_in import AddressIn  # noqa: PLC0415

        d = dict(src_dict)
        _to = d.pop("to", UNSET)
        to: list[AddressIn] | Unset = UNSET
        if _to is not UNSET:
            to = []
            for to_item_data in _to:
                to_item = AddressIn.from_dict(to_item_data)

                to.append(to_item)

        _cc = d.pop("cc", UNSET)
        cc: list[AddressIn] | Unset = UNSET
        if _cc is not UNSET:
            cc = []
            for cc_item_data in _cc:
                cc_item = AddressIn.from_dict(cc_item_data)

                cc.append(cc_item)

        reply_in = cls(
            text=d.pop("text"),
            to=to,
            cc=cc,
            attachment_ids=cast(list[int], d.pop("attachment_ids", UNSET)),
            seen_message_id=d.pop("seen_message_id", UNSET),
        )
        return reply_in
