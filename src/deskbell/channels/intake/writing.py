"""The last stages: what was written, the ticket it goes to, and the acknowledgement."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from deskbell.channels.actions.acknowledge import acknowledge
from deskbell.channels.intake.addressees import own_addresses, without_detail
from deskbell.channels.intake.context import Intake, Outcome
from deskbell.channels.mail.html import cid_references, has_remote_images, html_to_text, sanitise
from deskbell.channels.mail.html_quotes import split_html
from deskbell.channels.mail.parse import Address, Attachment, ParsedMail
from deskbell.channels.mail.quotes import Split, split_text
from deskbell.channels.models import InboundState
from deskbell.kernel.api import SYSTEM, Invalid, apart, on_behalf_of, storable, store
from deskbell.people.api import find_or_create_by_email
from deskbell.tickets import api as tickets

LONGEST_TEXT = 500_000  # characters kept as text; the rest stays in the raw message
MOST_FILES = 200
MOST_PARTICIPANTS = 20
_LONGEST_NAME = 255
_NO_PERSON = ("no-reply", "noreply", "donotreply", "do-not-reply", "mailer-daemon", "postmaster")


def content(intake: Intake) -> Outcome | None:
    """Text, HTML and files: what was newly written apart from the quoted history."""
    mail = intake.mail
    text, html = _text_and_html(mail)
    if len(text.visible) > LONGEST_TEXT:
        intake.note(_("the text was cut for display; the raw message has all of it"), characters=len(text.visible))
    files = _files(mail, html.visible + html.quoted)
    intake.body = tickets.MessageContent(
        subject=storable(mail.subject)[:500],
        text=storable(text.visible).strip("\n")[:LONGEST_TEXT] or _without_text(mail),
        html=html.visible,
        quoted_text=storable(text.quoted)[:LONGEST_TEXT],
        quoted_html=html.quoted,
        channel=tickets.Channel.EMAIL,
        to=_recipients(mail.to),
        cc=_recipients(mail.cc),
        attachments=files,
        is_automatic=intake.verdict.is_automatic,
        has_remote_images=has_remote_images(html.visible + html.quoted),
    )
    intake.note(
        _("%(characters)d characters, %(files)d files") % {"characters": len(intake.body.text), "files": len(files)},
        quoted=len(text.quoted),
        html=bool(html.visible),
    )
    return None


def _text_and_html(mail: ParsedMail) -> tuple[Split, Split]:
    """(plain text, sanitised HTML), each split; both empty halves where there is no HTML."""
    if mail.html is None:
        return split_text(mail.text, subject=mail.subject), Split("")
    raw = split_html(mail.html, subject=mail.subject)
    html = Split(sanitise(raw.visible, keep_style=True), sanitise(raw.quoted, keep_style=True))
    text = Split(html_to_text(raw.visible), html_to_text(raw.quoted))
    if not text.visible.strip() and not raw.quoted:
        text = split_text(mail.text, subject=mail.subject)
    return text, html


def _without_text(mail: ParsedMail) -> str:
    return _("(only files)") if mail.attachments else _("(no text)")


def _recipients(addresses: tuple[Address, ...]) -> list[tickets.Recipient]:
    return [
        tickets.Recipient(name=storable(a.name)[:200], address=storable(a.address)[:320])
        for a in addresses[:500]
        if a.address
    ]


def _files(mail: ParsedMail, html: str) -> list[tickets.NewAttachment]:
    shown = cid_references(html)
    return [_file(attachment, shown, number) for number, attachment in enumerate(mail.attachments[:MOST_FILES], 1)]


def _file(attachment: Attachment, shown: set[str], number: int) -> tickets.NewAttachment:
    name = storable(attachment.filename).replace("/", "_").replace("\\", "_").strip()
    if not name:
        kind = attachment.content_type.rpartition("/")[2]
        ending = {"rfc822": "eml", "plain": "txt", "jpeg": "jpg"}.get(kind, kind)[:20]
        name = f"{_('attachment')}-{number}.{ending}"
    return tickets.NewAttachment(
        file=store(attachment.content),
        name=name[-_LONGEST_NAME:],
        content_type=attachment.content_type[:200],
        content_id=storable(attachment.content_id)[:_LONGEST_NAME],
        is_inline=bool(attachment.content_id) and attachment.content_id in shown,
    )


def ticket(intake: Intake) -> Outcome | None:
    """Append to the ticket it belongs to, or create a new one."""
    assert intake.user is not None
    assert intake.body is not None
    viewer = on_behalf_of(intake.user.pk, intake.user.name)
    row = intake.row
    if intake.target is not None:
        try:
            with apart():
                message = tickets.receive(viewer, intake.target.pk, intake.body)
        except Invalid:
            # Closed too long ago: it goes on as a new ticket that names the old one.
            intake.note(_("the ticket it answers takes nothing more"))
            intake.refused, intake.target = intake.target, None
        else:
            row.ticket_id, row.message_id = message.ticket_id, message.pk
            intake.note(_("added to #%(number)d") % {"number": message.ticket_id}, message_id=message.pk)
            return None
    created = _create(intake)
    row.ticket_id, row.message_id = created.pk, created.last_message_id
    intake.target, intake.is_new_ticket = created, True
    intake.note(_("new ticket %(number)s") % {"number": created.number}, message_id=created.last_message_id)
    _mention_the_other(intake, created)
    _mention_the_sender(intake, created)
    return None


def _create(intake: Intake) -> tickets.Ticket:
    assert intake.user is not None
    assert intake.body is not None
    mailbox = intake.mailbox
    with translation.override(intake.user.language):
        subject = intake.body.subject or _("(no subject)")
    return tickets.create_ticket(
        on_behalf_of(intake.user.pk, intake.user.name),
        tickets.NewTicket(
            subject=subject,
            content=intake.body,
            department_id=mailbox.department_id,
            requester_id=intake.user.pk,
            kind=mailbox.default_kind.code if mailbox.default_kind else "question",
            direction=tickets.Direction.IN,
            participants=_participants(intake),
        ),
    )


def _participants(intake: Intake) -> list[tuple[int, tickets.ParticipantRole]]:
    """The others it was written to take part; machines and addresses of ours do not."""
    if intake.verdict.is_automatic:
        return []
    ours = own_addresses()
    found: dict[int, tickets.ParticipantRole] = {}
    for role, addresses in (
        (tickets.ParticipantRole.TO, intake.mail.to),
        (tickets.ParticipantRole.CC, intake.mail.cc),
    ):
        for address in addresses:
            plain = without_detail(address.address)
            if not plain or plain in ours or plain.startswith(_NO_PERSON) or len(found) >= MOST_PARTICIPANTS:
                continue
            try:
                user, _created = find_or_create_by_email(SYSTEM, address.address, address.name)
            except Invalid:
                continue
            if intake.user is not None and user.pk != intake.user.pk and user.is_active:
                found.setdefault(user.pk, role)
    if found:
        intake.note(_("%(count)d others take part") % {"count": len(found)}, user_ids=list(found))
    return list(found.items())


def _mention_the_other(intake: Intake, created: tickets.Ticket) -> None:
    """A new ticket that was meant for another one says so, to those who may see both."""
    other = intake.refused
    if other is None or other.department_id != created.department_id or other.is_restricted:
        return
    text = _("This came as an answer to %(number)s, but could not be added there: %(reason)s") % {
        "number": other.number,
        "reason": _("it was closed too long ago.")
        if not other.is_open
        else _("its sender is not part of that ticket."),
    }
    tickets.add_note(
        SYSTEM, created.pk, tickets.MessageContent(text=text, channel=tickets.Channel.EMAIL, is_automatic=True)
    )


def _mention_the_sender(intake: Intake, created: tickets.Ticket) -> None:
    """Whoever answers must know that it may go to somebody who never wrote."""
    if not intake.unproven:
        return
    text = _("The mail server says that this does not come from its sender (%(result)s).")
    content = tickets.MessageContent(
        text=text % {"result": intake.unproven}, channel=tickets.Channel.EMAIL, is_automatic=True
    )
    tickets.add_note(SYSTEM, created.pk, content)


def acknowledgement(intake: Intake) -> Outcome | None:
    """One for a new ticket, in the language of its person; never for what a machine sent."""
    if not intake.is_new_ticket or intake.target is None:
        intake.note(_("none: this is no new ticket"))
    elif intake.verdict.is_automatic:
        intake.note(_("none: a machine wrote this"))
    elif not intake.mailbox.acknowledges:
        intake.note(_("none: the mailbox does not acknowledge"))
    else:
        assert intake.user is not None
        intake.note(acknowledge(intake.target, intake.mailbox, intake.user, intake.address))
    return Outcome(InboundState.PROCESSED)
