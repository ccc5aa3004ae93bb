from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.my_ticket_in_custom import MyTicketInCustom


T = TypeVar("T", bound="MyTicketIn")


@_attrs_define
class MyTicketIn:
    """Asked by the caller, of a department that takes tickets in the portal."""

    subject: str
    text: str
    department_id: int
    kind: str | Unset = "question"
    category_id: int | None | Unset = UNSET
    custom: MyTicketInCustom | Unset = UNSET
    """ Custom fields by their code. """
    attachment_ids: list[int] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "subject": self.subject,
                "text": self.text,
                "department_id": self.department_id,
            }
        )
        if not isinstance(self.kind, Unset):
            field_dict["kind"] = self.kind
        if not isinstance(self.category_id, Unset):
            field_dict["category_id"] = self.category_id
        if not isinstance(self.custom, Unset):
            field_dict["custom"] = self.custom.to_dict()
        if not isinstance(self.attachment_ids, Unset):
            field_dict["attachment_ids"] = self.attachment_ids
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.my_ticket_in_custom import MyTicketInCustom  # noqa: PLC0415

        d = dict(src_dict)
        _custom = d.pop("custom", UNSET)
        custom: MyTicketInCustom | Unset
        if isinstance(_custom, Unset):
            custom = UNSET
        else:
            custom = MyTicketInCustom.from_dict(_custom)

        my_ticket_in = cls(
            subject=d.pop("subject"),
            text=d.pop("text"),
            department_id=d.pop("department_id"),
            kind=d.pop("kind", UNSET),
            category_id=cast(int | None | Unset, d.pop("category_id", UNSET)),
            custom=custom,
            attachment_ids=cast(list[int], d.pop("attachment_ids", UNSET)),
        )
        return my_ticket_in
