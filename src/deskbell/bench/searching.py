"""How long a search takes in the engine itself: `python -m deskbell.bench.searching`.

Asks the desk of DATABASE_URL, one question at a time, without pages or web server. "least": of the rounds of a
question, for a machine that others work on too.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from statistics import quantiles
from typing import Any

import django

ROUNDS = 20  # of each question


def main() -> None:
    """Print p50 and p95 in milliseconds for each role and kind of question, and the size of the index."""
    django.setup()
    from deskbell.bench import samples
    from deskbell.kernel.api import SYSTEM
    from deskbell.tickets import api as tickets

    roles: dict[str, Callable[[str], Any]] = {
        "administrator": lambda text: tickets.find_tickets(SYSTEM, text),
        "agent": _agent(),
        "customer": _customer(),
    }
    words = samples.words(_loaded())
    out = sys.stdout.write
    for role, find in roles.items():
        for kind in ("rare", "middle", "frequent", "two"):
            took, least = [], []
            for language, chosen in words.items():
                spent, found = _measure(find, chosen[kind])
                took += spent
                least.append(min(spent))
                out(f"  {role:14}{kind:9}{language:8} {_line(spent)} least {min(spent):6.1f}  {found}\n")
            out(f"{role:14}{kind:9}all      {_line(took)} least {sum(least) / len(least):6.1f} ms\n")
    out(f"index / text: {_size():.2f}\n")


def _loaded() -> int:
    """How many tickets the desk was made with, as its name says."""
    from django.db import connection

    from deskbell.bench.databases import PREFIX

    return int(str(connection.settings_dict["NAME"]).removeprefix(PREFIX))


def _measure(find: Callable[[str], Any], text: str) -> tuple[list[float], str]:
    from deskbell.kernel.api import reference

    spent = []
    found = find(text)
    for _round in range(ROUNDS):
        started = time.perf_counter()
        with reference.held():  # as a request does
            found = find(text)
        spent.append((time.perf_counter() - started) * 1000)
    return spent, f"{text}: {found.total}{'+' if found.is_more else ''}"


def _line(spent: list[float]) -> str:
    shares = quantiles(spent, n=100)
    return f"p50 {shares[49]:6.1f} p95 {shares[94]:6.1f}"


def _agent() -> Callable[[str], Any]:
    from deskbell.people import api as people
    from deskbell.tickets import api as tickets

    for user in people.User.objects.filter(role_assignments__department__isnull=False).order_by("pk")[:200]:
        viewer = people.viewer_for(user)
        seen = viewer.departments_with(tickets.access.SEE)
        if seen is not None and len(seen) == 1:
            break
    return lambda text: tickets.find_tickets(viewer, text)


def _customer() -> Callable[[str], Any]:
    """The person who asked most."""
    from django.db.models import Count

    from deskbell.people import api as people
    from deskbell.tickets import api as tickets

    rows = tickets.Ticket.objects.values("requester_id").annotate(count=Count("pk")).order_by("-count")
    viewer = people.viewer_for(people.User.objects.get(pk=rows[0]["requester_id"]))
    return lambda text: tickets.find_customer_tickets(viewer, text)


def _size() -> float:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (pg_total_relation_size('search_searchdocument') + pg_total_relation_size('search_word')"
            " + pg_total_relation_size('search_newword'))::float8 / ("
            "(SELECT sum(octet_length(text) + octet_length(subject)) FROM tickets_message)"
            " + (SELECT sum(octet_length(subject)) FROM tickets_ticket))"
        )
        row = cursor.fetchone()
    return float(row[0]) if row else 0.0


if __name__ == "__main__":
    main()
