from typing import Literal

TicketsListSort = Literal["created", "follow_up", "oldest", "priority", "recent", "waiting"]

TICKETS_LIST_SORT_VALUES: set[TicketsListSort] = {
    "created",
    "follow_up",
    "oldest",
    "priority",
    "recent",
    "waiting",
}


def check_tickets_list_sort(value: str) -> TicketsListSort:
    if value in TICKETS_LIST_SORT_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TICKETS_LIST_SORT_VALUES!r}")
