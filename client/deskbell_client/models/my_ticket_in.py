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
        subject = self.subject

        text = self.text

        department_id = self.department_id

        kind = self.kind

        category_id: int | None | Unset
        if isinstance(self.category_id, Unset):
            category_id = UNSET
        else:
            category_id = self.category_id

        custom: dict[str, Any] | Unset = UNSET
        if not isinstance(self.custom, Unset):
            custom = self.custom.to_dict()

        attachment_ids: list[int] | Unset = UNSET
        if not isinstance(self.attachment_ids, Unset):
            attachment_ids = self.attachment_ids

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "subject": subject,
                "text": text,
                "department_id": department_id,
            }
        )
        if kind is not UNSET:
            field_dict["kind"] = kind
        if category_id is not UNSET:
            field_dict["category_id"] = category_id
        if custom is not UNSET:
            field_dict["custom"] = custom
        if attachment_ids is not UNSET:
            field_dict["attachment_ids"] = attachment_ids

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.my_ticket_in_custom import MyTicketInCustom  # noqa: PLC0415

        d = dict(src_dict)
        subject = d.pop("subject")

        text = d.pop("text")

        department_id = d.pop("department_id")

        kind = d.pop("kind", UNSET)

        def _parse_category_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        category_id = _parse_category_id(d.pop("category_id", UNSET))

        _custom = d.pop("custom", UNSET)
        custom: MyTicketInCustom | Unset
        if isinstance(_custom, Unset):
            custom = UNSET
        else:
            custom = MyTicketInCustom.from_dict(_custom)

        attachment_ids = cast(list[int], d.pop("attachment_ids", UNSET))

        my_ticket_in = cls(
            subject=subject,
            text=text,
            department_id=department_id,
            kind=kind,
            category_id=category_id,
            custom=custom,
            attachment_ids=attachment_ids,
        )

        return my_ticket_in
