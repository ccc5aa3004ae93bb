"""Mail intake: raw messages through the real pipeline by two processes, and through the desk's own SMTP."""

from __future__ import annotations

import smtplib
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from deskbell.bench.child import Inside
from deskbell.bench.figures import Row
from deskbell.bench.mails import raw_mail
from deskbell.bench.trouble import BenchError

WORKERS, CONNECTIONS = 2, 8
MESSAGES = 400  # by each way


def measure_pipeline(workers: list[Inside], address: str, senders: list[str], *, messages: int = MESSAGES) -> Row:
    """Each worker takes in its share, from raw bytes to a ticket, as many together as the reader of a mailbox."""
    share = messages // len(workers)
    for worker in workers:
        worker.ask("take_in", address=address, senders=senders, first=0, count=3)
    started = time.perf_counter()
    with ThreadPoolExecutor(len(workers)) as pool:
        asked = [
            pool.submit(worker.ask, "take_in", address=address, senders=senders, first=1_000 * (1 + place), count=share)
            for place, worker in enumerate(workers)
        ]
        answers: list[dict[str, Any]] = [each.result() for each in asked]
    took = time.perf_counter() - started
    created = sum(answer["created"] for answer in answers)
    if created != share * len(workers):
        raise BenchError(f"Of {share * len(workers)} messages only {created} became tickets: {answers}")
    middle = sum(answer["median_ms"] for answer in answers) / len(answers)
    p95 = max(answer["p95_ms"] for answer in answers)
    return Row("mail", middle, p95, at_once=created / took, note=f"{len(workers)} processes, from raw bytes")


def measure_smtp(port: int, inside: Inside, address: str, senders: list[str], *, messages: int = MESSAGES) -> Row:
    """From the first connection until the last message was answered with 250, which is when its ticket is there."""
    before = inside.ask("count", what="mails")
    share = messages // CONNECTIONS

    def deliver(place: int) -> None:
        with smtplib.SMTP("127.0.0.1", port, timeout=120) as session:
            for number in range(share):
                sender = senders[(place * share + number) % len(senders)]
                raw = raw_mail(sender, address, 100_000 * (1 + place) + number)
                session.sendmail(sender, [address], raw)

    started = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(deliver, range(CONNECTIONS)))
    while (done := inside.ask("count", what="mails") - before) < share * CONNECTIONS:
        if time.perf_counter() - started > 300:
            raise BenchError(f"Of {share * CONNECTIONS} messages only {done} became tickets within five minutes.")
        time.sleep(0.05)
    took = time.perf_counter() - started
    return Row("mail by SMTP", 0, 0, at_once=share * CONNECTIONS / took, note=f"{CONNECTIONS} connections")
