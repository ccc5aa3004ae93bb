"""What is sent: one event with its record as it is now, as the webhook's owner may see both.

Documented with an example of every kind in docs/webhooks.md. Fields are only ever added.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from deskbell.kernel.api import ActorKind, Event, Viewer, visible
from deskbell.people.api import Department, User
from deskbell.webhooks.models import Delivery, Webhook
from deskbell.webhooks.subjects import TEST_KIND, subjects


@dataclass(frozen=True, slots=True)
class Withheld:
    """The owner may not see it, or it lies outside the webhook's departments: nothing is sent, nothing is kept."""


WITHHELD = Withheld()


def build(webhook: Webhook, delivery: Delivery, viewer: Viewer) -> bytes | Withheld:
    """The body of the request, as JSON in UTF-8. viewer: of the webhook's owner, built just now."""
    if delivery.kind == TEST_KIND:
        return _json(test_payload(webhook, delivery))
    event = delivery.event
    if event is None or event.subject_type not in subjects:
        return WITHHELD
    subject = subjects.get(event.subject_type)
    found = visible(viewer, subject.model, subject.find()).filter(pk=event.subject_id).first()
    if found is None or not _in_departments(webhook, subject.departments(found, event)):
        return WITHHELD
    data = {
        "event_id": event.pk,
        "actor": _actor(viewer, event),
        "reason": event.reason,
        "subject": {"type": event.subject_type, "id": event.subject_id},
        "changes": {name: {"from": pair[0], "to": pair[1]} for name, pair in event.changes.items()},
        event.subject_type: subject.represent(viewer, found),
        **subject.details(viewer, event),
    }
    return _json({"id": delivery.message_id, "type": event.kind, "timestamp": moment(event.at), "data": data})


def test_payload(webhook: Webhook, delivery: Delivery) -> dict[str, Any]:
    """What the test button sends."""
    return {
        "id": delivery.message_id,
        "type": TEST_KIND,
        "timestamp": moment(delivery.created_at),
        "data": {"webhook": {"id": webhook.pk, "name": webhook.name}},
    }


def moment(at: datetime) -> str:
    """RFC 3339 in UTC."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _json(payload: dict[str, Any]) -> bytes:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()


def _actor(viewer: Viewer, event: Event) -> dict[str, Any]:
    """Who did it; a person without a name where the owner may not see people."""
    if event.actor_id is None or event.actor_kind == ActorKind.SYSTEM:
        return {"type": "system", "id": None, "name": "Deskbell"}
    name = visible(viewer, User).filter(pk=event.actor_id).values_list("name", flat=True).first()
    return {"type": "person", "id": event.actor_id if name is not None else None, "name": name}


def _in_departments(webhook: Webhook, departments: frozenset[int]) -> bool:
    """Whether the record belongs to one of the webhook's departments, or to one below it."""
    if not webhook.department_ids:
        return True
    wanted = {str(each) for each in webhook.department_ids}
    paths = Department.objects.filter(pk__in=departments).values_list("path", flat=True)
    return any(wanted & set(path.strip("/").split("/")) for path in paths)
