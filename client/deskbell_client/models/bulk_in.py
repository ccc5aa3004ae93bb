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
        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "ticket_ids": self.ticket_ids,
            }
        )
        if not isinstance(self.assignee_id, Unset):
            field_dict["assignee_id"] = self.assignee_id
        if not isinstance(self.team_id, Unset):
            field_dict["team_id"] = self.team_id
        if not isinstance(self.state, Unset):
            field_dict["state"] = self.state
        if not isinstance(self.waiting_reason, Unset):
            field_dict["waiting_reason"] = self.waiting_reason
        if not isinstance(self.follow_up_at, Unset):
            field_dict["follow_up_at"] = self.follow_up_at.isoformat()
        if not isinstance(self.resolution, Unset):
            field_dict["resolution"] = self.resolution
        if not isinstance(self.reason, Unset):
            field_dict["reason"] = self.reason
        if not isinstance(self.add_tags, Unset):
            field_dict["add_tags"] = self.add_tags
        if not isinstance(self.remove_tags, Unset):
            field_dict["remove_tags"] = self.remove_tags
        if not isinstance(self.department_id, Unset):
            field_dict["department_id"] = self.department_id
        if not isinstance(self.note, Unset):
            field_dict["note"] = self.note
        if not isinstance(self.priority, Unset):
            field_dict["priority"] = self.priority
        if not isinstance(self.priority_reason, Unset):
            field_dict["priority_reason"] = self.priority_reason
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        _follow_up_at = d.pop("follow_up_at", UNSET)
        follow_up_at: datetime.datetime | Unset
        if isinstance(_follow_up_at, Unset):
            follow_up_at = UNSET
        else:
            follow_up_at = datetime.datetime.fromisoformat(_follow_up_at)

        bulk_in = cls(
            ticket_ids=cast(list[int], d.pop("ticket_ids")),
            assignee_id=cast(int | None | Unset, d.pop("assignee_id", UNSET)),
            team_id=cast(int | None | Unset, d.pop("team_id", UNSET)),
            state=d.pop("state", UNSET),
            waiting_reason=d.pop("waiting_reason", UNSET),
            follow_up_at=follow_up_at,
            resolution=d.pop("resolution", UNSET),
            reason=d.pop("reason", UNSET),
            add_tags=cast(list[str], d.pop("add_tags", UNSET)),
            remove_tags=cast(list[str], d.pop("remove_tags", UNSET)),
            department_id=d.pop("department_id", UNSET),
            note=d.pop("note", UNSET),
            priority=cast(None | str | Unset, d.pop("priority", UNSET)),
            priority_reason=d.pop("priority_reason", UNSET),
        )
        return bulk_in
