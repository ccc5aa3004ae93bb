from typing import Literal

MyMessageDirection = Literal["in", "internal", "out"]

MY_MESSAGE_DIRECTION_VALUES: set[MyMessageDirection] = {
    "in",
    "internal",
    "out",
}


def check_my_message_direction(value: str) -> MyMessageDirection:
    if value in MY_MESSAGE_DIRECTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {MY_MESSAGE_DIRECTION_VALUES!r}")
