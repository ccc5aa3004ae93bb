from typing import Literal

TicketsListStatusItemType0 = Literal["active", "cancelled", "closed", "new", "resolved", "waiting"]

TICKETS_LIST_STATUS_ITEM_TYPE_0_VALUES: set[TicketsListStatusItemType0] = {
    "active",
    "cancelled",
    "closed",
    "new",
    "resolved",
    "waiting",
}


def check_tickets_list_status_item_type_0(value: str) -> TicketsListStatusItemType0:
    if value in TICKETS_LIST_STATUS_ITEM_TYPE_0_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TICKETS_LIST_STATUS_ITEM_TYPE_0_VALUES!r}")
