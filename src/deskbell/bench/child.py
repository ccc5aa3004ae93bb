"""A process that works inside a desk, asked for one thing after the other: the parent's side.

The parent never loads Django: it only measures, and several desks are measured in one run.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Any, Self

from deskbell.bench.trouble import BenchError

Progress = Callable[[float, str], None]


def _silent(_done: float, _what: str) -> None:
    return


class Inside:
    """Use as a context manager. What it prints besides answers goes where our own errors go."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = dict(environment)
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "deskbell.bench.inside"],
            env=self._environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
            start_new_session=True,
        )  # fmt: skip
        return self

    def __exit__(self, *_: object) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()

    def ask(self, method: str, *, progress: Progress = _silent, **arguments: Any) -> Any:
        """What the method of `inside.Desk` answers. Raises BenchError with its words when it fails."""
        process = self._process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps([method, arguments]) + "\n")
            process.stdin.flush()
        except BrokenPipeError as error:
            raise BenchError("The process that works in the desk ended.") from error
        while True:
            line = process.stdout.readline()
            if not line:
                raise BenchError(f"The process that works in the desk ended while it was asked to {method}.")
            kind, value = json.loads(line)
            if kind == "progress":
                progress(*value)
            elif kind == "error":
                raise BenchError(str(value))
            else:
                return value
