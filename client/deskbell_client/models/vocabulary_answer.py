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
        states = []
        for states_item_data in self.states:
            states_item = states_item_data.to_dict()
            states.append(states_item)

        transitions = []
        for transitions_item_data in self.transitions:
            transitions_item = transitions_item_data.to_dict()
            transitions.append(transitions_item)

        kinds = []
        for kinds_item_data in self.kinds:
            kinds_item = kinds_item_data.to_dict()
            kinds.append(kinds_item)

        categories = []
        for categories_item_data in self.categories:
            categories_item = categories_item_data.to_dict()
            categories.append(categories_item)

        priorities = []
        for priorities_item_data in self.priorities:
            priorities_item = priorities_item_data.to_dict()
            priorities.append(priorities_item)

        matrix = []
        for matrix_item_data in self.matrix:
            matrix_item = matrix_item_data.to_dict()
            matrix.append(matrix_item)

        waiting_reasons = []
        for waiting_reasons_item_data in self.waiting_reasons:
            waiting_reasons_item = waiting_reasons_item_data.to_dict()
            waiting_reasons.append(waiting_reasons_item)

        custom_fields = []
        for custom_fields_item_data in self.custom_fields:
            custom_fields_item = custom_fields_item_data.to_dict()
            custom_fields.append(custom_fields_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "states": states,
                "transitions": transitions,
                "kinds": kinds,
                "categories": categories,
                "priorities": priorities,
                "matrix": matrix,
                "waiting_reasons": waiting_reasons,
                "custom_fields": custom_fields,
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
        states = []
        _states = d.pop("states")
        for states_item_data in _states:
            states_item = StateAnswer.from_dict(states_item_data)

            states.append(states_item)

        transitions = []
        _transitions = d.pop("transitions")
        for transitions_item_data in _transitions:
            transitions_item = TransitionAnswer.from_dict(transitions_item_data)

            transitions.append(transitions_item)

        kinds = []
        _kinds = d.pop("kinds")
        for kinds_item_data in _kinds:
            kinds_item = KindAnswer.from_dict(kinds_item_data)

            kinds.append(kinds_item)

        categories = []
        _categories = d.pop("categories")
        for categories_item_data in _categories:
            categories_item = CategoryAnswer.from_dict(categories_item_data)

            categories.append(categories_item)

        priorities = []
        _priorities = d.pop("priorities")
        for priorities_item_data in _priorities:
            priorities_item = PriorityAnswer.from_dict(priorities_item_data)

            priorities.append(priorities_item)

        matrix = []
        _matrix = d.pop("matrix")
        for matrix_item_data in _matrix:
            matrix_item = MatrixCell.from_dict(matrix_item_data)

            matrix.append(matrix_item)

        waiting_reasons = []
        _waiting_reasons = d.pop("waiting_reasons")
        for waiting_reasons_item_data in _waiting_reasons:
            waiting_reasons_item = WaitingReasonAnswer.from_dict(waiting_reasons_item_data)

            waiting_reasons.append(waiting_reasons_item)

        custom_fields = []
        _custom_fields = d.pop("custom_fields")
        for custom_fields_item_data in _custom_fields:
            custom_fields_item = CustomFieldAnswer.from_dict(custom_fields_item_data)

            custom_fields.append(custom_fields_item)

        vocabulary_answer = cls(
            states=states,
            transitions=transitions,
            kinds=kinds,
            categories=categories,
            priorities=priorities,
            matrix=matrix,
            waiting_reasons=waiting_reasons,
            custom_fields=custom_fields,
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
