from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.bulk_failure import BulkFailure


T = TypeVar("T", bound="BulkAnswer")


@_attrs_define
class BulkAnswer:
    """Each ticket was changed wholly or not at all."""

    done: list[int]
    failed: list[BulkFailure]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "done": self.done,
                "failed": [each.to_dict() for each in self.failed],
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.bulk_failure import BulkFailure  # noqa: PLC0415

        d = dict(src_dict)
        bulk_answer = cls(
            done=cast(list[int], d.pop("done")),
            failed=[BulkFailure.from_dict(each) for each in d.pop("failed")],
        )

        bulk_answer.additional_properties = d
        return bulk_answer

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
