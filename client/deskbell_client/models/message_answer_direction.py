from typing import Literal

MessageAnswerDirection = Literal["in", "internal", "out"]

MESSAGE_ANSWER_DIRECTION_VALUES: set[MessageAnswerDirection] = {
    "in",
    "internal",
    "out",
}


def check_message_answer_direction(value: str) -> MessageAnswerDirection:
    if value in MESSAGE_ANSWER_DIRECTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {MESSAGE_ANSWER_DIRECTION_VALUES!r}")
