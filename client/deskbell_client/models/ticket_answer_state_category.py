from typing import Literal

TicketAnswerStateCategory = Literal["active", "cancelled", "closed", "new", "resolved", "waiting"]

TICKET_ANSWER_STATE_CATEGORY_VALUES: set[TicketAnswerStateCategory] = {
    "active",
    "cancelled",
    "closed",
    "new",
    "resolved",
    "waiting",
}


def check_ticket_answer_state_category(value: str) -> TicketAnswerStateCategory:
    if value in TICKET_ANSWER_STATE_CATEGORY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TICKET_ANSWER_STATE_CATEGORY_VALUES!r}")
