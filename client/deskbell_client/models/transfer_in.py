from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="TransferIn")


@_attrs_define
class TransferIn:
    """Assignee and team are cleared unless given."""

    department_id: int
    note: str
    """ Why, for the colleagues there. """
    keep_access: bool | Unset = False
    """ The department it leaves may still read and add notes. """
    assignee_id: int | None | Unset = UNSET
    team_id: int | None | Unset = UNSET
    version: int | Unset = UNSET
    """ The version you have read. When the ticket has changed since, the call answers 409. """

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "department_id": self.department_id,
                "note": self.note,
            }
        )
        if not isinstance(self.keep_access, Unset):
            field_dict["keep_access"] = self.keep_access
        if not isinstance(self.assignee_id, Unset):
            field_dict["assignee_id"] = self.assignee_id
        if not isinstance(self.team_id, Unset):
            field_dict["team_id"] = self.team_id
        if not isinstance(self.version, Unset):
            field_dict["version"] = self.version
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        transfer_in = cls(
            department_id=d.pop("department_id"),
            note=d.pop("note"),
            keep_access=d.pop("keep_access", UNSET),
            assignee_id=cast(int | None | Unset, d.pop("assignee_id", UNSET)),
            team_id=cast(int | None | Unset, d.pop("team_id", UNSET)),
            version=d.pop("version", UNSET),
        )
        return transfer_in
