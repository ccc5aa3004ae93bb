from typing import Literal

TicketInUrgency = Literal[1, 2, 3]

TICKET_IN_URGENCY_VALUES: set[TicketInUrgency] = {
    1,
    2,
    3,
}


def check_ticket_in_urgency(value: int) -> TicketInUrgency:
    if value in TICKET_IN_URGENCY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TICKET_IN_URGENCY_VALUES!r}")
