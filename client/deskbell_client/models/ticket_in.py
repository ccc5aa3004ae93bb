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
        subject = self.subject

        text = self.text

        department_id = self.department_id

        requester_id = self.requester_id

        requester: dict[str, Any] | Unset = UNSET
        if not isinstance(self.requester, Unset):
            requester = self.requester.to_dict()

        kind = self.kind

        category_id: int | None | Unset
        if isinstance(self.category_id, Unset):
            category_id = UNSET
        else:
            category_id = self.category_id

        impact: int | Unset = UNSET
        if not isinstance(self.impact, Unset):
            impact = self.impact

        urgency: int | Unset = UNSET
        if not isinstance(self.urgency, Unset):
            urgency = self.urgency

        direction: str | Unset = UNSET
        if not isinstance(self.direction, Unset):
            direction = self.direction

        affected_id: int | None | Unset
        if isinstance(self.affected_id, Unset):
            affected_id = UNSET
        else:
            affected_id = self.affected_id

        assignee_id: int | None | Unset
        if isinstance(self.assignee_id, Unset):
            assignee_id = UNSET
        else:
            assignee_id = self.assignee_id

        team_id: int | None | Unset
        if isinstance(self.team_id, Unset):
            team_id = UNSET
        else:
            team_id = self.team_id

        owner_id: int | None | Unset
        if isinstance(self.owner_id, Unset):
            owner_id = UNSET
        else:
            owner_id = self.owner_id

        tags: list[str] | Unset = UNSET
        if not isinstance(self.tags, Unset):
            tags = self.tags

        custom: dict[str, Any] | Unset = UNSET
        if not isinstance(self.custom, Unset):
            custom = self.custom.to_dict()

        participants: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.participants, Unset):
            participants = []
            for participants_item_data in self.participants:
                participants_item = participants_item_data.to_dict()
                participants.append(participants_item)

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
        if requester_id is not UNSET:
            field_dict["requester_id"] = requester_id
        if requester is not UNSET:
            field_dict["requester"] = requester
        if kind is not UNSET:
            field_dict["kind"] = kind
        if category_id is not UNSET:
            field_dict["category_id"] = category_id
        if impact is not UNSET:
            field_dict["impact"] = impact
        if urgency is not UNSET:
            field_dict["urgency"] = urgency
        if direction is not UNSET:
            field_dict["direction"] = direction
        if affected_id is not UNSET:
            field_dict["affected_id"] = affected_id
        if assignee_id is not UNSET:
            field_dict["assignee_id"] = assignee_id
        if team_id is not UNSET:
            field_dict["team_id"] = team_id
        if owner_id is not UNSET:
            field_dict["owner_id"] = owner_id
        if tags is not UNSET:
            field_dict["tags"] = tags
        if custom is not UNSET:
            field_dict["custom"] = custom
        if participants is not UNSET:
            field_dict["participants"] = participants
        if attachment_ids is not UNSET:
            field_dict["attachment_ids"] = attachment_ids

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.new_participant import NewParticipant  # noqa: PLC0415
        from ..models.new_requester import NewRequester  # noqa: PLC0415
        from ..models.ticket_in_custom import TicketInCustom  # noqa: PLC0415

        d = dict(src_dict)
        subject = d.pop("subject")

        text = d.pop("text")

        department_id = d.pop("department_id")

        requester_id = d.pop("requester_id", UNSET)

        _requester = d.pop("requester", UNSET)
        requester: NewRequester | Unset
        if isinstance(_requester, Unset):
            requester = UNSET
        else:
            requester = NewRequester.from_dict(_requester)

        kind = d.pop("kind", UNSET)

        def _parse_category_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        category_id = _parse_category_id(d.pop("category_id", UNSET))

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

        def _parse_affected_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        affected_id = _parse_affected_id(d.pop("affected_id", UNSET))

        def _parse_assignee_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        assignee_id = _parse_assignee_id(d.pop("assignee_id", UNSET))

        def _parse_team_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        team_id = _parse_team_id(d.pop("team_id", UNSET))

        def _parse_owner_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        owner_id = _parse_owner_id(d.pop("owner_id", UNSET))

        tags = cast(list[str], d.pop("tags", UNSET))

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

        attachment_ids = cast(list[int], d.pop("attachment_ids", UNSET))

        ticket_in = cls(
            subject=subject,
            text=text,
            department_id=department_id,
            requester_id=requester_id,
            requester=requester,
            kind=kind,
            category_id=category_id,
            impact=impact,
            urgency=urgency,
            direction=direction,
            affected_id=affected_id,
            assignee_id=assignee_id,
            team_id=team_id,
            owner_id=owner_id,
            tags=tags,
            custom=custom,
            participants=participants,
            attachment_ids=attachment_ids,
        )

        return ticket_in
