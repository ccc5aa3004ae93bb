from typing import Literal

EventAnswerActorKind = Literal["person", "system"]

EVENT_ANSWER_ACTOR_KIND_VALUES: set[EventAnswerActorKind] = {
    "person",
    "system",
}


def check_event_answer_actor_kind(value: str) -> EventAnswerActorKind:
    if value in EVENT_ANSWER_ACTOR_KIND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {EVENT_ANSWER_ACTOR_KIND_VALUES!r}")
