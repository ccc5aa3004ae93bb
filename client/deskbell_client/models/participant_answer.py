from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.participant_answer_role import ParticipantAnswerRole, check_participant_answer_role

if TYPE_CHECKING:
    from ..models.ticket_person import TicketPerson


T = TypeVar("T", bound="ParticipantAnswer")


@_attrs_define
class ParticipantAnswer:
    """Somebody outside who takes part: is given copies, may read and answer."""

    user: TicketPerson
    """ Somebody who has to do with the ticket. """
    role: ParticipantAnswerRole
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "user": self.user.to_dict(),
                "role": self.role,
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.ticket_person import TicketPerson  # noqa: PLC0415

        d = dict(src_dict)
        participant_answer = cls(
            user=TicketPerson.from_dict(d.pop("user")),
            role=check_participant_answer_role(d.pop("role")),
        )

        participant_answer.additional_properties = d
        return participant_answer

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
