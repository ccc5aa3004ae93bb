"""Taking mail in by the real pipeline. Runs inside a desk."""

from __future__ import annotations

import statistics
import time
from typing import Any

from deskbell.bench.http import percentile
from deskbell.bench.mails import raw_mail
from deskbell.bench.organisation import FIRST_CUSTOMER
from deskbell.channels import api as channels
from deskbell.people import api as people
from deskbell.tickets import api as tickets

ADDRESS = "desk@bench-mail.example"
SENDERS = 200
TOGETHER = 20  # as the reader of an IMAP mailbox


def open_mailbox() -> dict[str, Any]:
    """A mailbox delivered to by SMTP, made once, that acknowledges nothing; and customers who write to it."""
    if not channels.Mailbox.objects.filter(address=ADDRESS).exists():
        department = people.Department.objects.order_by("pk").values_list("pk", flat=True)[0]
        channels.Mailbox.objects.create(name="Bench", address=ADDRESS, department_id=department, acknowledges=False)
    known = people.User.objects.filter(pk__gte=FIRST_CUSTOMER, email__isnull=False).order_by("pk")
    return {"address": ADDRESS, "senders": list(known.values_list("email", flat=True)[:SENDERS])}


def take_in(address: str, senders: list[str], first: int, count: int) -> dict[str, Any]:
    """How many became tickets, and how long one took: as many together as a mailbox or busy connections bring."""
    created, times = 0, []
    for begin in range(first, first + count, TOGETHER):
        arrived = [
            channels.Arrived(raw_mail(senders[number % len(senders)], address, number), recipient=address)
            for number in range(begin, min(begin + TOGETHER, first + count))
        ]
        started = time.perf_counter()
        results = channels.deliver_several(arrived)
        times.append((time.perf_counter() - started) * 1000 / len(arrived))
        created += sum(each.state == channels.InboundState.PROCESSED and each.is_new_ticket for each in results)
    return {"created": created, "median_ms": statistics.median(times), "p95_ms": percentile(times, 0.95)}


def count(what: str) -> int:
    """Mails that were taken in ("mails"), or tickets."""
    if what == "tickets":
        return tickets.Ticket.objects.count()
    return channels.InboundMessage.objects.filter(state=channels.InboundState.PROCESSED).count()
