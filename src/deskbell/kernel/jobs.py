"""The job queue: procrastinate on the application's own database.

`task` declares a job; `job.defer(...)` inside a transaction commits it with the change. Arguments are ids
only. procrastinate finds the `jobs` module of each application.
"""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from deskbell.kernel.events import subscribers as _subscribers  # noqa: F401  declares kernel.deliver_event

task = app.task
periodic = app.periodic

__all__ = ["RetryStrategy", "app", "periodic", "task"]
