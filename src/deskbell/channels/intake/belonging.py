"""The middle stages: who sent it, to which conversation it belongs, and who that person is."""

from __future__ import annotations

from django.utils.translation import gettext as _

from deskbell.channels.intake.addressees import own_addresses, without_detail
from deskbell.channels.intake.context import Intake, Outcome
from deskbell.channels.intake.identity import address_of
from deskbell.channels.intake.language import language_of
from deskbell.channels.mail.authentication import refutation
from deskbell.channels.mail.automatic import MailClass
from deskbell.channels.mail.threading import hints
from deskbell.channels.models import InboundMessage, InboundState, OutboundMessage
from deskbell.channels.options import TRUSTED_AUTHENTICATION
from deskbell.kernel.api import SYSTEM
from deskbell.people.api import (
    ContactKind,
    User,
    contact_found,
    find_by_contact,
    find_or_create_by_email,
    viewer_for,
)
from deskbell.tickets.api import Ticket, by_reply_key
from deskbell.tickets.api import access as ticket_access

MOST_MERGES = 20  # tickets merged into one another; a circle cannot be made, but must not hang us either


def sender(intake: Intake) -> Outcome | None:
    """Whose address it came from."""
    author = intake.mail.author
    if not author.address:
        return intake.park("no_sender", _("It names no sender."))
    intake.address = address_of(intake.mail)
    if not intake.address:
        return intake.park("bad_sender", _("The sender “%(value)s” is no address.") % {"value": author.address[:100]})
    if without_detail(intake.address) in own_addresses():
        return intake.park("own_address", _("It comes from an address of the desk itself."))
    intake.note(intake.address, name=author.name)
    return None


def conversation(intake: Intake) -> Outcome | None:
    """Which ticket it answers, if its sender is part of that one. The subject never decides.

    Colleagues of the new ticket read the trace, so tickets they may not see are not named in it.
    """
    intake.unproven = refutation(intake.mail, TRUSTED_AUTHENTICATION.get())
    if intake.unproven:
        intake.note(_("the sender is not proven: %(result)s") % {"result": intake.unproven})
    found = hints(intake.mail, envelope_recipients=tuple(intake.row.envelope_to))
    if intake.known_by_address is None:
        intake.user = find_by_contact(ContactKind.EMAIL, intake.address)
    else:
        intake.user = contact_found(intake.known_by_address)
    user = intake.user
    for way, candidate in _candidates(found.reply_keys, found.message_ids):
        if user is not None and _takes_part(user, candidate):
            if intake.unproven:
                reason = _("It answers a ticket, but the mail server says that its sender is forged (%(result)s).")
                return intake.park("sender_unproven", reason % {"result": intake.unproven})
            intake.target = candidate
            intake.note(
                _("answers %(ticket)s (%(way)s)") % {"ticket": candidate.number, "way": way}, ticket=candidate.pk
            )
            return _came_already(intake)
        if intake.refused is None:
            intake.refused = candidate
    if intake.refused is not None:
        intake.note(_("names a ticket that its sender is not part of"))
        if user is not None and viewer_for(user).is_agent:
            return intake.park(
                "colleague", _("A colleague wrote to a ticket by mail. Colleagues answer in Deskbell itself.")
            )
    else:
        intake.note(_("no conversation of ours"))
    if _answers_something(intake):
        return intake.park("auto_reply_unmatched", _("An automatic answer that belongs to no ticket."))
    return None


def _candidates(reply_keys: tuple[str, ...], message_ids: tuple[str, ...]) -> list[tuple[str, Ticket]]:
    """Tickets that the hints name, the surest first, each as (how, ticket)."""
    found: dict[int, tuple[str, Ticket]] = {}
    if reply_keys:
        for named in by_reply_key(reply_keys).values():
            ticket = _merged_target(named)
            found.setdefault(ticket.pk, (_("reply address"), ticket))
    if message_ids:
        ids: dict[str, int] = {}
        outgoing = OutboundMessage.objects.filter(mail_id__in=message_ids, message__isnull=False)
        ids.update(outgoing.values_list("mail_id", "message__ticket_id"))
        incoming = InboundMessage.objects.filter(
            mail_id__in=message_ids, ticket__isnull=False, message__isnull=False, state=InboundState.PROCESSED
        )
        for mail_id, ticket_id in incoming.values_list("mail_id", "message__ticket_id"):
            ids.setdefault(mail_id, ticket_id)
        tickets = {t.pk: t for t in Ticket.objects.filter(pk__in=set(ids.values()))}
        for mail_id in message_ids:
            if mail_id in ids:
                ticket = _merged_target(tickets[ids[mail_id]])
                found.setdefault(ticket.pk, (_("reference"), ticket))
    return list(found.values())


def _merged_target(ticket: Ticket) -> Ticket:
    for _step in range(MOST_MERGES):
        if ticket.merged_into is None:
            break
        ticket = ticket.merged_into
    return ticket


def _takes_part(user: User, ticket: Ticket) -> bool:
    return ticket_access.takes_part_as_customer(viewer_for(user), ticket)


def _came_already(intake: Intake) -> Outcome | None:
    """The same message may reach one ticket through two mailboxes."""
    if not intake.row.mail_id or intake.target is None:
        return None
    twin = InboundMessage.objects.filter(
        mail_id=intake.row.mail_id, ticket=intake.target, state=InboundState.PROCESSED
    ).first()
    if twin is None or twin.pk == intake.row.pk:
        return None
    return Outcome(
        InboundState.DUPLICATE, "duplicate", _("The ticket has it already (number %(id)d).") % {"id": twin.pk}
    )


def _answers_something(intake: Intake) -> bool:
    """An automatic answer, as opposed to what a machine reports by itself (which becomes a ticket)."""
    if intake.verdict.kind is not MailClass.AUTO_REPLY:
        return False
    submitted = intake.mail.header("Auto-Submitted").lower()
    if submitted.startswith("auto-generated"):
        return False
    reason = intake.verdict.reason
    by_header = submitted.startswith("auto-replied") or reason.startswith(("X-Auto", "receipt", "Precedence: auto"))
    return by_header or "subject" in reason or bool(intake.mail.in_reply_to)


def person(intake: Intake) -> Outcome | None:
    """Who that is; somebody new is added, with the organisation of their mail domain."""
    language = ""
    if intake.user is None:
        language = language_of(intake.mail)
        intake.user, intake.is_new_person = find_or_create_by_email(
            SYSTEM, intake.address, intake.mail.author.name, language=language
        )
    user = intake.user
    if user.is_blocked:
        return intake.park("blocked", _("%(name)s is blocked.") % {"name": user})
    if not user.is_active:
        return intake.park("deactivated", _("%(name)s is deactivated.") % {"name": user})
    text = _("new: %(name)s") if intake.is_new_person else _("known: %(name)s")
    intake.note(text % {"name": user}, user_id=user.pk, organisation_id=user.organisation_id, language=language)
    return None
