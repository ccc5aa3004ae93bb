"""The whole bench once, on a small desk: every measurement runs and gives figures."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow


def test_every_measurement_runs_once(tmp_path):
    suffix = os.environ.get("PYTEST_XDIST_WORKER", "") + os.environ.get("DESKBELL_TEST_SUFFIX", "")
    found = tmp_path / "figures.json"
    program = """
import sys
from deskbell.bench import databases
databases.PREFIX = sys.argv.pop(1)
from deskbell.config.cli.main import run
run(sys.argv[1:])
"""
    prefix = f"bench_run_{suffix}_"
    command = [
        sys.executable,
        "-c",
        program,
        prefix,
        "bench",
        "run",
        "--sizes",
        "200",
        "--seconds",
        "0.3",
        "--rounds",
        "4",
    ]
    command += ["--listeners", "20", "--idle", "20", "--mails", "8", "--profile", "--markdown", "--json", str(found)]
    env = os.environ | {"DESKBELL_DATA_DIR": str(tmp_path / "data"), "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    try:
        assert done.returncode == 0, done.stdout + done.stderr
        desk = json.loads(found.read_text())["desks"][0]
        names = {row["name"] for row in desk["rows"]}
        assert {"queue", "ticket", "search: middle", "search: two", "creation", "mail", "mail by SMTP"} <= names
        assert all(row["at_once"] > 0 for row in desk["rows"])
        assert all(row["bare_ms"] > 0 for row in desk["rows"] if not row["name"].startswith("mail"))
        values = {"live_p95_ms", "idle_mb", "start_s", "memory_pss_mb", "kb_per_ticket", "text_kb_per_ticket"}
        assert values <= desk["values"].keys()
        assert "| queue |" in done.stdout
    finally:
        _drop(f"{prefix}200")


def _drop(name: str) -> None:
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
