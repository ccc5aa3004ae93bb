"""The acknowledgement of a new ticket, within what one address may get of automatic mail."""

from __future__ import annotations

from django.db import connection
from django.utils.translation import gettext as _

from deskbell.channels.acknowledgement import Rendered, render_acknowledgement
from deskbell.channels.models import Mailbox
from deskbell.channels.options import AUTOMATIC_PER_DAY
from deskbell.kernel.api import Invalid, clock
from deskbell.people.api import User
from deskbell.tickets import api as tickets


def acknowledge(ticket: tickets.Ticket, mailbox: Mailbox, user: User, address: str) -> str:
    """Answer a new ticket by the template of its department and the person's language.

    Runs inside the transaction that created the ticket, and never undoes it: an acknowledgement that cannot be written
    is a sentence in the trace. Returns what was done, for the trace.
    """
    rendered = render_acknowledgement(ticket, mailbox, user)
    if rendered is None:
        return _("none: there is no template")
    count = count_automatic_mail(address)
    if count > AUTOMATIC_PER_DAY.get():
        return _("none: %(address)s got %(count)d automatic mails today") % {"address": address, "count": count - 1}
    try:
        _queue(ticket, rendered, tickets.Recipient(name=user.name, address=address))
    except Invalid as refusal:
        return _("none: it could not be written (%(reason)s)") % {"reason": refusal}
    if rendered.error:
        text = _("queued in %(language)s with the built-in text, because the template failed: %(reason)s")
        return text % {"language": rendered.language, "reason": rendered.error}
    return _("queued in %(language)s") % {"language": rendered.language}


def _queue(ticket: tickets.Ticket, rendered: Rendered, recipient: tickets.Recipient) -> None:
    tickets.answer_new(
        ticket,
        tickets.MessageContent(
            subject=rendered.subject,
            text=rendered.text,
            channel=tickets.Channel.EMAIL,
            to=[recipient],
            is_automatic=True,
        ),
    )


def count_automatic_mail(address: str) -> int:
    """Count one more automatic mail to `address` today (UTC) and return how many that makes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into channels_automaticmailcount (address, day, count) values (%s, %s, 1) "
            "on conflict (address, day) do update set count = channels_automaticmailcount.count + 1 returning count",
            [address[:320], clock.now().date()],
        )
        row = cursor.fetchone()
    return int(row[0])
