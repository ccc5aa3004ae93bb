"""Setting up webhooks."""

from __future__ import annotations

import json
from typing import Any, TypedDict

from django.db import transaction
from django.utils.translation import gettext as _
from typing_extensions import Unpack

from deskbell.kernel.api import Invalid, NotAllowed, NotFound, Viewer, apply, clock, record, storable
from deskbell.people.api import Department
from deskbell.webhooks import events, own_headers
from deskbell.webhooks.access import MANAGE
from deskbell.webhooks.models import Webhook
from deskbell.webhooks.options import allowed
from deskbell.webhooks.sending.signing import new_secret
from deskbell.webhooks.sending.targets import Refused, check_written, read_target
from deskbell.webhooks.subjects import offered_names, subjects_of

MOST = 100  # webhooks of a desk: every event asks all of them


class WebhookValues(TypedDict, total=False):
    """What a person sets of a webhook. headers: all of them; None as a value keeps the one that is stored."""

    name: str
    url: str
    kinds: list[str]
    department_ids: list[int]
    headers: dict[str, str | None]


@transaction.atomic
def create_webhook(viewer: Viewer, **values: Unpack[WebhookValues]) -> Webhook:
    """Add a webhook that carries what the viewer may see. Raises NotAllowed, Invalid naming each field."""
    viewer.require(MANAGE)
    if viewer.user_id is None:
        raise NotAllowed(_("A webhook belongs to a person: it carries what they may see."))
    if Webhook.objects.count() >= MOST:
        raise Invalid(_("There are %(num)d webhooks already. Remove one first.") % {"num": MOST})
    webhook = Webhook(owner_id=viewer.user_id, secret=new_secret(), created_at=clock.now())
    changes = apply(webhook, **_clean({"name": "", "url": "", "kinds": [], **values}, webhook))
    webhook.save()
    record(viewer, events.WEBHOOK_CREATED, webhook.pk, changes=_without_secrets(changes))
    return webhook


@transaction.atomic
def update_webhook(viewer: Viewer, webhook_id: int, **values: Unpack[WebhookValues]) -> Webhook:
    """Change what is given. Only the owner may: it is their sight that goes there.

    Raises NotFound, NotAllowed, Invalid naming each field.
    """
    webhook = lock_webhook(viewer, webhook_id)
    require_owner(viewer, webhook)
    changes = apply(webhook, **_clean(values, webhook))
    if changes:
        if "url" in changes:
            webhook.rest_until, webhook.failures, webhook.failing_since, webhook.last_error = None, 0, None, ""
        webhook.save()
        record(viewer, events.WEBHOOK_CHANGED, webhook.pk, changes=_without_secrets(changes))
    return webhook


@transaction.atomic
def remove_webhook(viewer: Viewer, webhook_id: int) -> None:
    """Remove a webhook with its log; what waits is not sent. Raises NotFound, NotAllowed."""
    webhook = lock_webhook(viewer, webhook_id)
    name = str(webhook)
    webhook.delete()
    record(viewer, events.WEBHOOK_REMOVED, webhook_id, events.NameData(name=name))


@transaction.atomic
def take_over(viewer: Viewer, webhook_id: int) -> Webhook:
    """Become the owner: from now on it carries what the viewer may see. Raises NotFound, NotAllowed."""
    webhook = lock_webhook(viewer, webhook_id)
    if viewer.user_id is None:
        raise NotAllowed
    changes = apply(webhook, owner_id=viewer.user_id)
    if changes:
        webhook.save(update_fields=["owner"])
        record(viewer, events.WEBHOOK_TAKEN_OVER, webhook.pk, changes=changes)
    return webhook


def lock_webhook(viewer: Viewer, webhook_id: int) -> Webhook:
    """Raises NotAllowed, NotFound."""
    viewer.require(MANAGE)
    rows = Webhook.objects.select_for_update(of=("self",), no_key=True).select_related("owner")
    webhook = rows.filter(pk=webhook_id).first()
    if webhook is None:
        raise NotFound
    return webhook


