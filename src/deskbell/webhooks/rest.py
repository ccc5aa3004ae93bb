"""REST endpoints of webhooks, over the same actions and queries as the pages. Documented in docs/webhooks.md."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.db import transaction
from ninja import Query
from pydantic import Field, StringConstraints

from deskbell.kernel.rest import api as rest
from deskbell.webhooks import queries
from deskbell.webhooks.access import READ_SCOPE as READ
from deskbell.webhooks.access import WRITE_SCOPE as WRITE
from deskbell.webhooks.actions.pausing import pause, resume
from deskbell.webhooks.actions.sending_again import resend, send_test
from deskbell.webhooks.actions.webhooks import WebhookValues, create_webhook, remove_webhook, update_webhook
from deskbell.webhooks.models import Attempt, Delivery, Webhook

hooks = rest.publish(rest.Endpoints("Webhooks", "Events of the desk, sent to other servers as they happen."))

State = Literal["waiting", "delivered", "failed"]
Name = Annotated[str, rest.text(200, shortest=1), Field(examples=["Stock system"])]
Url = Annotated[str, rest.text(2000, shortest=1), Field(examples=["https://example.org/hooks"])]
Kind = Annotated[str, StringConstraints(max_length=100, pattern=r"^[a-z_]+\.([a-z_]+|\*)$")]
Kinds = Annotated[
    list[Kind],
    Field(
        min_length=1,
        max_length=rest.LONGEST_LIST,
        description="Names of events, or `ticket.*`, `user.*`, `organisation.*` for all of a group.",
        examples=[["ticket.created", "ticket.message_added"]],
    ),
]
Departments = Annotated[
    list[rest.Id],
    Field(max_length=rest.LONGEST_LIST, description="Only tickets of these departments and those below; empty: all."),
]
HeaderName = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9_-]+$")]
Headers = Annotated[
    dict[HeaderName, Annotated[str, rest.text(2000, shortest=1)] | None],
    Field(
        max_length=10,
        json_schema_extra={"additionalProperties": False},
        description="Headers the webhook adds, all of them. Null as a value keeps the one that is stored.",
        examples=[{"X-Key": "123"}],
    ),
]


class WebhookAnswer(rest.Answer):
    """Where events are sent. The secret is shown in the administration only."""

    id: rest.Id
    name: str
    url: str
    kinds: list[str]
    department_ids: list[int]
    header_names: Annotated[list[str], Field(description="Their values are never answered.")]
    owner_id: Annotated[rest.Id, Field(description="It carries what this person may see.")]
    is_active: bool
    pause_reason: Annotated[
        Literal["", "person", "gone", "failing", "owner", "secret"], Field(description="Why it is paused.")
    ]
    paused_at: rest.Time | None
    failing_since: Annotated[rest.Time | None, Field(description="Nothing was delivered since; null: all is well.")]
    last_error: str
    last_success_at: rest.Time | None
    created_at: rest.Time


class WebhookList(rest.Answer):
    items: list[WebhookAnswer]


class AttemptAnswer(rest.Answer):
    """One try."""

    started_at: rest.Time
    seconds: Annotated[float | None, Field(description="Null while it lasts, or when it was cut off.")]
    status: Annotated[int | None, Field(description="Of the answer; null without one.")]
    error: Annotated[str, Field(description="What went wrong, in words; empty when it was taken.")]
    address: Annotated[str, Field(description="The IP address that was connected to.")]
    request_headers: dict[str, str]
    request_body: Annotated[str, Field(description="Empty for those who may not see the subject.")]
    response_headers: dict[str, str]
    response: Annotated[str, Field(description="The first 4 KB of the answer.")]


class DeliveryAnswer(rest.Answer):
    """One event for one webhook."""

    id: rest.Id
    webhook_id: rest.Id
    message_id: Annotated[str, Field(description="The `webhook-id` header, the same in every try.")]
    event_id: Annotated[rest.Id | None, Field(description="Null for a test.")]
    kind: Annotated[str, Field(examples=["ticket.created"])]
    subject_type: str
    subject_id: int
    state: State
    tries: int
    created_at: rest.Time
    next_try_at: Annotated[rest.Time | None, Field(description="Null when nothing more is tried.")]
    finished_at: rest.Time | None
    last_status: int | None
    last_error: str


class DeliveryDetail(DeliveryAnswer):
    """With its tries, the latest first."""

    attempts: list[AttemptAnswer]


class DeliveryList(rest.Answer):
    items: list[DeliveryAnswer]
    next: Annotated[str | None, Field(description="The cursor of the page after this one; null at the end.")]


_SAME = (
    "name", "url", "kinds", "department_ids", "owner_id", "is_active", "pause_reason", "paused_at", "failing_since",
    "last_error", "last_success_at", "created_at",
)  # fmt: skip
_OF_DELIVERY = (
    "webhook_id", "message_id", "event_id", "kind", "subject_type", "subject_id", "state", "tries", "created_at",
    "finished_at", "last_status", "last_error",
)  # fmt: skip


def webhook_answer(row: Webhook) -> WebhookAnswer:
    values = {name: getattr(row, name) for name in _SAME}
    return WebhookAnswer.model_construct(id=row.pk, header_names=list(row.headers), **values)


def _delivery_values(row: Delivery) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(row, name) for name in _OF_DELIVERY}
    return values | {"id": row.pk, "next_try_at": row.next_try_at if row.state == "waiting" else None}


def _attempt(row: Attempt) -> AttemptAnswer:
    return AttemptAnswer.model_construct(**{name: getattr(row, name) for name in AttemptAnswer.model_fields})


def _detail(request: rest.ApiRequest, delivery_id: int) -> DeliveryDetail:
    log = queries.delivery_log(request.viewer, delivery_id)
    attempts = [_attempt(each) for each in log.attempts]
    return DeliveryDetail.model_construct(**_delivery_values(log.delivery), attempts=attempts)


class NewWebhook(rest.Body):
    """It belongs to the caller, and carries what they may see."""

    name: Name
    url: Url
    kinds: Kinds
    department_ids: Departments = []
    headers: Headers = {}


class WebhookChange(rest.Body):
    """What is left out stays as it is. is_active: pause, or go on."""

    name: Name = rest.left_out()
    url: Url = rest.left_out()
    kinds: Kinds = rest.left_out()
    department_ids: Departments = rest.left_out()
    headers: Headers = rest.left_out()
    is_active: bool = rest.left_out()


@hooks.get("/webhooks", scope=READ, answer=WebhookList, summary="List webhooks")
def webhooks_list(request: rest.ApiRequest) -> WebhookList:
    """All webhooks of the desk (there are a hundred at most), by name."""
    return WebhookList.model_construct(items=[webhook_answer(row) for row in queries.webhooks(request.viewer)])


@hooks.post("/webhooks", scope=WRITE, answer=WebhookAnswer, status=201, summary="Add a webhook")
def webhooks_create(request: rest.ApiRequest, new: NewWebhook) -> rest.Answered:
    """The target must be public and speak https, unless an administrator allowed it in the settings."""
    row = create_webhook(
        request.viewer, name=new.name, url=new.url, kinds=new.kinds, department_ids=new.department_ids,
        headers=dict(new.headers),
    )  # fmt: skip
    return rest.Answered(webhook_answer(row), headers={"Location": f"/api/v1/webhooks/{row.pk}"})


@hooks.get("/webhooks/{webhook_id}", scope=READ, answer=WebhookAnswer, summary="Get a webhook")
def webhooks_get(request: rest.ApiRequest, webhook_id: rest.PathId) -> WebhookAnswer:
    return webhook_answer(queries.webhook(request.viewer, webhook_id))


@hooks.patch("/webhooks/{webhook_id}", scope=WRITE, answer=WebhookAnswer, summary="Change a webhook")
def webhooks_update(request: rest.ApiRequest, webhook_id: rest.PathId, change: WebhookChange) -> WebhookAnswer:
    """Only its owner changes what it sends where; pausing is for everybody who manages webhooks."""
    given = change.model_dump(exclude_unset=True)
    is_active = given.pop("is_active", None)
    with transaction.atomic():
        if given:
            values: WebhookValues = given  # type: ignore[assignment]  # the same names
            update_webhook(request.viewer, webhook_id, **values)
        if is_active is not None:
            (resume if is_active else pause)(request.viewer, webhook_id)
    return webhook_answer(queries.webhook(request.viewer, webhook_id))


@hooks.delete("/webhooks/{webhook_id}", scope=WRITE, summary="Remove a webhook")
def webhooks_delete(request: rest.ApiRequest, webhook_id: rest.PathId) -> None:
    """With its log; what waits is not sent."""
    remove_webhook(request.viewer, webhook_id)


@hooks.post("/webhooks/{webhook_id}/test", scope=WRITE, answer=DeliveryDetail, summary="Send a test", idempotent=False)
def webhooks_test(request: rest.ApiRequest, webhook_id: rest.PathId) -> DeliveryDetail:
    """Sends a `webhook.test` event at once and answers what became of it; takes up to ten seconds."""
    return _detail(request, send_test(request.viewer, webhook_id).pk)


@hooks.get("/webhooks/{webhook_id}/deliveries", scope=READ, answer=DeliveryList, summary="List deliveries")
def webhooks_deliveries(
    request: rest.ApiRequest,
    webhook_id: rest.PathId,
    *,
    limit: rest.Limit,
    cursor: rest.Cursor,
    state: Annotated[State | None, Query(None, description="Only those in this state.")],
) -> DeliveryList:
    """The log of a webhook, the latest first; kept for 30 days unless the settings say otherwise."""
    of = f"deliveries {webhook_id} {state}"
    place = rest.read_cursor(cursor, of)
    queries.webhook(request.viewer, webhook_id)
    page = queries.deliveries(
        request.viewer, webhook_id, state=state or "", before=place[0] if place else None, size=limit
    )
    return DeliveryList.model_construct(
        items=[DeliveryAnswer.model_construct(**_delivery_values(row)) for row in page.rows],
        next=rest.write_cursor([page.next], of) if page.next is not None else None,
    )


@hooks.get("/webhook-deliveries/{delivery_id}", scope=READ, answer=DeliveryDetail, summary="Get a delivery")
def webhooks_get_delivery(request: rest.ApiRequest, delivery_id: rest.PathId) -> DeliveryDetail:
    """With every try: what was sent, and what was answered."""
    return _detail(request, delivery_id)


@hooks.post(
    "/webhook-deliveries/{delivery_id}/resend", scope=WRITE, answer=DeliveryDetail, status=202, summary="Send again"
)
def webhooks_resend(request: rest.ApiRequest, delivery_id: rest.PathId) -> DeliveryDetail:
    """Under the same id, with the record as it is now."""
    return _detail(request, resend(request.viewer, delivery_id).pk)
