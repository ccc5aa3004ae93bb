from typing import Literal

TicketInImpact = Literal[1, 2, 3]

TICKET_IN_IMPACT_VALUES: set[TicketInImpact] = {
    1,
    2,
    3,
}


def check_ticket_in_impact(value: int) -> TicketInImpact:
    if value in TICKET_IN_IMPACT_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TICKET_IN_IMPACT_VALUES!r}")
