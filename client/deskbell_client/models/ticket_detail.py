from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.ticket_detail_state_category import TicketDetailStateCategory, check_ticket_detail_state_category
from ..types import parse_nullable

if TYPE_CHECKING:
    from ..models.merge_answer import MergeAnswer
    from ..models.next_state_answer import NextStateAnswer
    from ..models.participant_answer import ParticipantAnswer
    from ..models.reference import Reference
    from ..models.referral_answer import ReferralAnswer
    from ..models.ticket_detail_custom import TicketDetailCustom
    from ..models.ticket_link_answer import TicketLinkAnswer
    from ..models.ticket_person import TicketPerson


T = TypeVar("T", bound="TicketDetail")


@_attrs_define
class TicketDetail:
    """A ticket with everyone and everything around it."""

    id: int
    """ The number people see, as in #10042. """
    url: str
    """ Where colleagues open it. """
    subject: str
    kind: str
    state: str
    state_category: TicketDetailStateCategory
    """ What the state means; states can be renamed, these stay. """
    priority: str
    priority_reason: str
    """ Why it differs from the matrix; empty when it does not. """
    impact: int
    urgency: int
    category_id: int | None
    department_id: int
    team_id: int | None
    assignee_id: int | None
    """ Who works on it now. """
    owner_id: int | None
    """ Who answers for it until the person is content. """
    requester_id: int
    """ Who asked. """
    affected_id: int | None
    """ Whom it concerns, when not the one who asked. """
    organisation_id: int | None
    waiting_reason: None | str
    """ Code of the reason for waiting. """
    follow_up_at: datetime.datetime | None
    resolution: str
    """ What solved it. """
    is_restricted: bool
    """ Exists only for those on its list. """
    tags: list[str]
    custom: TicketDetailCustom
    """ Custom fields by their code. """
    language: str
    channel: str
    """ How it began. """
    merged_into_id: int | None
    """ The ticket in which it goes on. """
    version: int
    """ Grows with every change; send it back to change what you have read. """
    message_count: int
    reopen_count: int
    reassign_count: int
    last_message_id: int | None
    last_message_by_customer: bool
    created_at: datetime.datetime
    updated_at: datetime.datetime
    last_message_at: datetime.datetime
    customer_waiting_since: datetime.datetime | None
    """ The earliest message from outside nobody has answered yet. """
    first_response_at: datetime.datetime | None
    resolved_at: datetime.datetime | None
    closed_at: datetime.datetime | None
    next_due_at: datetime.datetime | None
    department: Reference
    """ Another record: its id, and its name for people. """
    team: None | Reference
    category: None | Reference
    organisation: None | Reference
    requester: TicketPerson
    """ Somebody who has to do with the ticket. """
    affected: None | TicketPerson
    assignee: None | TicketPerson
    owner: None | TicketPerson
    participants: list[ParticipantAnswer]
    watchers: list[TicketPerson]
    links: list[TicketLinkAnswer]
    referrals: list[ReferralAnswer]
    merges: list[MergeAnswer]
    """ Merges into this ticket, and the one that ended it. """
    next_states: list[NextStateAnswer]
    may: list[str]
    """ What the caller may do with it. """
    is_watching: bool
    read_up_to: int
    """ Id of the newest message the caller has read; 0 for none. Of a closed ticket, its newest. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.reference import Reference  # noqa: PLC0415
        from ..models.ticket_person import TicketPerson  # noqa: PLC0415

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": self.id,
                "url": self.url,
                "subject": self.subject,
                "kind": self.kind,
                "state": self.state,
                "state_category": self.state_category,
                "priority": self.priority,
                "priority_reason": self.priority_reason,
                "impact": self.impact,
                "urgency": self.urgency,
                "category_id": self.category_id,
                "department_id": self.department_id,
                "team_id": self.team_id,
                "assignee_id": self.assignee_id,
                "owner_id": self.owner_id,
                "requester_id": self.requester_id,
                "affected_id": self.affected_id,
                "organisation_id": self.organisation_id,
                "waiting_reason": self.waiting_reason,
                "follow_up_at": self.follow_up_at.isoformat()
                if isinstance(self.follow_up_at, datetime.datetime)
                else self.follow_up_at,
                "resolution": self.resolution,
                "is_restricted": self.is_restricted,
                "tags": self.tags,
                "custom": self.custom.to_dict(),
                "language": self.language,
                "channel": self.channel,
                "merged_into_id": self.merged_into_id,
                "version": self.version,
                "message_count": self.message_count,
                "reopen_count": self.reopen_count,
                "reassign_count": self.reassign_count,
                "last_message_id": self.last_message_id,
                "last_message_by_customer": self.last_message_by_customer,
                "created_at": self.created_at.isoformat(),
                "updated_at": self.updated_at.isoformat(),
                "last_message_at": self.last_message_at.isoformat(),
                "customer_waiting_since": self.customer_waiting_since.isoformat()
                if isinstance(self.customer_waiting_since, datetime.datetime)
                else self.customer_waiting_since,
                "first_response_at": self.first_response_at.isoformat()
                if isinstance(self.first_response_at, datetime.datetime)
                else self.first_response_at,
                "resolved_at": self.resolved_at.isoformat()
                if isinstance(self.resolved_at, datetime.datetime)
                else self.resolved_at,
                "closed_at": self.closed_at.isoformat()
                if isinstance(self.closed_at, datetime.datetime)
                else self.closed_at,
                "next_due_at": self.next_due_at.isoformat()
                if isinstance(self.next_due_at, datetime.datetime)
                else self.next_due_at,
                "department": self.department.to_dict(),
                "team": self.team.to_dict() if isinstance(self.team, Reference) else self.team,
                "category": self.category.to_dict() if isinstance(self.category, Reference) else self.category,
                "organisation": self.organisation.to_dict()
                if isinstance(self.organisation, Reference)
                else self.organisation,
                "requester": self.requester.to_dict(),
                "affected": self.affected.to_dict() if isinstance(self.affected, TicketPerson) else self.affected,
                "assignee": self.assignee.to_dict() if isinstance(self.assignee, TicketPerson) else self.assignee,
                "owner": self.owner.to_dict() if isinstance(self.owner, TicketPerson) else self.owner,
                "participants": [each.to_dict() for each in self.participants],
                "watchers": [each.to_dict() for each in self.watchers],
                "links": [each.to_dict() for each in self.links],
                "referrals": [each.to_dict() for each in self.referrals],
                "merges": [each.to_dict() for each in self.merges],
                "next_states": [each.to_dict() for each in self.next_states],
                "may": self.may,
                "is_watching": self.is_watching,
                "read_up_to": self.read_up_to,
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.merge_answer import MergeAnswer  # noqa: PLC0415
        from ..models.next_state_answer import NextStateAnswer  # noqa: PLC0415
        from ..models.participant_answer import ParticipantAnswer  # noqa: PLC0415
        from ..models.reference import Reference  # noqa: PLC0415
        from ..models.referral_answer import ReferralAnswer  # noqa: PLC0415
        from ..models.ticket_detail_custom import TicketDetailCustom  # noqa: PLC0415
        from ..models.ticket_link_answer import TicketLinkAnswer  # noqa: PLC0415
        from ..models.ticket_person import TicketPerson  # noqa: PLC0415

        d = dict(src_dict)
        ticket_detail = cls(
            id=d.pop("id"),
            url=d.pop("url"),
            subject=d.pop("subject"),
            kind=d.pop("kind"),
            state=d.pop("state"),
            state_category=check_ticket_detail_state_category(d.pop("state_category")),
            priority=d.pop("priority"),
            priority_reason=d.pop("priority_reason"),
            impact=d.pop("impact"),
            urgency=d.pop("urgency"),
            category_id=cast(int | None, d.pop("category_id")),
            department_id=d.pop("department_id"),
            team_id=cast(int | None, d.pop("team_id")),
            assignee_id=cast(int | None, d.pop("assignee_id")),
            owner_id=cast(int | None, d.pop("owner_id")),
            requester_id=d.pop("requester_id"),
            affected_id=cast(int | None, d.pop("affected_id")),
            organisation_id=cast(int | None, d.pop("organisation_id")),
            waiting_reason=cast(None | str, d.pop("waiting_reason")),
            follow_up_at=parse_nullable(d.pop("follow_up_at"), str, datetime.datetime.fromisoformat),
            resolution=d.pop("resolution"),
            is_restricted=d.pop("is_restricted"),
            tags=cast(list[str], d.pop("tags")),
            custom=TicketDetailCustom.from_dict(d.pop("custom")),
            language=d.pop("language"),
            channel=d.pop("channel"),
            merged_into_id=cast(int | None, d.pop("merged_into_id")),
            version=d.pop("version"),
            message_count=d.pop("message_count"),
            reopen_count=d.pop("reopen_count"),
            reassign_count=d.pop("reassign_count"),
            last_message_id=cast(int | None, d.pop("last_message_id")),
            last_message_by_customer=d.pop("last_message_by_customer"),
            created_at=datetime.datetime.fromisoformat(d.pop("created_at")),
            updated_at=datetime.datetime.fromisoformat(d.pop("updated_at")),
            last_message_at=datetime.datetime.fromisoformat(d.pop("last_message_at")),
            customer_waiting_since=parse_nullable(
                d.pop("customer_waiting_since"), str, datetime.datetime.fromisoformat
            ),
            first_response_at=parse_nullable(d.pop("first_response_at"), str, datetime.datetime.fromisoformat),
            resolved_at=parse_nullable(d.pop("resolved_at"), str, datetime.datetime.fromisoformat),
            closed_at=parse_nullable(d.pop("closed_at"), str, datetime.datetime.fromisoformat),
            next_due_at=parse_nullable(d.pop("next_due_at"), str, datetime.datetime.fromisoformat),
            department=Reference.from_dict(d.pop("department")),
            team=parse_nullable(d.pop("team"), dict, Reference.from_dict),
            category=parse_nullable(d.pop("category"), dict, Reference.from_dict),
            organisation=parse_nullable(d.pop("organisation"), dict, Reference.from_dict),
            requester=TicketPerson.from_dict(d.pop("requester")),
            affected=parse_nullable(d.pop("affected"), dict, TicketPerson.from_dict),
            assignee=parse_nullable(d.pop("assignee"), dict, TicketPerson.from_dict),
            owner=parse_nullable(d.pop("owner"), dict, TicketPerson.from_dict),
            participants=[ParticipantAnswer.from_dict(each) for each in d.pop("participants")],
            watchers=[TicketPerson.from_dict(each) for each in d.pop("watchers")],
            links=[TicketLinkAnswer.from_dict(each) for each in d.pop("links")],
            referrals=[ReferralAnswer.from_dict(each) for each in d.pop("referrals")],
            merges=[MergeAnswer.from_dict(each) for each in d.pop("merges")],
            next_states=[NextStateAnswer.from_dict(each) for each in d.pop("next_states")],
            may=cast(list[str], d.pop("may")),
            is_watching=d.pop("is_watching"),
            read_up_to=d.pop("read_up_to"),
        )

        ticket_detail.additional_properties = d
        return ticket_detail

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
