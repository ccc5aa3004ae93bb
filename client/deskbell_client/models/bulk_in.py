from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="BulkIn")


@_attrs_define
class BulkIn:
    """What to change on each ticket; only what is given is touched."""

    ticket_ids: list[int]
    assignee_id: int | None | Unset = UNSET
    team_id: int | None | Unset = UNSET
    state: str | Unset = UNSET
    waiting_reason: str | Unset = UNSET
    follow_up_at: datetime.datetime | Unset = UNSET
    resolution: str | Unset = ""
    reason: str | Unset = ""
    add_tags: list[str] | Unset = UNSET
    remove_tags: list[str] | Unset = UNSET
    department_id: int | Unset = UNSET
    note: str | Unset = ""
    """ Needed to hand over. """
    priority: None | str | Unset = UNSET
    priority_reason: str | Unset = ""

    def to_dict(self) -> dict[str, Any]:
        ticket_ids = self.ticket_ids

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

        state = self.state

        waiting_reason = self.waiting_reason

        follow_up_at: str | Unset = UNSET
        if not isinstance(self.follow_up_at, Unset):
            follow_up_at = self.follow_up_at.isoformat()

        resolution = self.resolution

        reason = self.reason

        add_tags: list[str] | Unset = UNSET
        if not isinstance(self.add_tags, Unset):
            add_tags = self.add_tags

        remove_tags: list[str] | Unset = UNSET
        if not isinstance(self.remove_tags, Unset):
            remove_tags = self.remove_tags

        department_id = self.department_id

        note = self.note

        priority: None | str | Unset
        if isinstance(self.priority, Unset):
            priority = UNSET
        else:
            priority = self.priority

        priority_reason = self.priority_reason

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "ticket_ids": ticket_ids,
            }
        )
        if assignee_id is not UNSET:
            field_dict["assignee_id"] = assignee_id
        if team_id is not UNSET:
            field_dict["team_id"] = team_id
        if state is not UNSET:
            field_dict["state"] = state
        if waiting_reason is not UNSET:
            field_dict["waiting_reason"] = waiting_reason
        if follow_up_at is not UNSET:
            field_dict["follow_up_at"] = follow_up_at
        if resolution is not UNSET:
            field_dict["resolution"] = resolution
        if reason is not UNSET:
            field_dict["reason"] = reason
        if add_tags is not UNSET:
            field_dict["add_tags"] = add_tags
        if remove_tags is not UNSET:
            field_dict["remove_tags"] = remove_tags
        if department_id is not UNSET:
            field_dict["department_id"] = department_id
        if note is not UNSET:
            field_dict["note"] = note
        if priority is not UNSET:
            field_dict["priority"] = priority
        if priority_reason is not UNSET:
            field_dict["priority_reason"] = priority_reason

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        ticket_ids = cast(list[int], d.pop("ticket_ids"))

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

        state = d.pop("state", UNSET)

        waiting_reason = d.pop("waiting_reason", UNSET)

        _follow_up_at = d.pop("follow_up_at", UNSET)
        follow_up_at: datetime.datetime | Unset
        if isinstance(_follow_up_at, Unset):
            follow_up_at = UNSET
        else:
            follow_up_at = datetime.datetime.fromisoformat(_follow_up_at)

        resolution = d.pop("resolution", UNSET)

        reason = d.pop("reason", UNSET)

        add_tags = cast(list[str], d.pop("add_tags", UNSET))

        remove_tags = cast(list[str], d.pop("remove_tags", UNSET))

        department_id = d.pop("department_id", UNSET)

        note = d.pop("note", UNSET)

        def _parse_priority(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        priority = _parse_priority(d.pop("priority", UNSET))

        priority_reason = d.pop("priority_reason", UNSET)

        bulk_in = cls(
            ticket_ids=ticket_ids,
            assignee_id=assignee_id,
            team_id=team_id,
            state=state,
            waiting_reason=waiting_reason,
            follow_up_at=follow_up_at,
            resolution=resolution,
            reason=reason,
            add_tags=add_tags,
            remove_tags=remove_tags,
            department_id=department_id,
            note=note,
            priority=priority,
            priority_reason=priority_reason,
        )

        return bulk_in
