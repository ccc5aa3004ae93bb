from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.category_answer import CategoryAnswer
    from ..models.custom_field_answer import CustomFieldAnswer
    from ..models.kind_answer import KindAnswer
    from ..models.matrix_cell import MatrixCell
    from ..models.priority_answer import PriorityAnswer
    from ..models.state_answer import StateAnswer
    from ..models.transition_answer import TransitionAnswer
    from ..models.waiting_reason_answer import WaitingReasonAnswer


T = TypeVar("T", bound="VocabularyAnswer")


@_attrs_define
class VocabularyAnswer:
    """Everything at once; it changes seldom."""

    states: list[StateAnswer]
    transitions: list[TransitionAnswer]
    kinds: list[KindAnswer]
    categories: list[CategoryAnswer]
    priorities: list[PriorityAnswer]
    matrix: list[MatrixCell]
    """ Impact and urgency give the priority. """
    waiting_reasons: list[WaitingReasonAnswer]
    custom_fields: list[CustomFieldAnswer]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "states": [each.to_dict() for each in self.states],
                "transitions": [each.to_dict() for each in self.transitions],
                "kinds": [each.to_dict() for each in self.kinds],
                "categories": [each.to_dict() for each in self.categories],
                "priorities": [each.to_dict() for each in self.priorities],
                "matrix": [each.to_dict() for each in self.matrix],
                "waiting_reasons": [each.to_dict() for each in self.waiting_reasons],
                "custom_fields": [each.to_dict() for each in self.custom_fields],
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.category_answer import CategoryAnswer  # noqa: PLC0415
        from ..models.custom_field_answer import CustomFieldAnswer  # noqa: PLC0415
        from ..models.kind_answer import KindAnswer  # noqa: PLC0415
        from ..models.matrix_cell import MatrixCell  # noqa: PLC0415
        from ..models.priority_answer import PriorityAnswer  # noqa: PLC0415
        from ..models.state_answer import StateAnswer  # noqa: PLC0415
        from ..models.transition_answer import TransitionAnswer  # noqa: PLC0415
        from ..models.waiting_reason_answer import WaitingReasonAnswer  # noqa: PLC0415

        d = dict(src_dict)
        vocabulary_answer = cls(
            states=[StateAnswer.from_dict(each) for each in d.pop("states")],
            transitions=[TransitionAnswer.from_dict(each) for each in d.pop("transitions")],
            kinds=[KindAnswer.from_dict(each) for each in d.pop("kinds")],
            categories=[CategoryAnswer.from_dict(each) for each in d.pop("categories")],
            priorities=[PriorityAnswer.from_dict(each) for each in d.pop("priorities")],
            matrix=[MatrixCell.from_dict(each) for each in d.pop("matrix")],
            waiting_reasons=[WaitingReasonAnswer.from_dict(each) for each in d.pop("waiting_reasons")],
            custom_fields=[CustomFieldAnswer.from_dict(each) for each in d.pop("custom_fields")],
        )

        vocabulary_answer.additional_properties = d
        return vocabulary_answer

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
