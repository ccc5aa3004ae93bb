"""The first stages: which mailbox, seen before, automatic, a delivery report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from deskbell.channels.actions.bounced import mark_bounced
from deskbell.channels.actions.mailbox_test_header import TEST_HEADER
from deskbell.channels.actions.mailbox_tests import mark_returned
from deskbell.channels.installation import installation
from deskbell.channels.intake.addressees import addressed_mailbox
from deskbell.channels.intake.context import Intake, Outcome
from deskbell.channels.intake.identity import address_of, identity_of
from deskbell.channels.mail.automatic import MailClass, classify
from deskbell.channels.models import InboundState
from deskbell.kernel.api import Statement, run
from deskbell.people.api import ContactKind, contact_statement


def mailbox(intake: Intake) -> Outcome | None:
    """For which mailbox of ours."""
    row = intake.row
    if row.mailbox is None:
        row.mailbox = addressed_mailbox(intake.mail, row.envelope_to)
    if row.mailbox is None:
        return intake.park("no_mailbox", _("It is addressed to none of the mailboxes."))
    if not row.mailbox.is_active:
        return intake.park("mailbox_inactive", _("The mailbox %(name)s is switched off.") % {"name": row.mailbox})
    if not row.mailbox.department.is_active:
        return intake.park(
            "department_inactive",
            _("The department %(name)s is no longer active.") % {"name": row.mailbox.department},
        )
    intake.note(str(row.mailbox), mailbox_id=row.mailbox.pk, department_id=row.mailbox.department_id)
    return None


def ahead(intake: Intake) -> list[Statement]:
    """What `known` and the stage "conversation" ask, for the first trip; nothing while no mailbox is known.

    The answers are the lock, `Intake.twins` and `Intake.known_by_address`.
    """
    if intake.row.mailbox_id is None:
        return []
    identify(intake)
    return [*_twins(intake), contact_statement(ContactKind.EMAIL, address_of(intake.mail))]


def known(intake: Intake) -> Outcome | None:
    """Whether the same message came before; copies that come at the same time wait for each other here."""
    row = intake.row
    if intake.twins is None:
        identify(intake)
        _locked, intake.twins = run(_twins(intake))
    if intake.twins:
        return Outcome(
            InboundState.DUPLICATE,
            "duplicate",
            _("The same message came before (number %(id)d).") % {"id": intake.twins[0][0]},
        )
    intake.note(_("not seen before"), mail_id=row.mail_id)
    return None


def identify(intake: Intake) -> None:
    """Fill in by what its copies are found."""
    intake.row.identity = identity_of(intake.mail, intake.row.raw.sha256, intake.row.mailbox_id)


def _twins(intake: Intake) -> list[Statement]:
    # READ COMMITTED: the second statement sees what a copy committed while the first one waited.
    row = intake.row
    return [(_LOCK, [row.identity]), (_TWIN, [row.identity, row.pk, *_NO_TWINS])]


def twins_of(several: Sequence[Intake], also: Iterable[str] = ()) -> list[Statement]:
    """The same for several messages that are no copies of one another; the last statement gives identities.

    also: more to be locked. All who take several locks take them in one order.
    """
    identities = [intake.row.identity for intake in several]
    ids = [intake.row.pk for intake in several]
    return [(_LOCKS, [sorted({*identities, *also})]), (_TWINS, [identities, ids, *_NO_TWINS])]


_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
_TWIN = (
    "SELECT id FROM channels_inboundmessage WHERE identity = %s AND identity <> '' AND id <> %s"
    " AND state NOT IN (%s, %s) ORDER BY id LIMIT 1"
)
_LOCKS = "SELECT pg_advisory_xact_lock(hashtextextended(each, 0)) FROM unnest(%s::text[]) AS each"
_TWINS = (
    "SELECT identity FROM channels_inboundmessage WHERE identity = ANY(%s) AND identity <> '' AND NOT id = ANY(%s)"
    " AND state NOT IN (%s, %s)"
)
_NO_TWINS = (InboundState.RECEIVED.value, InboundState.DUPLICATE.value)


def mailbox_test(intake: Intake) -> Outcome | None:
    """The message of a mailbox's round-trip test has come home."""
    token = intake.mail.header(TEST_HEADER).strip()
    if token and mark_returned(token):
        return Outcome(InboundState.PROCESSED, "test", _("The test message of this mailbox."))
    return None


def automatic(intake: Intake) -> Outcome | None:
    """Whether a person wrote it."""
    row = intake.row
    look_at_author(intake)
    row.mail_class = intake.verdict.kind
    if intake.verdict.kind is MailClass.OWN_LOOP:
        return intake.park("own_loop", _("The desk sent this message itself; it came back."))
    if intake.verdict.is_automatic:
        intake.note(_("automatic: %(sign)s") % {"sign": intake.verdict.reason}, mail_class=intake.verdict.kind)
    else:
        intake.note(_("written by a person, as far as its headers say"))
    return None


def look_at_author(intake: Intake) -> None:
    """Fill in the verdict, once."""
    if not intake.is_classified:
        intake.verdict = classify(
            intake.mail, intake.raw, installation=installation(), envelope_sender=intake.row.envelope_from
        )
        intake.is_classified = True


def bounce(intake: Intake) -> Outcome | None:
    """A delivery report goes to the message it is about and becomes no ticket."""
    report = intake.verdict.bounce
    if intake.verdict.kind is not MailClass.BOUNCE or report is None:
        return None
    failed = [f"{r.address} {r.status}".strip() for r in report.failed]
    intake.note(_("delivery report"), failed=failed, about=list(report.original_message_ids[:5]))
    message = mark_bounced(report)
    if message is None:
        return intake.park("bounce_unmatched", _("A delivery report about a message that is not known here."))
    intake.row.ticket_id, intake.row.message_id = message.ticket_id, message.pk
    if report.is_delayed or not report.failed:
        return Outcome(
            InboundState.PROCESSED, "delay_report", _("Delivery is delayed; the other server goes on trying.")
        )
    return Outcome(InboundState.PROCESSED, "bounce", _("A delivery report; it is shown at the message it is about."))
