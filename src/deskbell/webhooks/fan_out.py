"""From an event to what each webhook has to send, in the transaction of the event.

One statement of its own, sent together with the event's others: which webhooks want it, a delivery for each, and the
job that sends. A crash after the commit finds everything written. An event that no webhook wants costs nothing: what
all of them want is kept in each process until one of them changes (`kernel.reference`).
Whether the owner may see the subject is not asked here but when it is sent (`payload`).
"""

from __future__ import annotations

from deskbell.kernel.api import Event, reference, send
from deskbell.webhooks.models import Webhook

SEND_JOB = "webhooks.send"
LOCK = "webhooks/"
QUEUE = "webhooks"

_FAN_OUT = """
WITH written AS (
    INSERT INTO webhooks_delivery (webhook_id, event_id, message_id, kind, subject_type, subject_id, created_at,
                                   next_try_at)
    SELECT id, %s, 'msg_' || replace(gen_random_uuid()::text, '-', ''), %s, %s, %s, %s, %s
      FROM webhooks_webhook WHERE is_active AND kinds && %s::text[] ORDER BY id
    ON CONFLICT DO NOTHING
    RETURNING webhook_id
), jobs AS (
    SELECT array_agg(ROW(%s, %s, 0, %s || webhook_id, NULL, jsonb_build_object('webhook_id', webhook_id), NULL)
                     ::procrastinate_job_to_defer_v1) AS all_of_them, count(*) AS number FROM written
)
SELECT procrastinate_defer_jobs_v1(all_of_them) FROM jobs WHERE number > 0
"""


@reference.cached
def wanted_kinds() -> frozenset[str]:
    """What active webhooks want, kinds and groups of kinds."""
    several = Webhook.objects.filter(is_active=True).values_list("kinds", flat=True)
    return frozenset(kind for kinds in several for kind in kinds)


def write_deliveries(event: Event) -> None:
    """Write a delivery for every active webhook that wants events of this kind. Not for the past (`as_history`)."""
    if event.historic:
        return
    wanted = [event.kind, f"{event.subject_type}.*"]
    if wanted_kinds().isdisjoint(wanted):
        return
    send(
        _FAN_OUT,
        [
            event.pk, event.kind, event.subject_type, event.subject_id, event.at, event.at, wanted,
            QUEUE, SEND_JOB, LOCK,
        ],
    )  # fmt: skip
