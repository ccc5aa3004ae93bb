from typing import Literal

WebhooksDeliveriesState = Literal["delivered", "failed", "waiting"]

WEBHOOKS_DELIVERIES_STATE_VALUES: set[WebhooksDeliveriesState] = {
    "delivered",
    "failed",
    "waiting",
}


def check_webhooks_deliveries_state(value: str) -> WebhooksDeliveriesState:
    if value in WEBHOOKS_DELIVERIES_STATE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {WEBHOOKS_DELIVERIES_STATE_VALUES!r}")
