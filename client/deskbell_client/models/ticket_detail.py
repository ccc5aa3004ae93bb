from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.ticket_detail_state_category import TicketDetailStateCategory, check_ticket_detail_state_category

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
    """ Id of the newest message the caller has read; 0 for none. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.reference import Reference  # noqa: PLC0415
        from ..models.ticket_person import TicketPerson  # noqa: PLC0415

        id = self.id

        url = self.url

        subject = self.subject

        kind = self.kind

        state = self.state

        state_category: str = self.state_category

        priority = self.priority

        priority_reason = self.priority_reason

        impact = self.impact

        urgency = self.urgency

        category_id: int | None
        category_id = self.category_id

        department_id = self.department_id

        team_id: int | None
        team_id = self.team_id

        assignee_id: int | None
        assignee_id = self.assignee_id

        owner_id: int | None
        owner_id = self.owner_id

        requester_id = self.requester_id

        affected_id: int | None
        affected_id = self.affected_id

        organisation_id: int | None
        organisation_id = self.organisation_id

        waiting_reason: None | str
        waiting_reason = self.waiting_reason

        follow_up_at: None | str
        if isinstance(self.follow_up_at, datetime.datetime):
            follow_up_at = self.follow_up_at.isoformat()
        else:
            follow_up_at = self.follow_up_at

        resolution = self.resolution

        is_restricted = self.is_restricted

        tags = self.tags

        custom = self.custom.to_dict()

        language = self.language

        channel = self.channel

        merged_into_id: int | None
        merged_into_id = self.merged_into_id

        version = self.version

        message_count = self.message_count

        reopen_count = self.reopen_count

        reassign_count = self.reassign_count

        last_message_id: int | None
        last_message_id = self.last_message_id

        last_message_by_customer = self.last_message_by_customer

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        last_message_at = self.last_message_at.isoformat()

        customer_waiting_since: None | str
        if isinstance(self.customer_waiting_since, datetime.datetime):
            customer_waiting_since = self.customer_waiting_since.isoformat()
        else:
            customer_waiting_since = self.customer_waiting_since

        first_response_at: None | str
        if isinstance(self.first_response_at, datetime.datetime):
            first_response_at = self.first_response_at.isoformat()
        else:
            first_response_at = self.first_response_at

        resolved_at: None | str
        if isinstance(self.resolved_at, datetime.datetime):
            resolved_at = self.resolved_at.isoformat()
        else:
            resolved_at = self.resolved_at

        closed_at: None | str
        if isinstance(self.closed_at, datetime.datetime):
            closed_at = self.closed_at.isoformat()
        else:
            closed_at = self.closed_at

        next_due_at: None | str
        if isinstance(self.next_due_at, datetime.datetime):
            next_due_at = self.next_due_at.isoformat()
        else:
            next_due_at = self.next_due_at

        department = self.department.to_dict()

        team: dict[str, Any] | None
        if isinstance(self.team, Reference):
            team = self.team.to_dict()
        else:
            team = self.team

        category: dict[str, Any] | None
        if isinstance(self.category, Reference):
            category = self.category.to_dict()
        else:
            category = self.category

        organisation: dict[str, Any] | None
        if isinstance(self.organisation, Reference):
            organisation = self.organisation.to_dict()
        else:
            organisation = self.organisation

        requester = self.requester.to_dict()

        affected: dict[str, Any] | None
        if isinstance(self.affected, TicketPerson):
            affected = self.affected.to_dict()
        else:
            affected = self.affected

        assignee: dict[str, Any] | None
        if isinstance(self.assignee, TicketPerson):
            assignee = self.assignee.to_dict()
        else:
            assignee = self.assignee

        owner: dict[str, Any] | None
        if isinstance(self.owner, TicketPerson):
            owner = self.owner.to_dict()
        else:
            owner = self.owner

        participants = []
        for participants_item_data in self.participants:
            participants_item = participants_item_data.to_dict()
            participants.append(participants_item)

        watchers = []
        for watchers_item_data in self.watchers:
            watchers_item = watchers_item_data.to_dict()
            watchers.append(watchers_item)

        links = []
        for links_item_data in self.links:
            links_item = links_item_data.to_dict()
            links.append(links_item)

        referrals = []
        for referrals_item_data in self.referrals:
            referrals_item = referrals_item_data.to_dict()
            referrals.append(referrals_item)

        merges = []
        for merges_item_data in self.merges:
            merges_item = merges_item_data.to_dict()
            merges.append(merges_item)

        next_states = []
        for next_states_item_data in self.next_states:
            next_states_item = next_states_item_data.to_dict()
            next_states.append(next_states_item)

        may = self.may

        is_watching = self.is_watching

        read_up_to = self.read_up_to

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "url": url,
                "subject": subject,
                "kind": kind,
                "state": state,
                "state_category": state_category,
                "priority": priority,
                "priority_reason": priority_reason,
                "impact": impact,
                "urgency": urgency,
                "category_id": category_id,
                "department_id": department_id,
                "team_id": team_id,
                "assignee_id": assignee_id,
                "owner_id": owner_id,
                "requester_id": requester_id,
                "affected_id": affected_id,
                "organisation_id": organisation_id,
                "waiting_reason": waiting_reason,
                "follow_up_at": follow_up_at,
                "resolution": resolution,
                "is_restricted": is_restricted,
                "tags": tags,
                "custom": custom,
                "language": language,
                "channel": channel,
                "merged_into_id": merged_into_id,
                "version": version,
                "message_count": message_count,
                "reopen_count": reopen_count,
                "reassign_count": reassign_count,
                "last_message_id": last_message_id,
                "last_message_by_customer": last_message_by_customer,
                "created_at": created_at,
                "updated_at": updated_at,
                "last_message_at": last_message_at,
                "customer_waiting_since": customer_waiting_since,
                "first_response_at": first_response_at,
                "resolved_at": resolved_at,
                "closed_at": closed_at,
                "next_due_at": next_due_at,
                "department": department,
                "team": team,
                "category": category,
                "organisation": organisation,
                "requester": requester,
                "affected": affected,
                "assignee": assignee,
                "owner": owner,
                "participants": participants,
                "watchers": watchers,
                "links": links,
                "referrals": referrals,
                "merges": merges,
                "next_states": next_states,
                "may": may,
                "is_watching": is_watching,
                "read_up_to": read_up_to,
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
        id = d.pop("id")

        url = d.pop("url")

        subject = d.pop("subject")

        kind = d.pop("kind")

        state = d.pop("state")

        state_category = check_ticket_detail_state_category(d.pop("state_category"))

        priority = d.pop("priority")

        priority_reason = d.pop("priority_reason")

        impact = d.pop("impact")

        urgency = d.pop("urgency")

        def _parse_category_id(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        category_id = _parse_category_id(d.pop("category_id"))

        department_id = d.pop("department_id")

        def _parse_team_id(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        team_id = _parse_team_id(d.pop("team_id"))

        def _parse_assignee_id(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        assignee_id = _parse_assignee_id(d.pop("assignee_id"))

        def _parse_owner_id(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        owner_id = _parse_owner_id(d.pop("owner_id"))

        requester_id = d.pop("requester_id")

        def _parse_affected_id(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        affected_id = _parse_affected_id(d.pop("affected_id"))

        def _parse_organisation_id(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        organisation_id = _parse_organisation_id(d.pop("organisation_id"))

        def _parse_waiting_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        waiting_reason = _parse_waiting_reason(d.pop("waiting_reason"))

        def _parse_follow_up_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                follow_up_at_type_0 = datetime.datetime.fromisoformat(data)

                return follow_up_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        follow_up_at = _parse_follow_up_at(d.pop("follow_up_at"))

        resolution = d.pop("resolution")

        is_restricted = d.pop("is_restricted")

        tags = cast(list[str], d.pop("tags"))

        custom = TicketDetailCustom.from_dict(d.pop("custom"))

        language = d.pop("language")

        channel = d.pop("channel")

        def _parse_merged_into_id(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        merged_into_id = _parse_merged_into_id(d.pop("merged_into_id"))

        version = d.pop("version")

        message_count = d.pop("message_count")

        reopen_count = d.pop("reopen_count")

        reassign_count = d.pop("reassign_count")

        def _parse_last_message_id(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        last_message_id = _parse_last_message_id(d.pop("last_message_id"))

        last_message_by_customer = d.pop("last_message_by_customer")

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))

        last_message_at = datetime.datetime.fromisoformat(d.pop("last_message_at"))

        def _parse_customer_waiting_since(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                customer_waiting_since_type_0 = datetime.datetime.fromisoformat(data)

                return customer_waiting_since_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        customer_waiting_since = _parse_customer_waiting_since(d.pop("customer_waiting_since"))

        def _parse_first_response_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                first_response_at_type_0 = datetime.datetime.fromisoformat(data)

                return first_response_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        first_response_at = _parse_first_response_at(d.pop("first_response_at"))

        def _parse_resolved_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                resolved_at_type_0 = datetime.datetime.fromisoformat(data)

                return resolved_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        resolved_at = _parse_resolved_at(d.pop("resolved_at"))

        def _parse_closed_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                closed_at_type_0 = datetime.datetime.fromisoformat(data)

                return closed_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        closed_at = _parse_closed_at(d.pop("closed_at"))

        def _parse_next_due_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                next_due_at_type_0 = datetime.datetime.fromisoformat(data)

                return next_due_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        next_due_at = _parse_next_due_at(d.pop("next_due_at"))

        department = Reference.from_dict(d.pop("department"))

        def _parse_team(data: object) -> None | Reference:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                team_type_0 = Reference.from_dict(data)

                return team_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Reference, data)

        team = _parse_team(d.pop("team"))

        def _parse_category(data: object) -> None | Reference:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                category_type_0 = Reference.from_dict(data)

                return category_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Reference, data)

        category = _parse_category(d.pop("category"))

        def _parse_organisation(data: object) -> None | Reference:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                organisation_type_0 = Reference.from_dict(data)

                return organisation_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Reference, data)

        organisation = _parse_organisation(d.pop("organisation"))

        requester = TicketPerson.from_dict(d.pop("requester"))

        def _parse_affected(data: object) -> None | TicketPerson:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                affected_type_0 = TicketPerson.from_dict(data)

                return affected_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | TicketPerson, data)

        affected = _parse_affected(d.pop("affected"))

        def _parse_assignee(data: object) -> None | TicketPerson:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                assignee_type_0 = TicketPerson.from_dict(data)

                return assignee_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | TicketPerson, data)

        assignee = _parse_assignee(d.pop("assignee"))

        def _parse_owner(data: object) -> None | TicketPerson:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                owner_type_0 = TicketPerson.from_dict(data)

                return owner_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | TicketPerson, data)

        owner = _parse_owner(d.pop("owner"))

        participants = []
        _participants = d.pop("participants")
        for participants_item_data in _participants:
            participants_item = ParticipantAnswer.from_dict(participants_item_data)

            participants.append(participants_item)

        watchers = []
        _watchers = d.pop("watchers")
        for watchers_item_data in _watchers:
            watchers_item = TicketPerson.from_dict(watchers_item_data)

            watchers.append(watchers_item)

        links = []
        _links = d.pop("links")
        for links_item_data in _links:
            links_item = TicketLinkAnswer.from_dict(links_item_data)

            links.append(links_item)

        referrals = []
        _referrals = d.pop("referrals")
        for referrals_item_data in _referrals:
            referrals_item = ReferralAnswer.from_dict(referrals_item_data)

            referrals.append(referrals_item)

        merges = []
        _merges = d.pop("merges")
        for merges_item_data in _merges:
            merges_item = MergeAnswer.from_dict(merges_item_data)

            merges.append(merges_item)

        next_states = []
        _next_states = d.pop("next_states")
        for next_states_item_data in _next_states:
            next_states_item = NextStateAnswer.from_dict(next_states_item_data)

            next_states.append(next_states_item)

        may = cast(list[str], d.pop("may"))

        is_watching = d.pop("is_watching")

        read_up_to = d.pop("read_up_to")

        ticket_detail = cls(
            id=id,
            url=url,
            subject=subject,
            kind=kind,
            state=state,
            state_category=state_category,
            priority=priority,
            priority_reason=priority_reason,
            impact=impact,
            urgency=urgency,
            category_id=category_id,
            department_id=department_id,
            team_id=team_id,
            assignee_id=assignee_id,
            owner_id=owner_id,
            requester_id=requester_id,
            affected_id=affected_id,
            organisation_id=organisation_id,
            waiting_reason=waiting_reason,
            follow_up_at=follow_up_at,
            resolution=resolution,
            is_restricted=is_restricted,
            tags=tags,
            custom=custom,
            language=language,
            channel=channel,
            merged_into_id=merged_into_id,
            version=version,
            message_count=message_count,
            reopen_count=reopen_count,
            reassign_count=reassign_count,
            last_message_id=last_message_id,
            last_message_by_customer=last_message_by_customer,
            created_at=created_at,
            updated_at=updated_at,
            last_message_at=last_message_at,
            customer_waiting_since=customer_waiting_since,
            first_response_at=first_response_at,
            resolved_at=resolved_at,
            closed_at=closed_at,
            next_due_at=next_due_at,
            department=department,
            team=team,
            category=category,
            organisation=organisation,
            requester=requester,
            affected=affected,
            assignee=assignee,
            owner=owner,
            participants=participants,
            watchers=watchers,
            links=links,
            referrals=referrals,
            merges=merges,
            next_states=next_states,
            may=may,
            is_watching=is_watching,
            read_up_to=read_up_to,
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
