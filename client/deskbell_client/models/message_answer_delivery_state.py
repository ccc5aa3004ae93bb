from typing import Literal

MessageAnswerDeliveryState = Literal["bounced", "failed", "none", "queued", "sending", "sent"]

MESSAGE_ANSWER_DELIVERY_STATE_VALUES: set[MessageAnswerDeliveryState] = {
    "bounced",
    "failed",
    "none",
    "queued",
    "sending",
    "sent",
}


def check_message_answer_delivery_state(value: str) -> MessageAnswerDeliveryState:
    if value in MESSAGE_ANSWER_DELIVERY_STATE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {MESSAGE_ANSWER_DELIVERY_STATE_VALUES!r}")
