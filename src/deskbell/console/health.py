"""How the desk is doing: database, workers, jobs, mailboxes, parked and failed mail."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from deskbell.channels import api as channels
from deskbell.kernel.api import Viewer, clock
from deskbell.kernel.statements import counted
from deskbell.tickets import api as tickets
from deskbell.webhooks import api as webhooks

WORKER_SILENCE = timedelta(seconds=60)  # procrastinate's workers write a heartbeat every ten seconds
LATE = timedelta(minutes=2)  # a job that has waited longer than this tells of too few workers
COUNTED_UP_TO = 1000
CHECK_GRACE = 3  # a mailbox may be this many times its interval late before it is called silent


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing and how it is. level: good, warn or bad; href: where something can be done about it."""

    title: str
    text: str
    level: str
    href: str = ""
    action: str = ""


def signs(viewer: Viewer) -> list[Sign]:
    """All signs; those with what to do lead only where the viewer may go."""
    may_mail = viewer.may(channels.CONFIGURE)
    workers, waiting, broken, parked, undelivered = counted(
        COUNTED_UP_TO + 1,
        # Heartbeats come from the database's own clock, so they are compared with its time.
        ProcrastinateWorker.objects.filter(last_heartbeat__gt=Now() - WORKER_SILENCE),
        ProcrastinateJob.objects.filter(status="todo"),
        ProcrastinateJob.objects.filter(status="failed"),
        channels.InboundMessage.objects.filter(state="parked"),
        channels.OutboundMessage.objects.filter(state__in=["failed", "bounced"]),
    )
    found = [_database(), _workers(workers), _jobs(waiting, broken)]
    if may_mail:
        found += [_mailboxes(), _parked(parked), _failed(undelivered)]
    if viewer.may(webhooks.MANAGE):
        found.append(_webhooks())
    if viewer.may(tickets.access.CONFIGURE):
        found.append(_unread_files(viewer))
    return found


def _webhooks() -> Sign:
    href, found = reverse("console:webhooks"), webhooks.check_webhooks()
    troubled = [each for each in found if not each.is_well]
    if troubled:
        text = _("%(names)s: %(reason)s") % {
            "names": ", ".join(each.name for each in troubled),
            "reason": troubled[0].sentence,
        }
        return Sign(_("Webhooks"), text, "bad", href, _("Look at them"))
    if not found:
        return Sign(_("Webhooks"), _("None sends events to other servers."), "good", href)
    text = ngettext("%(num)d sends events.", "%(num)d send events.", len(found)) % {"num": len(found)}
    return Sign(_("Webhooks"), text, "good", href)


def _number(count: int) -> str:
    return _("more than %(num)d") % {"num": COUNTED_UP_TO} if count > COUNTED_UP_TO else str(count)


def _database() -> Sign:
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        size = cursor.fetchone()[0]
    took = (time.perf_counter() - started) * 1000
    text = _("Answers in %(ms).1f ms and holds %(mb)d MB.") % {"ms": took, "mb": size // 1_000_000}
    return Sign(_("Database"), text, "good")


def _workers(alive: int) -> Sign:
    if not alive:
        text = _("None is running: mail is neither taken in nor sent. Start one with “deskbell worker”.")
        return Sign(_("Workers"), text, "bad")
    text = ngettext("%(num)d is running.", "%(num)d are running.", alive) % {"num": alive}
    return Sign(_("Workers"), text, "good")


def _jobs(count: int, failed: int) -> Sign:
    if failed:
        text = _("%(failed)s failed for good, %(waiting)s wait. The log names them.")
        return Sign(_("Jobs"), text % {"failed": _number(failed), "waiting": _number(count)}, "warn")
    if not count:
        return Sign(_("Jobs"), _("Nothing waits."), "good")
    return Sign(_("Jobs"), _("%(waiting)s wait for their turn.") % {"waiting": _number(count)}, "good")


def _mailboxes() -> Sign:
    href, action = reverse("console:mailboxes"), _("Look at them")
    boxes = list(channels.Mailbox.objects.filter(is_active=True))
    if not boxes:
        text = _("None is connected, so no mail comes in.")
        return Sign(_("Mailboxes"), text, "warn", reverse("console:mailbox_new"), _("Add mailbox"))
    failing = [box for box in boxes if box.failing_since is not None]
    if failing:
        text = _("%(names)s cannot be reached: %(error)s") % {
            "names": ", ".join(str(box) for box in failing),
            "error": failing[0].last_error or _("no reason was given"),
        }
        return Sign(_("Mailboxes"), text, "bad", href, action)
    silent = [
        box
        for box in boxes
        if box.is_read
        and box.last_checked_at is not None
        and clock.now() - box.last_checked_at > timedelta(seconds=max(box.poll_seconds, 60) * CHECK_GRACE)
    ]
    if silent:
        text = _("%(names)s was not looked at for a while. Is the mail intake running?")
        return Sign(_("Mailboxes"), text % {"names": ", ".join(map(str, silent))}, "warn", href, action)
    text = ngettext("%(num)d is connected.", "%(num)d are connected.", len(boxes)) % {"num": len(boxes)}
    return Sign(_("Mailboxes"), text, "good", href)


def _parked(count: int) -> Sign:
    if not count:
        return Sign(_("Parked mail"), _("None: everything that came in became a ticket or an answer."), "good")
    text = ngettext("%(num)s mail waits for a decision.", "%(num)s mails wait for a decision.", count)
    return Sign(_("Parked mail"), text % {"num": _number(count)}, "warn", reverse("console:parked"), _("Decide"))


def _failed(count: int) -> Sign:
    if not count:
        return Sign(_("Sending"), _("No mail failed."), "good")
    text = ngettext("%(num)s mail was not delivered.", "%(num)s mails were not delivered.", count)
    href = f"{reverse('console:outbox')}?state=failed"
    return Sign(_("Sending"), text % {"num": _number(count)}, "bad", href, _("Look and resend"))


def _unread_files(viewer: Viewer) -> Sign:
    count = sum(each.count for each in tickets.unread_files(viewer))
    if not count:
        return Sign(_("Attached files"), _("The text of every file that was read can be found."), "good")
    text = ngettext("The text of %(num)d file cannot be found.", "The text of %(num)d files cannot be found.", count)
    return Sign(_("Attached files"), text % {"num": count}, "good", reverse("console:unread_files"), _("See why"))
