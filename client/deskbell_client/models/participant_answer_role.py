from typing import Literal

ParticipantAnswerRole = Literal["cc", "to"]

PARTICIPANT_ANSWER_ROLE_VALUES: set[ParticipantAnswerRole] = {
    "cc",
    "to",
}


def check_participant_answer_role(value: str) -> ParticipantAnswerRole:
    if value in PARTICIPANT_ANSWER_ROLE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {PARTICIPANT_ANSWER_ROLE_VALUES!r}")
