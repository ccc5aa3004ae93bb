"""Does cost grow with the desk? The same pages and actions on 20,000 and on 1,000,000 tickets, as a ratio.

    python bench/queries.py [--only NAME] [--large 1000000] [--json FILE]

Two databases beside that of DATABASE_URL are made once and kept (`deskbell_bench_<tickets>`; some 3 GB and several
minutes for a million). Each case runs in turns on both, so that a busy machine slows both alike; the figure is the
ratio of medians. "bare" is the same SQL run without Django: how much of the time is ours.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

HERE = Path(__file__).parent
RUNS = 15
WARM_UP = 2  # runs that fill caches and are not counted
ALLOWED = 1.3  # design: at a million tickets at most 1.3 times what it takes at 20,000


def address(tickets: int) -> str:
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/deskbell_bench_{tickets}"))


def prepare(tickets: int) -> None:
    """Make and fill the database unless it is there, complete."""
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        name = f"deskbell_bench_{tickets}"
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            with psycopg.connect(address(tickets)) as there:
                found = there.execute("SELECT to_regclass('bench_complete')").fetchone()
                if found and found[0]:
                    return
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # a filling that broke off
        connection.execute(f"CREATE DATABASE {name}")
    print(f"Filling {tickets:,} tickets …", flush=True)
    environment = child_environment(tickets)
    migrate = [sys.executable, "-m", "django", "migrate", "-v0", "--skip-checks"]
    subprocess.run(migrate, env=environment, check=True)
    subprocess.run([sys.executable, str(HERE / "desk_data.py"), str(tickets)], env=environment, check=True)
    with psycopg.connect(address(tickets), autocommit=True) as there:
        there.execute("CREATE TABLE bench_complete ()")


def child_environment(tickets: int) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": address(tickets),
        "DJANGO_SETTINGS_MODULE": "deskbell.config.settings",
        "PYTHONPATH": str(HERE.parent / "src"),
    }


# --- in the process of one database
def cases() -> dict[str, Callable[[], Any]]:
    """What is measured, by name; each on the desk of a million as on the small one."""
    from deskbell.people.api import Role, RoleAssignment, User, viewer_for
    from deskbell.tickets import api as tickets

    bench = User.objects.filter(email__startswith="bench")
    agent = viewer_for(bench.filter(role_assignments__isnull=False).order_by("pk")[3])
    root, _new = User.objects.get_or_create(email="bench-admin@example.org", defaults={"name": "Bench administrator"})
    RoleAssignment.objects.get_or_create(user=root, role=Role.objects.get(code="administrator"), department=None)
    admin = viewer_for(root)
    customer = viewer_for(bench.filter(organisation__isnull=False).order_by("pk")[7])
    newest = tickets.Ticket.objects.filter(department_id=min(agent.grants)).latest("pk").pk
    everything = tickets.QueueFilter(view="all", state_categories=())
    found: dict[str, Callable[[], Any]] = {
        "queue: administrator, all open": lambda: tickets.queue(admin, tickets.QueueFilter(view="all")),
        "queue: administrator, also closed": lambda: tickets.queue(admin, everything),
        "queue: agent, departments": lambda: tickets.queue(agent, tickets.QueueFilter(view="departments")),
        "queue: agent, unassigned": lambda: tickets.queue(agent, tickets.QueueFilter(view="unassigned")),
        "queue: agent, mine": lambda: tickets.queue(agent, tickets.QueueFilter(view="mine")),
        "queue: agent, by priority": lambda: tickets.queue(agent, tickets.QueueFilter(sort="priority")),
        "queue: agent, counts of all views": lambda: tickets.view_counts(agent),
        "search: agent, a rare word": lambda: tickets.search_tickets(agent, "w19000"),
        "search: agent, a common word": lambda: tickets.search_tickets(agent, "printer"),
        "search: administrator, a common word": lambda: tickets.search_tickets(admin, "printer"),
        "portal: my tickets": lambda: tickets.customer_tickets(customer, state="all"),
        "ticket page": lambda: tickets.ticket_page(agent, newest),
        "timeline": lambda: tickets.timeline(agent, newest),
        "create a ticket": lambda: create(customer.user_id or 0, min(agent.grants)),
    }
    return found


def create(requester_id: int, department_id: int) -> None:
    """By the real action, in a transaction that is undone, so that the desk stays as it is."""
    from django.db import transaction

    from deskbell.kernel.api import on_behalf_of
    from deskbell.tickets import api as tickets

    content = tickets.MessageContent(text="The printer prints stripes since this morning.", channel="email")
    with transaction.atomic():
        tickets.create_ticket(
            on_behalf_of(requester_id),
            tickets.NewTicket(
                subject="Stripes", content=content, department_id=department_id, requester_id=requester_id
            ),
        )
        transaction.set_rollback(True)


def serve() -> None:
    """Answer "name" with the milliseconds of one run of it, and "bare name" with those of its SQL alone."""
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    known = cases()
    print(json.dumps(list(known)), flush=True)
    for line in sys.stdin:
        command, name = line.strip().split(" ", 1)
        if command == "run":
            started = time.perf_counter()
            known[name]()
            print(json.dumps((time.perf_counter() - started) * 1000), flush=True)
        else:
            with CaptureQueriesContext(connection) as captured:
                result = known[name]()
            queries = [query["sql"] for query in captured.captured_queries]
            print(json.dumps([bare(queries), len(queries), size_of(result)]), flush=True)


def size_of(result: Any) -> int:
    """How many rows a list shows: a small desk may have fewer for one person, which is no gain of speed."""
    rows = getattr(result, "rows", result)
    return len(rows) if isinstance(rows, list) else 1


def bare(queries: list[str]) -> float:
    """Milliseconds of the same statements, one after the other, without Django; 0 for those that write."""
    from django.db import connection

    if any(not query.lstrip("(").startswith("SELECT") for query in queries):
        return 0.0
    connection.ensure_connection()
    raw = connection.connection
    times = []
    for _run in range(RUNS):
        started = time.perf_counter()
        for query in queries:
            with raw.cursor() as cursor:
                cursor.execute(query.encode())
                cursor.fetchall()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


# --- in the process that compares
class Desk:
    """The process of one database."""

    def __init__(self, tickets: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "queries.py"), "--serve"],
            env=child_environment(tickets), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.names: list[str] = self._answer()

    def ask(self, command: str) -> Any:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def compare(small: Desk, large: Desk, only: str) -> list[dict[str, Any]]:
    rows = []
    print(f"{'':42} {'20k':>9} {'1M':>9} {'ratio':>6} {'bare 1M':>9} {'queries':>7}  rows")
    for name in small.names:
        if only not in name:
            continue
        times: dict[str, list[float]] = {"small": [], "large": []}
        for run in range(RUNS + WARM_UP):
            one, other = small.ask(f"run {name}"), large.ask(f"run {name}")
            if run >= WARM_UP:
                times["small"].append(one)
                times["large"].append(other)
        bare_ms, queries, rows_large = large.ask(f"bare {name}")
        _small_bare, _queries, rows_small = small.ask(f"bare {name}")
        row = {
            "case": name,
            "small_ms": round(statistics.median(times["small"]), 2),
            "large_ms": round(statistics.median(times["large"]), 2),
            "bare_ms": round(bare_ms, 2),
            "queries": queries,
            "rows": [rows_small, rows_large],
        }
        row["ratio"] = round(row["large_ms"] / row["small_ms"], 2)
        rows.append(row)
        # More rows on the page of the large desk are more work, not a slower desk.
        mark = "" if row["ratio"] <= ALLOWED or rows_large > rows_small else "  over"
        shown = f"{row['bare_ms']:9.1f}" if bare_ms else f"{'writes':>9}"
        times_shown = f"{row['small_ms']:9.1f} {row['large_ms']:9.1f} {row['ratio']:6.2f} {shown}"
        print(f"{name:42} {times_shown} {queries:7}  {rows_small}/{rows_large}{mark}")
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", type=int, default=20_000)
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--only", default="", help="cases whose name holds this")
    parser.add_argument("--json", type=Path, help="write the figures there, too")
    parser.add_argument("--prepare", action="store_true", help="fill the databases and stop")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.serve:
        serve()
        return
    prepare(chosen.small)
    prepare(chosen.large)
    if chosen.prepare:
        return
    small, large = Desk(chosen.small), Desk(chosen.large)
    rows = compare(small, large, chosen.only)
    small.end()
    large.end()
    if chosen.json:
        chosen.json.write_text(json.dumps(rows, indent=1) + "\n")
    sys.exit(any(row["ratio"] > ALLOWED and row["rows"][0] >= row["rows"][1] for row in rows))


if __name__ == "__main__":
    main()
