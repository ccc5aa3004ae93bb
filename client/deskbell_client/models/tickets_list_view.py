from typing import Literal

TicketsListView = Literal["all", "departments", "mentions", "mine", "unassigned", "watched"]

TICKETS_LIST_VIEW_VALUES: set[TicketsListView] = {
    "all",
    "departments",
    "mentions",
    "mine",
    "unassigned",
    "watched",
}


def check_tickets_list_view(value: str) -> TicketsListView:
    if value in TICKETS_LIST_VIEW_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TICKETS_LIST_VIEW_VALUES!r}")
