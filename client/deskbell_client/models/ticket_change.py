from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.ticket_change_impact import TicketChangeImpact, check_ticket_change_impact
from ..models.ticket_change_urgency import TicketChangeUrgency, check_ticket_change_urgency
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.ticket_change_custom import TicketChangeCustom


T = TypeVar("T", bound="TicketChange")


@_attrs_define
class TicketChange:
    """What is left out stays as it is. Null empties what may be empty."""

    version: int | Unset = UNSET
    """ The version you have read. When the ticket has changed since, the call answers 409. """
    subject: str | Unset = UNSET
    kind: str | Unset = UNSET
    category_id: int | None | Unset = UNSET
    impact: TicketChangeImpact | Unset = UNSET
    """ 1 is the worst. """
    urgency: TicketChangeUrgency | Unset = UNSET
    """ 1 is the worst. """
    priority: None | str | Unset = UNSET
    """ Another one than the matrix gives, with its reason; null: the matrix's own. """
    priority_reason: str | Unset = UNSET
    assignee_id: int | None | Unset = UNSET
    team_id: int | None | Unset = UNSET
    owner_id: int | None | Unset = UNSET
    requester_id: int | Unset = UNSET
    affected_id: int | None | Unset = UNSET
    tags: list[str] | Unset = UNSET
    """ All of them; what is not here goes. """
    custom: TicketChangeCustom | Unset = UNSET
    """ Those given are set, null clears one, others stay. """

    def to_dict(self) -> dict[str, Any]:
        version = self.version

        subject = self.subject

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

        priority: None | str | Unset
        if isinstance(self.priority, Unset):
            priority = UNSET
        else:
            priority = self.priority

        priority_reason = self.priority_reason

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

        requester_id = self.requester_id

        affected_id: int | None | Unset
        if isinstance(self.affected_id, Unset):
            affected_id = UNSET
        else:
            affected_id = self.affected_id

        tags: list[str] | Unset = UNSET
        if not isinstance(self.tags, Unset):
            tags = self.tags

        custom: dict[str, Any] | Unset = UNSET
        if not isinstance(self.custom, Unset):
            custom = self.custom.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if version is not UNSET:
            field_dict["version"] = version
        if subject is not UNSET:
            field_dict["subject"] = subject
        if kind is not UNSET:
            field_dict["kind"] = kind
        if category_id is not UNSET:
            field_dict["category_id"] = category_id
        if impact is not UNSET:
            field_dict["impact"] = impact
        if urgency is not UNSET:
            field_dict["urgency"] = urgency
        if priority is not UNSET:
            field_dict["priority"] = priority
        if priority_reason is not UNSET:
            field_dict["priority_reason"] = priority_reason
        if assignee_id is not UNSET:
            field_dict["assignee_id"] = assignee_id
        if team_id is not UNSET:
            field_dict["team_id"] = team_id
        if owner_id is not UNSET:
            field_dict["owner_id"] = owner_id
        if requester_id is not UNSET:
            field_dict["requester_id"] = requester_id
        if affected_id is not UNSET:
            field_dict["affected_id"] = affected_id
        if tags is not UNSET:
            field_dict["tags"] = tags
        if custom is not UNSET:
            field_dict["custom"] = custom

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.ticket_change_custom import TicketChangeCustom  # noqa: PLC0415

        d = dict(src_dict)
        version = d.pop("version", UNSET)

        subject = d.pop("subject", UNSET)

        kind = d.pop("kind", UNSET)

        def _parse_category_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        category_id = _parse_category_id(d.pop("category_id", UNSET))

        _impact = d.pop("impact", UNSET)
        impact: TicketChangeImpact | Unset
        if isinstance(_impact, Unset):
            impact = UNSET
        else:
            impact = check_ticket_change_impact(_impact)

        _urgency = d.pop("urgency", UNSET)
        urgency: TicketChangeUrgency | Unset
        if isinstance(_urgency, Unset):
            urgency = UNSET
        else:
            urgency = check_ticket_change_urgency(_urgency)

        def _parse_priority(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        priority = _parse_priority(d.pop("priority", UNSET))

        priority_reason = d.pop("priority_reason", UNSET)

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

        requester_id = d.pop("requester_id", UNSET)

        def _parse_affected_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        affected_id = _parse_affected_id(d.pop("affected_id", UNSET))

        tags = cast(list[str], d.pop("tags", UNSET))

        _custom = d.pop("custom", UNSET)
        custom: TicketChangeCustom | Unset
        if isinstance(_custom, Unset):
            custom = UNSET
        else:
            custom = TicketChangeCustom.from_dict(_custom)

        ticket_change = cls(
            version=version,
            subject=subject,
            kind=kind,
            category_id=category_id,
            impact=impact,
            urgency=urgency,
            priority=priority,
            priority_reason=priority_reason,
            assignee_id=assignee_id,
            team_id=team_id,
            owner_id=owner_id,
            requester_id=requester_id,
            affected_id=affected_id,
            tags=tags,
            custom=custom,
        )

        return ticket_change
