from typing import Literal

NextStateAnswerCategory = Literal["active", "cancelled", "closed", "new", "resolved", "waiting"]

NEXT_STATE_ANSWER_CATEGORY_VALUES: set[NextStateAnswerCategory] = {
    "active",
    "cancelled",
    "closed",
    "new",
    "resolved",
    "waiting",
}


def check_next_state_answer_category(value: str) -> NextStateAnswerCategory:
    if value in NEXT_STATE_ANSWER_CATEGORY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {NEXT_STATE_ANSWER_CATEGORY_VALUES!r}")
