"""Background jobs of tickets: thin shells, ids only, idempotent."""

from __future__ import annotations

from deskbell.kernel.jobs import RetryStrategy, periodic, task
from deskbell.tickets.actions.attachment_texts import READ_JOB, defer_forgotten, read_file
from deskbell.tickets.actions.drafts import delete_abandoned_uploads


@periodic(cron="7 * * * *")
@task(name="tickets.delete_abandoned_uploads")
def delete_uploads(timestamp: int) -> None:
    """Files that somebody uploaded and never sent."""
    del timestamp
    delete_abandoned_uploads()


@task(name=READ_JOB, queue="files", retry=RetryStrategy(max_attempts=5, exponential_wait=3))
def read(*, file_id: int, **_later: object) -> None:
    """Read the text inside a file. What is wrong with the file is no error of the job; the storage being away is."""
    read_file(file_id)


@periodic(cron="37 * * * *")
@task(name="tickets.read_forgotten_files", queue="files")
def read_forgotten(timestamp: int) -> None:
    """Files whose job a crash or a long outage left behind."""
    del timestamp
    defer_forgotten()
