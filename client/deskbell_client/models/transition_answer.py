from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="TransitionAnswer")


@_attrs_define
class TransitionAnswer:
    """A step that is allowed between two states."""

    source: str
    """ Code of the state it leaves. """
    target: str
    """ Code of the state it enters. """
    guards: list[str]
    """ Conditions that must hold. """
    permission: str
    by_requester: bool
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "source": self.source,
                "target": self.target,
                "guards": self.guards,
                "permission": self.permission,
                "by_requester": self.by_requester,
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        transition_answer = cls(
            source=d.pop("source"),
            target=d.pop("target"),
            guards=cast(list[str], d.pop("guards")),
            permission=d.pop("permission"),
            by_requester=d.pop("by_requester"),
        )

        transition_answer.additional_properties = d
        return transition_answer

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
