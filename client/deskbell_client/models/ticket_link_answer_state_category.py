from typing import Literal

TicketLinkAnswerStateCategory = Literal["active", "cancelled", "closed", "new", "resolved", "waiting"]

TICKET_LINK_ANSWER_STATE_CATEGORY_VALUES: set[TicketLinkAnswerStateCategory] = {
    "active",
    "cancelled",
    "closed",
    "new",
    "resolved",
    "waiting",
}


def check_ticket_link_answer_state_category(value: str) -> TicketLinkAnswerStateCategory:
    if value in TICKET_LINK_ANSWER_STATE_CATEGORY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TICKET_LINK_ANSWER_STATE_CATEGORY_VALUES!r}")
