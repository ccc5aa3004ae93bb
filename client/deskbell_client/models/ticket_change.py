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
        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if not isinstance(self.version, Unset):
            field_dict["version"] = self.version
        if not isinstance(self.subject, Unset):
            field_dict["subject"] = self.subject
        if not isinstance(self.kind, Unset):
            field_dict["kind"] = self.kind
        if not isinstance(self.category_id, Unset):
            field_dict["category_id"] = self.category_id
        if not isinstance(self.impact, Unset):
            field_dict["impact"] = self.impact
        if not isinstance(self.urgency, Unset):
            field_dict["urgency"] = self.urgency
        if not isinstance(self.priority, Unset):
            field_dict["priority"] = self.priority
        if not isinstance(self.priority_reason, Unset):
            field_dict["priority_reason"] = self.priority_reason
        if not isinstance(self.assignee_id, Unset):
            field_dict["assignee_id"] = self.assignee_id
        if not isinstance(self.team_id, Unset):
            field_dict["team_id"] = self.team_id
        if not isinstance(self.owner_id, Unset):
            field_dict["owner_id"] = self.owner_id
        if not isinstance(self.requester_id, Unset):
            field_dict["requester_id"] = self.requester_id
        if not isinstance(self.affected_id, Unset):
            field_dict["affected_id"] = self.affected_id
        if not isinstance(self.tags, Unset):
            field_dict["tags"] = self.tags
        if not isinstance(self.custom, Unset):
            field_dict["custom"] = self.custom.to_dict()
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.ticket_change_custom import TicketChangeCustom  # noqa: PLC0415

        d = dict(src_dict)
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

        _custom = d.pop("custom", UNSET)
        custom: TicketChangeCustom | Unset
        if isinstance(_custom, Unset):
            custom = UNSET
        else:
            custom = TicketChangeCustom.from_dict(_custom)

        ticket_change = cls(
            version=d.pop("version", UNSET),
            subject=d.pop("subject", UNSET),
            kind=d.pop("kind", UNSET),
            category_id=cast(int | None | Unset, d.pop("category_id", UNSET)),
            impact=impact,
            urgency=urgency,
            priority=cast(None | str | Unset, d.pop("priority", UNSET)),
            priority_reason=d.pop("priority_reason", UNSET),
            assignee_id=cast(int | None | Unset, d.pop("assignee_id", UNSET)),
            team_id=cast(int | None | Unset, d.pop("team_id", UNSET)),
            owner_id=cast(int | None | Unset, d.pop("owner_id", UNSET)),
            requester_id=d.pop("requester_id", UNSET),
            affected_id=cast(int | None | Unset, d.pop("affected_id", UNSET)),
            tags=cast(list[str], d.pop("tags", UNSET)),
            custom=custom,
        )
        return ticket_change