def require_owner(viewer: Viewer, webhook: Webhook) -> None:
    """Raises NotAllowed. Otherwise a manager could have others' sight sent to a server of their own."""
    if not viewer.is_system and viewer.user_id != webhook.owner_id:
        raise NotAllowed(
            _("It carries what %(name)s may see, so only they change it. Take it over first.") % {"name": webhook.owner}
        )


def _clean(values: WebhookValues, webhook: Webhook) -> dict[str, Any]:
    """Values fit to be stored. Raises Invalid naming each field that is wrong."""
    cleaned: dict[str, Any] = {}
    problems: dict[str, str] = {}
    if "url" in values:
        cleaned["url"] = values["url"].strip()
        problems |= _check_url(cleaned["url"])
    if "name" in values:
        cleaned["name"] = " ".join(storable(values["name"]).split())[:200]
        if not cleaned["name"]:
            problems["name"] = _("Give it a name.")
    if "kinds" in values:
        cleaned["kinds"] = list(dict.fromkeys(values["kinds"]))
        problems |= _check_kinds(cleaned["kinds"])
    if "department_ids" in values:
        cleaned["department_ids"] = sorted(set(values["department_ids"]))
        problems |= _check_departments(cleaned["department_ids"])
    if "headers" in values:
        problems |= _take_headers(cleaned, values["headers"], webhook)
    elif "url" in cleaned and not problems and webhook.own_headers and _host(cleaned["url"]) != _host(webhook.url):
        problems["headers"] = _("The server has changed: enter the values of its headers again.")
    kinds, departments = (cleaned.get(name, getattr(webhook, name)) for name in ("kinds", "department_ids"))
    if departments and not problems and not all(subject.has_departments for subject in subjects_of(kinds)):
        problems["department_ids"] = _("People and organisations belong to no department: choose events of tickets "
                                       "only, or no department.")  # fmt: skip
    if problems:
        raise Invalid(fields=problems)
    return cleaned


def _check_url(url: str) -> dict[str, str]:
    try:
        check_written(read_target(url), allowed())
    except Refused as refusal:
        return {"url": str(refusal)}
    return {}


def _host(url: str) -> str:
    try:
        return read_target(url).authority
    except Refused:
        return ""


def _check_kinds(kinds: list[str]) -> dict[str, str]:
    if not kinds:
        return {"kinds": _("Choose at least one.")}
    unknown = set(kinds) - offered_names()
    return {"kinds": _("There is no event “%(name)s”.") % {"name": min(unknown)[:100]}} if unknown else {}


def _check_departments(ids: list[int]) -> dict[str, str]:
    known = Department.objects.filter(pk__in=ids).count()
    return {} if known == len(ids) else {"department_ids": _("Choose departments of this desk.")}


def _take_headers(cleaned: dict[str, Any], given: dict[str, str | None], webhook: Webhook) -> dict[str, str]:
    """A stored value is kept where none is given, as long as it goes to the server it was given for."""
    kept = {name for name, value in given.items() if value is None}
    stored = webhook.headers
    if kept and _host(cleaned.get("url", webhook.url)) != _host(webhook.url):
        return {"headers": _("The server has changed: enter the values of its headers again.")}
    if kept - set(stored):
        return {"headers": _("Give the value of %(name)s.") % {"name": min(kept - set(stored))[:100]}}
    headers = {name: stored[name] if value is None else value.strip() for name, value in given.items()}
    problem = own_headers.check(headers)
    if problem:
        return {"headers": problem}
    cleaned["own_headers"] = json.dumps(headers) if headers else ""
    return {}


def _without_secrets(changes: dict[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    """The log says that headers changed, never to what."""
    mask = (own_headers.MASK, own_headers.MASK)
    return {name: mask if name == "own_headers" else pair for name, pair in changes.items()}
