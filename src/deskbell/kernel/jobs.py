"""The job queue: procrastinate on the application's own database.

`task` declares a job; `job.defer(...)` inside a transaction commits it with the change. Arguments are ids
only. procrastinate finds the `jobs` module of each application.
"""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from deskbell.kernel.events import subscribers as _subscribers  # noqa: F401  declares kernel.deliver_event
from deskbell.kernel.files.unreferenced import delete_unreferenced
from deskbell.kernel.rest.idempotency import delete_old

task = app.task
periodic = app.periodic


@periodic(cron="17 * * * *")
@task(name="kernel.delete_unreferenced_files")
def delete_unreferenced_files(timestamp: int) -> None:
    """Bytes that nothing refers to any more go, some each hour."""
    del timestamp
    delete_unreferenced()


@periodic(cron="37 * * * *")
@task(name="kernel.delete_old_answers")
def delete_old_answers(timestamp: int) -> None:
    """Answers of the API that nobody may ask for again by their idempotency key."""
    del timestamp
    delete_old()


__all__ = ["RetryStrategy", "app", "periodic", "task"]
