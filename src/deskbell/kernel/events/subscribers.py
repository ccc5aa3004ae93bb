"""Reactions to events: in the transaction (cheap, no I/O, must not fail) or after commit (a job, at least once).

After-commit delivery is one procrastinate job per event and subscriber, committed with the change, so that
it survives a crash between commit and handling. Jobs of one subscriber and one subject share a lock: they
run one at a time and in the order of the events, also through retries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from psycopg.types.json import Jsonb

from deskbell.kernel.events.models import Event
from deskbell.kernel.registry import Registry
from deskbell.kernel.together import send

Handler = Callable[[Event], None]
Condition = Callable[[Event], bool]

RETRY_FIRST_WAIT = 2  # seconds; doubles each time: about a day over all attempts
RETRY_ATTEMPTS = 16


@dataclass(frozen=True, slots=True)
class AfterCommit:
    """A subscriber told after commit. `name` is stored in jobs, so never renamed while jobs wait."""

    name: str
    handler: Handler
    kinds: frozenset[str]
    when: Condition | None = None


_in_transaction: defaultdict[str, list[Handler]] = defaultdict(list)
after_commit_subscribers: Registry[AfterCommit] = Registry("after-commit subscriber")


def in_transaction(*kinds: str) -> Callable[[Handler], Handler]:
    """Run the handler inside the transaction of each event of these kinds."""

    def register(handler: Handler) -> Handler:
        for kind in kinds:
            if handler not in _in_transaction[kind]:
                _in_transaction[kind].append(handler)
        return handler

    return register


def after_commit(name: str, *kinds: str, when: Condition | None = None) -> Callable[[Handler], Handler]:
    """Run the handler in a worker after commit of each event of these kinds; it must be idempotent.

    when: asked in the transaction of the event, cheaply; where it says no, there is no job.
    """

    def register(handler: Handler) -> Handler:
        after_commit_subscribers.register(name, AfterCommit(name, handler, frozenset(kinds), when))
        return handler

    return register


def notify(events: Sequence[Event]) -> None:
    """Run the in-transaction handlers and queue a job for each event and after-commit subscriber, in one query."""
    for event in events:
        for handler in _in_transaction[event.kind]:
            handler(event)
    jobs = [
        _job(subscriber, event)
        for event in events
        if not event.historic
        for subscriber in after_commit_subscribers
        if event.kind in subscriber.kinds and (subscriber.when is None or subscriber.when(event))
    ]
    if jobs:
        send(_DEFER, [jobs])


def _job(subscriber: AfterCommit, event: Event) -> tuple[Any, ...]:
    """As the library's own `procrastinate_job_to_defer_v1`."""
    lock = f"{subscriber.name}/{event.subject_type}/{event.subject_id}"
    arguments = {"subscriber": subscriber.name, "event_id": event.pk}
    return (deliver.queue, deliver.name, deliver.priority, lock, None, Jsonb(arguments), None)


_DEFER = "SELECT procrastinate_defer_jobs_v1(%s::procrastinate_job_to_defer_v1[])"


@app.task(
    name="kernel.deliver_event",
    queue="events",
    retry=RetryStrategy(max_attempts=RETRY_ATTEMPTS, exponential_wait=RETRY_FIRST_WAIT),
)
def deliver(*, subscriber: str, event_id: int, **_later: object) -> None:
    """Tell one subscriber of one event. Unknown keywords are ignored: an older worker meets a newer web."""
    after_commit_subscribers.get(subscriber).handler(Event.objects.get(pk=event_id))
