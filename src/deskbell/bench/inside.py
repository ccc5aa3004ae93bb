"""`python -m deskbell.bench.inside`: works inside the desk of DATABASE_URL on behalf of a parent (see `child`).

One line of JSON asks for a method of `Desk`, lines of JSON answer: progress, then the result or an error.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from typing import IO, Any

from deskbell.bench.trouble import BenchError

EXPECTED = (BenchError, OSError)


class Desk:
    """What a parent may ask for."""

    def __init__(self, answers: IO[str]) -> None:
        self._answers = answers
        self._captured: dict[str, list[Any]] = {}

    def prepare(self, tickets: int) -> dict[str, Any]:
        """Bring the schema up to date and load so many tickets; facts about the desk."""
        from django.core.management import call_command
        from django.db import connection

        from deskbell.bench.loading import load
        from deskbell.bench.sizes import Sizes, last_monday
        from deskbell.kernel.api import clock

        self._progress(0.0, "Making the tables")
        call_command("migrate", interactive=False, verbosity=0)
        if "deskbell_cache" not in connection.introspection.table_names():
            call_command("createcachetable", verbosity=0)
        sizes = Sizes(tickets, last_monday(clock.now()))
        loaded = load(os.environ["DATABASE_URL"], sizes, self._progress)
        return {
            "tickets": tickets,
            "rows_seconds": round(loaded.rows_seconds, 1),
            "indexes_seconds": round(loaded.indexes_seconds, 1),
            "schema": self.schema(),
        }

    def schema(self) -> list[str]:
        """The steps the code brings; a desk made with others is made anew."""
        from django.db import connection
        from django.db.migrations.loader import MigrationLoader

        return sorted("/".join(node) for node in MigrationLoader(connection).disk_migrations)

    def facts(self, loaded: int) -> dict[str, Any]:
        """Who is signed in, and what to look for: sessions, tickets with their number of messages, words."""
        from deskbell.bench import samples

        return samples.facts(loaded)

    def sessions(self, count: int, department: int) -> list[str]:
        """Cookies of so many sessions of agents who see this department."""
        from deskbell.bench import samples

        return samples.sessions(count, department)

    def capture(self, name: str, path: str, cookie: str) -> dict[str, Any]:
        """Draw a page here and keep its SQL under a name: how many statements, and how many of them only read."""
        from deskbell.bench.bare import capture

        statements = capture(path, cookie)
        self._captured[name] = [statement for statement in statements if statement.reads]
        return {"queries": len(statements), "reading": len(self._captured[name])}

    def bare(self, name: str) -> float:
        """Milliseconds of the same statements, one after the other, through psycopg alone."""
        from deskbell.bench.bare import run

        return run(os.environ["DATABASE_URL"], self._captured[name])

    def profile(self, pages: list[list[str]], runs: int) -> dict[str, float]:
        """Where the time of pages (path, cookie) goes, in milliseconds."""
        from deskbell.bench.profiling import profile

        return profile(pages, runs)

    def disk(self) -> list[list[Any]]:
        """Tables and indexes with their bytes."""
        from deskbell.bench.disk import sizes

        return sizes()

    def text_bytes(self) -> int:
        """Bytes of what people wrote."""
        from deskbell.bench.disk import text_bytes

        return text_bytes()

    def touch(self, ticket_id: int) -> float:
        """Change a ticket by the real action; the time right after the commit, by CLOCK_MONOTONIC."""
        from deskbell.bench import samples

        return samples.touch(ticket_id)

    def token(self, user_id: int) -> str:
        """The secret of a token by which a person creates tickets."""
        from deskbell.bench.creation_script import token_for

        return token_for(user_id)

    def creation_script(self, path: str, body: dict[str, Any], token: str) -> dict[str, Any]:
        """The statements by which one ticket is created, as a script for pgbench."""
        from deskbell.bench.creation_script import script

        return script(path, body, token)

    def open_mailbox(self) -> dict[str, Any]:
        """A mailbox that takes mail by SMTP, and people who write to it."""
        from deskbell.bench import intake

        return intake.open_mailbox()

    def take_in(self, address: str, senders: list[str], first: int, count: int) -> dict[str, Any]:
        """Take mail in, from raw bytes."""
        from deskbell.bench import intake

        return intake.take_in(address, senders, first, count)

    def count(self, what: str) -> int:
        """Mails taken in; or tickets."""
        from deskbell.bench import intake

        return intake.count(what)

    def _progress(self, done: float, what: str) -> None:
        self._say("progress", [round(done, 4), what])

    def _say(self, kind: str, value: Any) -> None:
        self._answers.write(json.dumps([kind, value]) + "\n")
        self._answers.flush()

    def answer(self, line: str) -> None:
        """Do what a line asks for."""
        method, arguments = json.loads(line)
        try:
            self._say("result", getattr(self, method)(**arguments))
        except EXPECTED as error:
            self._say("error", str(error))
        except Exception as error:  # noqa: BLE001  (the parent says it; the details stand in the log)
            traceback.print_exc()
            self._say("error", f"{type(error).__name__}: {error}")


def main() -> None:
    # Whatever else is printed must not stand between the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    import django

    django.setup()
    desk = Desk(answers)
    for line in sys.stdin:
        desk.answer(line)


if __name__ == "__main__":
    main()
