from typing import Literal

WebhookAnswerPauseReason = Literal["", "failing", "gone", "owner", "person", "secret"]

WEBHOOK_ANSWER_PAUSE_REASON_VALUES: set[WebhookAnswerPauseReason] = {
    "",
    "failing",
    "gone",
    "owner",
    "person",
    "secret",
}


def check_webhook_answer_pause_reason(value: str) -> WebhookAnswerPauseReason:
    if value in WEBHOOK_ANSWER_PAUSE_REASON_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {WEBHOOK_ANSWER_PAUSE_REASON_VALUES!r}")
