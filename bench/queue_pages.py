"""How long the lists take on the data of `desk_data.py`: median of 7 runs in milliseconds, pages touched, queries.

python bench/queue_pages.py [--explain NAME]
"""

# ruff: noqa: ANN001, ANN003, ANN202, PLR2004

import json
import statistics
import sys
import time

import django
from django.db import connection
from django.test.utils import CaptureQueriesContext

RUNS = 7


def cases() -> dict:
    from deskbell.people.api import Department, RoleAssignment, User, viewer_for
    from deskbell.tickets.api import (
        QueueFilter,
        Ticket,
        customer_tickets,
        queue,
        search_tickets,
        ticket_page,
        view_counts,
    )

    bench = User.objects.filter(email__startswith="bench")
    agent = viewer_for(bench.filter(role_assignments__isnull=False).order_by("pk")[3])
    small = Department.objects.filter(name__startswith="Bench").order_by("-pk")[0]
    in_small = viewer_for(User.objects.get(pk=RoleAssignment.objects.filter(department=small).values("user_id")[:1]))
    admin = _administrator()
    customer = viewer_for(bench.filter(organisation__isnull=False).order_by("pk")[7])
    newest = Ticket.objects.filter(department_id=min(agent.grants)).latest("pk").pk

    def filtered(viewer, **values):
        return lambda: queue(viewer, QueueFilter(**values))

    def deep(viewer, **values):
        cursor = queue(viewer, QueueFilter(**values), size=200).next
        return lambda: queue(viewer, QueueFilter(**values), after=cursor)

    found = {}
    for name, viewer in (("administrator", admin), ("agent", agent), ("agent of a small department", in_small)):
        for view in ("all", "departments", "unassigned", "mine"):
            found[f"{name}: {view}"] = filtered(viewer, view=view)
        found[f"{name}: all states"] = filtered(viewer, state_categories=())
        found[f"{name}: all states, next page"] = deep(viewer, state_categories=())
        for sort in ("oldest", "created", "priority", "waiting", "follow_up"):
            found[f"{name}: sort {sort}"] = filtered(viewer, sort=sort)
        found[f"{name}: tag"] = filtered(viewer, tags=("vip",))
        for label, text in (
            ("rare", "w19000"),
            ("middling", "w300"),
            ("common", "printer"),
            ("everywhere", "the"),
            ("prefix", "w1"),
            ("none", "zzz"),
        ):
            found[f"{name}: search {label}"] = lambda viewer=viewer, text=text: search_tickets(viewer, text)
        found[f"{name}: open tickets, search everywhere"] = filtered(viewer, text="the")
        found[f"{name}: counts"] = lambda viewer=viewer: view_counts(viewer)
    found["agent: ticket page"] = lambda: ticket_page(agent, newest)
    found["customer: mine"] = lambda: customer_tickets(customer, state="all")
    found["customer: organisation"] = lambda: customer_tickets(customer, state="all", scope="organisation")
    found["customer: search everywhere"] = lambda: customer_tickets(customer, state="all", text="the")
    return found


def _administrator():
    from deskbell.people.api import Role, RoleAssignment, User, viewer_for

    user, _new = User.objects.get_or_create(email="bench-admin@example.org", defaults={"name": "Bench administrator"})
    RoleAssignment.objects.get_or_create(user=user, role=Role.objects.get(code="administrator"), department=None)
    return viewer_for(user)


def main() -> None:
    for name, work in cases().items():
        if len(sys.argv) > 1 and sys.argv[1] not in name:
            continue
        times = []
        for _run in range(RUNS):
            started = time.perf_counter()
            work()
            times.append((time.perf_counter() - started) * 1000)
        with CaptureQueriesContext(connection) as captured:
            work()
        print(f"{statistics.median(times):8.1f} ms {len(captured):3} queries {_pages(captured):8} pages  {name}")
        if len(sys.argv) > 2:
            for query in captured.captured_queries:
                with connection.cursor() as cursor:
                    cursor.execute("EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) " + query["sql"].replace("%", "%%"), [])
                    print(query["sql"][:1500], *(row[0] for row in cursor.fetchall()), sep="\n")


def _pages(captured) -> int:
    total = 0
    for query in captured.captured_queries:
        if not query["sql"].startswith("SELECT"):
            continue
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) " + query["sql"].replace("%", "%%"), [])
            plan = cursor.fetchone()[0]
            plan = json.loads(plan) if isinstance(plan, str) else plan
            total += plan[0]["Plan"]["Shared Hit Blocks"] + plan[0]["Plan"]["Shared Read Blocks"]
    return total


if __name__ == "__main__":
    django.setup()
    main()
