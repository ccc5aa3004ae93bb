from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="StateChange")


@_attrs_define
class StateChange:
    """Which of the fields are needed depends on the step: `next_states` of the ticket says it (`asks`)."""

    state: str
    waiting_reason: str | Unset = UNSET
    """ Code of the reason for waiting. """
    follow_up_at: datetime.datetime | Unset = UNSET
    resolution: str | Unset = ""
    reason: str | Unset = ""
    version: int | Unset = UNSET
    """ The version you have read. When the ticket has changed since, the call answers 409. """

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "state": self.state,
            }
        )
        if not isinstance(self.waiting_reason, Unset):
            field_dict["waiting_reason"] = self.waiting_reason
        if not isinstance(self.follow_up_at, Unset):
            field_dict["follow_up_at"] = self.follow_up_at.isoformat()
        if not isinstance(self.resolution, Unset):
            field_dict["resolution"] = self.resolution
        if not isinstance(self.reason, Unset):
            field_dict["reason"] = self.reason
        if not isinstance(self.version, Unset):
            field_dict["version"] = self.version
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

        state_change = cls(
            state=d.pop("state"),
            waiting_reason=d.pop("waiting_reason", UNSET),
            follow_up_at=follow_up_at,
            resolution=d.pop("resolution", UNSET),
            reason=d.pop("reason", UNSET),
            version=d.pop("version", UNSET),
        )
        return state_change
