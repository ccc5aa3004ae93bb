from typing import Literal

NewParticipantRole = Literal["cc", "to"]

NEW_PARTICIPANT_ROLE_VALUES: set[NewParticipantRole] = {
    "cc",
    "to",
}


def check_new_participant_role(value: str) -> NewParticipantRole:
    if value in NEW_PARTICIPANT_ROLE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {NEW_PARTICIPANT_ROLE_VALUES!r}")
