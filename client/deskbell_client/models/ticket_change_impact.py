from typing import Literal

TicketChangeImpact = Literal[1, 2, 3]

TICKET_CHANGE_IMPACT_VALUES: set[TicketChangeImpact] = {
    1,
    2,
    3,
}


def check_ticket_change_impact(value: int) -> TicketChangeImpact:
    if value in TICKET_CHANGE_IMPACT_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TICKET_CHANGE_IMPACT_VALUES!r}")
