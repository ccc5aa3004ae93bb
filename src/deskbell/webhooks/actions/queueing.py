"""Jobs that send: one at a time for each webhook, so that a slow server holds up nobody but itself."""

from __future__ import annotations

from datetime import datetime

from deskbell.kernel.jobs import app
from deskbell.webhooks.fan_out import LOCK, QUEUE, SEND_JOB

WAKE_JOB = "webhooks.wake"


def defer_sending(webhook_id: int) -> None:
    """Send what is due, as soon as the job before is done; part of the caller's transaction."""
    app.configure_task(SEND_JOB, queue=QUEUE, lock=f"{LOCK}{webhook_id}").defer(webhook_id=webhook_id)


def defer_waking(webhook_id: int, at: datetime) -> None:
    """Look again later. Without the lock: a job that waits would hold up all that come after it."""
    app.configure_task(WAKE_JOB, queue=QUEUE, schedule_at=at).defer(webhook_id=webhook_id)
