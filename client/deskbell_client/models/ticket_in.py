from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.ticket_in_direction import TicketInDirection, check_ticket_in_direction
from ..models.ticket_in_impact import TicketInImpact, check_ticket_in_impact
from ..models.ticket_in_urgency import TicketInUrgency, check_ticket_in_urgency
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.new_participant import NewParticipant
    from ..models.new_requester import NewRequester
    from ..models.ticket_in_custom import TicketInCustom


T = TypeVar("T", bound="TicketIn")


@_attrs_define
class TicketIn:
    """A ticket to be created, with its first message. Give `requester_id`, or `requester` by address."""

    subject: str
    text: str
    department_id: int
    requester_id: int | Unset = UNSET
    requester: NewRequester | Unset = UNSET
    """ Who asks, by address; added as a person when nobody has it yet. """
    kind: str | Unset = "question"
    category_id: int | None | Unset = UNSET
    impact: TicketInImpact | Unset = 3
    """ 1 is the worst. """
    urgency: TicketInUrgency | Unset = 3
    """ 1 is the worst. """
    direction: TicketInDirection | Unset = "in"
    """ `in`: the person wrote the text. `out`: the desk writes to them. `internal`: a note. """
    affected_id: int | None | Unset = UNSET
    assignee_id: int | None | Unset = UNSET
    team_id: int | None | Unset = UNSET
    owner_id: int | None | Unset = UNSET
    tags: list[str] | Unset = UNSET
    custom: TicketInCustom | Unset = UNSET
    """ Custom fields by their code. """
    participants: list[NewParticipant] | Unset = UNSET
    attachment_ids: list[int] | Unset = UNSET
    """ Uploads of yours that wait for their message. """

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "subject": self.subject,
                "text": self.text,
                "department_id": self.department_id,
            }
        )
        if not isinstance(self.requester_id, Unset):
            field_dict["requester_id"] = self.requester_id
        if not isinstance(self.requester, Unset):
            field_dict["requester"] = self.requester.to_dict()
        if not isinstance(self.kind, Unset):
            field_dict["kind"] = self.kind
        if not isinstance(self.category_id, Unset):
            field_dict["category_id"] = self.category_id
        if not isinstance(self.impact, Unset):
            field_dict["impact"] = self.impact
        if not isinstance(self.urgency, Unset):
            field_dict["urgency"] = self.urgency
        if not isinstance(self.direction, Unset):
            field_dict["direction"] = self.direction
        if not isinstance(self.affected_id, Unset):
            field_dict["affected_id"] = self.affected_id
        if not isinstance(self.assignee_id, Unset):
            field_dict["assignee_id"] = self.assignee_id
        if not isinstance(self.team_id, Unset):
            field_dict["team_id"] = self.team_id
        if not isinstance(self.owner_id, Unset):
            field_dict["owner_id"] = self.owner_id
        if not isinstance(self.tags, Unset):
            field_dict["tags"] = self.tags
        if not isinstance(self.custom, Unset):
            field_dict["custom"] = self.custom.to_dict()
        if not isinstance(self.participants, Unset):
            field_dict["participants"] = [each.to_dict() for each in self.participants]
        if not isinstance(self.attachment_ids, Unset):
            field_dict["attachment_ids"] = self.attachment_ids
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.new_participant import NewParticipant  # noqa: PLC0415
        from ..models.new_requester import NewRequester  # noqa: PLC0415
        from ..models.ticket_in_custom import TicketInCustom  # noqa: PLC0415

        d = dict(src_dict)
        _requester = d.pop("requester", UNSET)
        requester: NewRequester | Unset
        if isinstance(_requester, Unset):
            requester = UNSET
        else:
            requester = NewRequester.from_dict(_requester)

        _impact = d.pop("impact", UNSET)
        impact: TicketInImpact | Unset
        if isinstance(_impact, Unset):
            impact = UNSET
        else:
            impact = check_ticket_in_impact(_impact)

        _urgency = d.pop("urgency", UNSET)
        urgency: TicketInUrgency | Unset
        if isinstance(_urgency, Unset):
            urgency = UNSET
        else:
            urgency = check_ticket_in_urgency(_urgency)

        _direction = d.pop("direction", UNSET)
        direction: TicketInDirection | Unset
        if isinstance(_direction, Unset):
            direction = UNSET
        else:
            direction = check_ticket_in_direction(_direction)

        _custom = d.pop("custom", UNSET)
        custom: TicketInCustom | Unset
        if isinstance(_custom, Unset):
            custom = UNSET
        else:
            custom = TicketInCustom.from_dict(_custom)

        _participants = d.pop("participants", UNSET)
        participants: list[NewParticipant] | Unset = UNSET
        if _participants is not UNSET:
            participants = []
            for participants_item_data in _participants:
                participants_item = NewParticipant.from_dict(participants_item_data)

                participants.append(participants_item)

        ticket_in = cls(
            subject=d.pop("subject"),
            text=d.pop("text"),
            department_id=d.pop("department_id"),
            requester_id=d.pop("requester_id", UNSET),
            requester=requester,
            kind=d.pop("kind", UNSET),
            category_id=cast(int | None | Unset, d.pop("category_id", UNSET)),
            impact=impact,
            urgency=urgency,
            direction=direction,
            affected_id=cast(int | None | Unset, d.pop("affected_id", UNSET)),
            assignee_id=cast(int | None | Unset, d.pop("assignee_id", UNSET)),
            team_id=cast(int | None | Unset, d.pop("team_id", UNSET)),
            owner_id=cast(int | None | Unset, d.pop("owner_id", UNSET)),
            tags=cast(list[str], d.pop("tags", UNSET)),
            custom=custom,
            participants=participants,
            attachment_ids=cast(list[int], d.pop("attachment_ids", UNSET)),
        )
        return ticket_in
