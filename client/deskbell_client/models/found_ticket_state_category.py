from typing import Literal

FoundTicketStateCategory = Literal["active", "cancelled", "closed", "new", "resolved", "waiting"]

FOUND_TICKET_STATE_CATEGORY_VALUES: set[FoundTicketStateCategory] = {
    "active",
    "cancelled",
    "closed",
    "new",
    "resolved",
    "waiting",
}


def check_found_ticket_state_category(value: str) -> FoundTicketStateCategory:
    if value in FOUND_TICKET_STATE_CATEGORY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {FOUND_TICKET_STATE_CATEGORY_VALUES!r}")
