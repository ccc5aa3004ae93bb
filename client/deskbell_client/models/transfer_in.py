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
        department_id = self.department_id

        note = self.note

        keep_access = self.keep_access

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

        version = self.version

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "department_id": department_id,
                "note": note,
            }
        )
        if keep_access is not UNSET:
            field_dict["keep_access"] = keep_access
        if assignee_id is not UNSET:
            field_dict["assignee_id"] = assignee_id
        if team_id is not UNSET:
            field_dict["team_id"] = team_id
        if version is not UNSET:
            field_dict["version"] = version

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        department_id = d.pop("department_id")

        note = d.pop("note")

        keep_access = d.pop("keep_access", UNSET)

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

        version = d.pop("version", UNSET)

        transfer_in = cls(
            department_id=department_id,
            note=note,
            keep_access=keep_access,
            assignee_id=assignee_id,
            team_id=team_id,
            version=version,
        )

        return transfer_in
