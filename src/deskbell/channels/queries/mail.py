"""Traces, raw sources, parked mail and the outbox, for a viewer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deskbell.channels.access import CONFIGURE
from deskbell.channels.mail.html import sanitise
from deskbell.channels.mail.parse import parse
from deskbell.channels.models import InboundMessage, InboundState, OutboundMessage, OutboundState, OutboxMail
from deskbell.kernel.api import NotFound, Viewer, get_visible, read, visible
from deskbell.tickets.api import Message


@dataclass(frozen=True, slots=True)
class MessageTrace:
    """How a message came in or went out. entries: as in InboundMessage.trace; recipients: as in OutboundMessage."""

    inbound: InboundMessage | None
    outbound: OutboundMessage | None

    @property
    def entries(self) -> list[dict[str, Any]]:
        """The steps in order, each with "stage", "at" (ISO 8601, UTC), "text" and "data"."""
        if self.inbound is not None:
            return list(self.inbound.trace)
        return _steps_out(self.outbound) if self.outbound is not None else []

    @property
    def recipients(self) -> list[dict[str, Any]]:
        return list(self.outbound.recipients) if self.outbound else []


def _steps_out(row: OutboundMessage) -> list[dict[str, Any]]:
    """What became of a message on its way out, as steps like those of the way in."""

    def step(stage: str, at: datetime | None, text: str, **data: Any) -> dict[str, Any]:
        return {"stage": stage, "at": at.isoformat() if at else "", "text": text, "data": data}

    names = ", ".join(str(entry["address"]) for entry in row.recipients)
    steps = [step("queued", row.created_at, _("to %(addresses)s") % {"addresses": names}, mail_id=row.mail_id)]
    if row.attempted_at is not None:
        text = ngettext("%(count)d attempt, the last by %(mailbox)s", "%(count)d attempts, the last by %(mailbox)s",
                        row.attempts)  # fmt: skip
        steps.append(step("attempt", row.attempted_at, text % {"count": row.attempts, "mailbox": row.mailbox or "?"}))
    if row.sent_at is not None:
        steps.append(step("accepted", row.sent_at, _("the server answered: %(text)s") % {"text": row.response}))
    if row.last_error:
        steps.append(step(row.state, None, row.last_error))
    if row.state == OutboundState.QUEUED and row.attempts:
        steps.append(step("waiting", row.next_try_at, _("the next attempt")))
    return steps


def trace_for_message(viewer: Viewer, message_id: int) -> MessageTrace | None:
    """The trace of a ticket's message; None for one that mail had nothing to do with. Colleagues only.

    Raises NotFound.
    """
    message = _seen_by_colleague(viewer, message_id)
    inbound = InboundMessage.objects.select_related("mailbox", "raw").filter(message=message).order_by("pk").first()
    outbound = OutboundMessage.objects.select_related("mailbox", "raw").filter(message=message).first()
    return MessageTrace(inbound, outbound) if inbound or outbound else None


def raw_source(viewer: Viewer, message_id: int) -> bytes | None:
    """The bytes of a ticket's message as they came or went; None where there are none. Raises NotFound."""
    found = trace_for_message(viewer, message_id)
    row = None if found is None else found.inbound or found.outbound
    return read(row.raw) if row is not None and row.raw is not None else None


def _seen_by_colleague(viewer: Viewer, message_id: int) -> Message:
    message = get_visible(viewer, Message, message_id)
    if not viewer.is_agent:
        raise NotFound
    return message


def list_inbound(
    viewer: Viewer,
    *,
    states: Sequence[str] = (InboundState.PARKED,),
    sign: str = "",
    mailbox_id: int | None = None,
    before_id: int | None = None,
    limit: int = 50,
) -> list[InboundMessage]:
    """Messages that came in, the latest first; page on with the last one's id as `before_id`."""
    rows = visible(viewer, InboundMessage).filter(state__in=list(states))
    if sign:
        rows = rows.filter(sign=sign)
    if mailbox_id is not None:
        rows = rows.filter(mailbox_id=mailbox_id)
    if before_id is not None:
        rows = rows.filter(pk__lt=before_id)
    return list(rows.select_related("mailbox", "raw", "person").order_by("-pk")[: min(limit, 200)])


def parked_signs(viewer: Viewer) -> list[tuple[str, int]]:
    """Why messages are parked, and how many for each reason, the most frequent first."""
    counted = visible(viewer, InboundMessage).filter(state=InboundState.PARKED).values("sign")
    return [(row["sign"], row["number"]) for row in counted.annotate(number=Count("pk")).order_by("-number", "sign")]


def inbound(viewer: Viewer, inbound_id: int) -> InboundMessage:
    """One message that came in. Raises NotFound."""
    rows = InboundMessage.objects.select_related("mailbox", "raw", "person", "ticket")
    return get_visible(viewer, InboundMessage, inbound_id, rows)


@dataclass(frozen=True, slots=True)
class MailPreview:
    """A stored message for reading: texts safe to show, images held back."""

    subject: str
    sender: str
    to: str
    text: str
    html: str
    headers: tuple[tuple[str, str], ...]
    attachments: tuple[tuple[str, str, int], ...]
    """(name, type, bytes) of each file."""


def preview(raw: bytes) -> MailPreview:
    """What a person reads of raw mail that is no ticket (parked, in the outbox)."""
    mail = parse(raw)
    return MailPreview(
        subject=mail.subject,
        sender=f"{mail.author.name} <{mail.author.address}>".strip() if mail.author.name else mail.author.address,
        to=", ".join(a.address for a in (*mail.to, *mail.cc)),
        text=mail.text[:200_000],
        html=sanitise(mail.html) if mail.html else "",
        headers=tuple((h.name, h.value) for h in mail.headers[:200]),
        attachments=tuple((a.filename, a.content_type, len(a.content)) for a in mail.attachments[:200]),
    )


def inbound_source(viewer: Viewer, inbound_id: int) -> bytes:
    """The bytes of a message that came in. Raises NotFound."""
    return read(inbound(viewer, inbound_id).raw)


def list_outbound(
    viewer: Viewer, *, states: Sequence[str] = (), before_id: int | None = None, limit: int = 50
) -> list[OutboundMessage]:
    """Messages on their way out, the latest first. For whoever configures channels. Raises NotAllowed."""
    viewer.require(CONFIGURE)
    rows = visible(viewer, OutboundMessage)
    if states:
        rows = rows.filter(state__in=list(states))
    if before_id is not None:
        rows = rows.filter(pk__lt=before_id)
    return list(rows.select_related("mailbox", "message__ticket").order_by("-pk")[: min(limit, 200)])


def list_outbox(viewer: Viewer, *, before_id: int | None = None, limit: int = 50) -> list[OutboxMail]:
    """The demonstration's outbox, the latest first."""
    rows = visible(viewer, OutboxMail)
    if before_id is not None:
        rows = rows.filter(pk__lt=before_id)
    return list(rows.order_by("-pk")[: min(limit, 200)])


def outbox_mail(viewer: Viewer, outbox_id: int) -> tuple[OutboxMail, bytes]:
    """One message of the outbox and its bytes. Raises NotFound."""
    row = get_visible(viewer, OutboxMail, outbox_id, OutboxMail.objects.select_related("raw"))
    return row, read(row.raw)
