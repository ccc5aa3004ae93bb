from typing import Literal

TicketDetailStateCategory = Literal["active", "cancelled", "closed", "new", "resolved", "waiting"]

TICKET_DETAIL_STATE_CATEGORY_VALUES: set[TicketDetailStateCategory] = {
    "active",
    "cancelled",
    "closed",
    "new",
    "resolved",
    "waiting",
}


def check_ticket_detail_state_category(value: str) -> TicketDetailStateCategory:
    if value in TICKET_DETAIL_STATE_CATEGORY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TICKET_DETAIL_STATE_CATEGORY_VALUES!r}")
