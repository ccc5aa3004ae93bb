"""Drafts and uploads: what a person has begun to write, kept on the server. They are theirs alone: no events."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deskbell.kernel.api import (
    Invalid,
    NotAllowed,
    NotFound,
    Option,
    Viewer,
    clock,
    declare,
    storable,
    storable_json,
    store,
)
from deskbell.tickets.locking import seen_ticket
from deskbell.tickets.models import Attachment, Draft, MessageKind

ATTACHMENT_MB = declare(
    Option(
        name="tickets.attachment_mb",
        type=int,
        default=25,
        label=gettext_lazy("Largest attachment in MB"),
        help=gettext_lazy("Most mail servers refuse messages above 25 MB."),
    )
)
LONGEST_NAME = 255  # characters
MOST_WAITING = 50  # uploads of one person that no message has taken yet
MOST_WAITING_BYTES = 250 * 1024 * 1024
ABANDONED_AFTER = timedelta(days=2)  # without a draft, and never sent


@transaction.atomic
def save_draft(  # noqa: PLR0917  (the whole form, in its order)
    viewer: Viewer,
    ticket_id: int | None,
    kind: str,
    html: str,
    text: str,
    fields: Mapping[str, Any] | None = None,
    seen_message_id: int = 0,
) -> Draft:
    """Keep what was written so far; one draft per person, ticket and kind. ticket_id None: the new-ticket form.

    seen_message_id: the newest message when the draft was begun; kept from the first save.
    Raises NotFound, NotAllowed, Invalid.
    """
    user_id = _writer(viewer, ticket_id)
    if kind not in MessageKind.values:
        raise Invalid(fields={"kind": _("Choose a reply or a note.")})
    written = {
        "html": storable(html),
        "text": storable(text),
        "fields": storable_json(dict(fields or {})),
        "updated_at": clock.now(),
    }
    draft, _created = Draft.objects.filter(Q(ticket_id=ticket_id)).update_or_create(
        user_id=user_id,
        kind=kind,
        defaults=written,
        create_defaults=written | {"ticket_id": ticket_id, "seen_message_id": seen_message_id},
    )
    return draft


def get_draft(viewer: Viewer, ticket_id: int | None, kind: str) -> Draft | None:
    """The viewer's draft, with its uploads prefetched. Raises NotFound, NotAllowed."""
    user_id = _writer(viewer, ticket_id)
    return (
        Draft.objects.filter(Q(ticket_id=ticket_id), user_id=user_id, kind=kind).prefetch_related("attachments").first()
    )


@transaction.atomic
def discard_draft(viewer: Viewer, ticket_id: int | None, kind: str) -> None:
    """Throw the draft and its uploads away. Raises NotFound, NotAllowed."""
    user_id = _writer(viewer, ticket_id)
    drafts = Draft.objects.filter(Q(ticket_id=ticket_id), user_id=user_id, kind=kind)
    Attachment.objects.filter(draft__in=drafts, message=None).delete()
    drafts.delete()


@transaction.atomic
def upload_attachment(
    viewer: Viewer,
    name: str,
    content_type: str,
    chunks: bytes | Iterable[bytes],
    *,
    ticket_id: int | None = None,
    kind: str = MessageKind.PUBLIC,
) -> Attachment:
    """Store a file that waits for its message (`MessageContent.attachment_ids`).

    Raises NotFound, NotAllowed, and Invalid when it is larger than the option `tickets.attachment_mb`, or too much
    of the person waits already.
    """
    user_id = _writer(viewer, ticket_id)
    _require_room(user_id)
    limit = ATTACHMENT_MB.get()
    try:
        stored = store(chunks, max_size=limit * 1024 * 1024)
    except Invalid:
        raise Invalid(
            fields={
                "attachment": _("“%(name)s” is larger than %(limit)d MB. Send a smaller file or a link.")
                % {"name": file_name(name), "limit": limit}
            }
        ) from None
    draft = Draft.objects.filter(Q(ticket_id=ticket_id), user_id=user_id, kind=kind).first()
    return Attachment.objects.create(
        file=stored,
        draft=draft,
        uploaded_by_id=user_id,
        name=file_name(name),
        content_type=storable(content_type)[:200] or "application/octet-stream",
        created_at=clock.now(),
    )


@transaction.atomic
def remove_upload(viewer: Viewer, attachment_id: int) -> None:
    """Take back an upload that was not sent yet. Raises NotFound for anything else."""
    deleted, _kinds = Attachment.objects.filter(
        pk=attachment_id, message=None, uploaded_by__isnull=False, uploaded_by_id=viewer.user_id
    ).delete()
    if not deleted:
        raise NotFound


def delete_abandoned_uploads() -> int:
    """Delete uploads of which no draft knows and that no message took within two days; returns how many."""
    abandoned = Attachment.objects.filter(message=None, draft=None, created_at__lt=clock.now() - ABANDONED_AFTER)
    deleted, _kinds = abandoned.delete()
    return deleted


def file_name(name: str) -> str:
    """A name for a file: its last path part, without control characters, at most LONGEST_NAME with its ending."""
    base = storable(name).replace("\\", "/").rsplit("/", 1)[-1]
    base = "".join(each for each in base if unicodedata.category(each) != "Cc").strip()
    if base in {"", ".", ".."}:
        return _("file")
    if len(base) <= LONGEST_NAME:
        return base
    stem, dot, ending = base.rpartition(".")
    if not dot or len(ending) > 20:  # noqa: PLR2004  (no ending is that long)
        return base[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def _require_room(user_id: int) -> None:
    waiting = Attachment.objects.filter(message=None, uploaded_by_id=user_id)
    found = waiting.aggregate(count=Count("pk"), size=Sum("file__size", default=0))
    if found["count"] >= MOST_WAITING or found["size"] >= MOST_WAITING_BYTES:
        raise Invalid(
            fields={"attachment": _("Too many files wait to be sent. Send or remove some of them, then add more.")}
        )


def _writer(viewer: Viewer, ticket_id: int | None) -> int:
    """The writer's id. Raises NotAllowed without a person, NotFound for a ticket they cannot see."""
    if viewer.user_id is None:
        raise NotAllowed
    if ticket_id is not None:
        seen_ticket(viewer, ticket_id)
    return viewer.user_id
