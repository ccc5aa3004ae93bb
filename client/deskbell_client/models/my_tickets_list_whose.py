from typing import Literal

MyTicketsListWhose = Literal["mine", "organisation"]

MY_TICKETS_LIST_WHOSE_VALUES: set[MyTicketsListWhose] = {
    "mine",
    "organisation",
}


def check_my_tickets_list_whose(value: str) -> MyTicketsListWhose:
    if value in MY_TICKETS_LIST_WHOSE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {MY_TICKETS_LIST_WHOSE_VALUES!r}")
