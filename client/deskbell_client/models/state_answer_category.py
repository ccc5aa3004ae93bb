from typing import Literal

StateAnswerCategory = Literal["active", "cancelled", "closed", "new", "resolved", "waiting"]

STATE_ANSWER_CATEGORY_VALUES: set[StateAnswerCategory] = {
    "active",
    "cancelled",
    "closed",
    "new",
    "resolved",
    "waiting",
}


def check_state_answer_category(value: str) -> StateAnswerCategory:
    if value in STATE_ANSWER_CATEGORY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {STATE_ANSWER_CATEGORY_VALUES!r}")
