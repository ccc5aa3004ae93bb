from typing import Literal

MyTicketRowStateCategory = Literal["active", "cancelled", "closed", "new", "resolved", "waiting"]

MY_TICKET_ROW_STATE_CATEGORY_VALUES: set[MyTicketRowStateCategory] = {
    "active",
    "cancelled",
    "closed",
    "new",
    "resolved",
    "waiting",
}


def check_my_ticket_row_state_category(value: str) -> MyTicketRowStateCategory:
    if value in MY_TICKET_ROW_STATE_CATEGORY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {MY_TICKET_ROW_STATE_CATEGORY_VALUES!r}")
