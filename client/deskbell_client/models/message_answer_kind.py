from typing import Literal

MessageAnswerKind = Literal["note", "public"]

MESSAGE_ANSWER_KIND_VALUES: set[MessageAnswerKind] = {
    "note",
    "public",
}


def check_message_answer_kind(value: str) -> MessageAnswerKind:
    if value in MESSAGE_ANSWER_KIND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {MESSAGE_ANSWER_KIND_VALUES!r}")
