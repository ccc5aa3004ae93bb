from typing import Literal

WaitingReasonAnswerSide = Literal["approval", "change", "colleague", "date", "requester", "supplier"]

WAITING_REASON_ANSWER_SIDE_VALUES: set[WaitingReasonAnswerSide] = {
    "approval",
    "change",
    "colleague",
    "date",
    "requester",
    "supplier",
}


def check_waiting_reason_answer_side(value: str) -> WaitingReasonAnswerSide:
    if value in WAITING_REASON_ANSWER_SIDE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {WAITING_REASON_ANSWER_SIDE_VALUES!r}")
