from typing import Literal

MyTicketsListState = Literal["all", "ended", "open"]

MY_TICKETS_LIST_STATE_VALUES: set[MyTicketsListState] = {
    "all",
    "ended",
    "open",
}


def check_my_tickets_list_state(value: str) -> MyTicketsListState:
    if value in MY_TICKETS_LIST_STATE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {MY_TICKETS_LIST_STATE_VALUES!r}")
