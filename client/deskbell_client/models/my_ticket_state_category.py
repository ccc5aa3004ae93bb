from typing import Literal

MyTicketStateCategory = Literal["active", "cancelled", "closed", "new", "resolved", "waiting"]

MY_TICKET_STATE_CATEGORY_VALUES: set[MyTicketStateCategory] = {
    "active",
    "cancelled",
    "closed",
    "new",
    "resolved",
    "waiting",
}


def check_my_ticket_state_category(value: str) -> MyTicketStateCategory:
    if value in MY_TICKET_STATE_CATEGORY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {MY_TICKET_STATE_CATEGORY_VALUES!r}")
