from typing import Literal

TicketInDirection = Literal["in", "internal", "out"]

TICKET_IN_DIRECTION_VALUES: set[TicketInDirection] = {
    "in",
    "internal",
    "out",
}


def check_ticket_in_direction(value: str) -> TicketInDirection:
    if value in TICKET_IN_DIRECTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TICKET_IN_DIRECTION_VALUES!r}")
