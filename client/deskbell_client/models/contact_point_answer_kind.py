from typing import Literal

ContactPointAnswerKind = Literal["email", "phone"]

CONTACT_POINT_ANSWER_KIND_VALUES: set[ContactPointAnswerKind] = {
    "email",
    "phone",
}


def check_contact_point_answer_kind(value: str) -> ContactPointAnswerKind:
    if value in CONTACT_POINT_ANSWER_KIND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CONTACT_POINT_ANSWER_KIND_VALUES!r}")
