from typing import Literal

TicketChangeUrgency = Literal[1, 2, 3]

TICKET_CHANGE_URGENCY_VALUES: set[TicketChangeUrgency] = {
    1,
    2,
    3,
}


def check_ticket_change_urgency(value: int) -> TicketChangeUrgency:
    if value in TICKET_CHANGE_URGENCY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TICKET_CHANGE_URGENCY_VALUES!r}")
