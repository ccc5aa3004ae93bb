"""Keys, indexes and foreign keys of the big tables: dropped before rows are copied, made from their definitions after.

A key that is there while rows come costs as much as the rows, and its pages end half empty when several processes
write. Making all after takes both cores: the index of search documents, which one process has to make, takes as
long as everything else, so that it begins first and the others are made beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field

import psycopg

Session = psycopg.Connection[tuple[object, ...]]
Progress = Callable[[float, str], None]

DOCUMENTS = "search_searchdocument"
BIG = (
    "tickets_message", "kernel_eventrow", DOCUMENTS, "tickets_ticket", "tickets_ticketread",
    "tickets_attachment", "tickets_participant",
)  # fmt: skip
PEOPLE = ("people_user", "people_contactpoint")
AT_ONCE = 2
SESSION = "SET synchronous_commit = off; SET maintenance_work_mem = '400MB'; SET max_parallel_maintenance_workers = 0"

_FOREIGN = """
SELECT conname, conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND (conrelid::regclass::text = ANY(%(big)s) OR confrelid::regclass::text = ANY(%(big)s))
ORDER BY conname
"""
_KEYS = """
SELECT conname, conrelid::regclass::text, contype, pg_get_constraintdef(oid), pg_get_indexdef(conindid)
FROM pg_constraint WHERE contype IN ('p', 'u') AND conrelid::regclass::text = ANY(%(big)s) ORDER BY conname
"""
_INDEXES = """
SELECT indexrelid::regclass::text, indrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid::regclass::text = ANY(%(big)s) ORDER BY 1
"""
_OTHERS = """
SELECT oid::regclass::text FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND oid::regclass::text <> ALL(%(big)s) ORDER BY relname
"""


@dataclass(slots=True)
class TakenDown:
    """Statements that make everything again, by table."""

    indexes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    keys: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # once their indexes are there
    added: list[str] = field(default_factory=list)  # foreign keys, not yet looked after
    validated: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def take_down(session: Session) -> TakenDown:
    """Drop what only slows down writing."""
    down = TakenDown()
    big = {"big": list(BIG)}
    for name, table, definition in session.execute(_FOREIGN, big).fetchall():
        session.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        down.added.append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition} NOT VALID')
        down.validated[str(table)].append(f'ALTER TABLE {table} VALIDATE CONSTRAINT "{name}"')
    for name, table, kind, definition, index in session.execute(_KEYS, big).fetchall():
        session.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        deferred = str(definition).rpartition(")")[2]
        word = "PRIMARY KEY" if kind == "p" else "UNIQUE"
        down.indexes[str(table)].append(str(index))
        down.keys[str(table)].append(
            f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {word} USING INDEX "{name}"{deferred}'
        )
    for name, table, definition in session.execute(_INDEXES, big).fetchall():
        session.execute(f"DROP INDEX {name}")
        down.indexes[str(table)].append(str(definition))
    return down


def put_up(url: str, down: TakenDown, packing: Sequence[str], progress: Progress) -> None:
    """Make everything again, two statements at a time, and collect statistics.

    packing: settings under which the index of search documents is made.
    """
    documents = down.indexes.pop(DOCUMENTS)
    others = [statement for table in BIG for statement in down.indexes.get(table, ())]
    total = len(documents) + len(others) + len(down.validated) + len(BIG)
    done = 0

    def count(finished: Iterable[Future[None]], what: str = "Making indexes") -> None:
        nonlocal done
        for each in finished:
            each.result()
            done += 1
            progress(done / total, what)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        # All of one connection one after the other, the longest first.
        begun = [pool.submit(run, url, (*packing, statement)) for statement in sorted(documents, key=_is_quick)]
        count(as_completed([pool.submit(run, url, (statement,)) for statement in others]))
        keys = [statement for table, keys in down.keys.items() if table != DOCUMENTS for statement in keys]
        run(url, [*keys, *down.added])
        count(as_completed([pool.submit(run, url, each) for each in down.validated.values()]), "Checking foreign keys")
        tables = [table for table in BIG if table != DOCUMENTS]
        count(as_completed([pool.submit(run, url, [_vacuum(table)]) for table in tables]), "Collecting statistics")
        count(as_completed(begun))
        run(url, [*down.keys[DOCUMENTS], _vacuum(DOCUMENTS)])
        done += 1
        progress(done / total, "Collecting statistics")
        with psycopg.connect(url, autocommit=True) as session:
            small = session.execute(_OTHERS, {"big": list(BIG)}).fetchall()
        # Rows came while their trigrams were there, which leaves pages that are empty.
        run(url, [f"REINDEX TABLE {table}" for table in PEOPLE])
        run(url, [f"ANALYZE {', '.join(str(table) for (table,) in small)}"])


def run(url: str, statements: Iterable[str]) -> None:
    """One after the other, in a session of its own."""
    with psycopg.connect(url, autocommit=True) as session:
        session.execute(SESSION)
        for statement in statements:
            session.execute(statement.encode())


def _is_quick(statement: str) -> bool:
    return "search_lexemes" not in statement


def _vacuum(table: str) -> str:
    return f"VACUUM (ANALYZE) {table}"
