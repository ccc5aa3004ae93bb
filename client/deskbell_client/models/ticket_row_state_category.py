from typing import Literal

TicketRowStateCategory = Literal["active", "cancelled", "closed", "new", "resolved", "waiting"]

TICKET_ROW_STATE_CATEGORY_VALUES: set[TicketRowStateCategory] = {
    "active",
    "cancelled",
    "closed",
    "new",
    "resolved",
    "waiting",
}


def check_ticket_row_state_category(value: str) -> TicketRowStateCategory:
    if value in TICKET_ROW_STATE_CATEGORY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TICKET_ROW_STATE_CATEGORY_VALUES!r}")
