"""Background jobs of tickets: thin shells, ids only, idempotent."""

from __future__ import annotations

from deskbell.kernel.jobs import periodic, task
from deskbell.tickets.actions.drafts import delete_abandoned_uploads


@periodic(cron="7 * * * *")
@task(name="tickets.delete_abandoned_uploads")
def delete_uploads(timestamp: int) -> None:
    """Files that somebody uploaded and never sent."""
    del timestamp
    delete_abandoned_uploads()
