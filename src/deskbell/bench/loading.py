"""Filling an empty desk: rows made by several processes, sent by COPY, indexes made once the rows are there."""

from __future__ import annotations

import multiprocessing
import os
import pickle
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from queue import Empty
from time import monotonic
from typing import TYPE_CHECKING

import psycopg

from deskbell.bench.sizes import Sizes

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

    from deskbell.bench.copied import Desk

Progress = Callable[[float, str], None]
News = int | str | dict[str, int]  # of a process: tickets written, what went wrong, or its words at the end

CHUNK = 500  # tickets whose messages are mixed in the order of time
BIG = (
    "tickets_message", "kernel_eventrow", "search_searchdocument", "tickets_ticket", "tickets_ticketread",
    "tickets_attachment", "tickets_participant",
)  # fmt: skip
SAMPLED = 8  # chunks from which common words are learnt
PEOPLE, WRITING = 0.03, 0.65  # shares of the time; the rest are indexes and statistics
SESSION = "SET synchronous_commit = off; SET maintenance_work_mem = '400MB'; SET max_parallel_maintenance_workers = 1"


class NotEmpty(RuntimeError):
    """The database holds a desk of somebody else."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a loading took, in seconds."""

    tickets: int
    rows_seconds: float
    indexes_seconds: float


def load(url: str, sizes: Sizes, progress: Progress, *, processes: int = 0) -> Loaded:
    """Fill the empty desk behind `url`, which is the one Django is set up for. Raises NotEmpty."""
    from django.db import connection

    from deskbell.bench import organisation
    from deskbell.people import api as people
    from deskbell.search import api as search
    from deskbell.tickets import api as tickets

    if tickets.Ticket.objects.exists() or people.User.objects.exists():
        raise NotEmpty("The database has people or tickets already; a bench desk is loaded into an empty one only.")
    started = monotonic()
    progress(0.0, "Making people and departments")
    desk = organisation.set_up(sizes)
    progress(PEOPLE / 2, "Learning common words")
    search.learn(_sample(sizes, desk))
    connection.close()
    with psycopg.connect(url, autocommit=True) as session:
        session.execute(SESSION)
        constraints, indexes = _take_down(session)
        words = _write_all(url, sizes, desk, progress, processes or os.cpu_count() or 1)
        search.write_vocabulary(words)
        search.pack_words()
        packing = search.packing_settings()
        connection.close()
        written = monotonic()
        progress(WRITING, "Making indexes")
        _put_up(url, indexes, constraints, packing, lambda done, what: progress(WRITING + (1 - WRITING) * done, what))
        for table in BIG:
            _raise_sequence(session, table)
        session.execute("ANALYZE")
    progress(1.0, "Ready")
    return Loaded(sizes.tickets, written - started, monotonic() - written)


# --- rows


def _write_all(url: str, sizes: Sizes, desk: Desk, progress: Progress, processes: int) -> dict[str, int]:
    """Each process takes every n-th chunk, so that all work in the same weeks and rows lie in the order of time.

    How many documents have each word.
    """
    firsts = range(0, sizes.tickets, CHUNK)
    if processes == 1 or len(firsts) < 4:
        return _write_chunks(
            url, sizes, desk, list(firsts), lambda done: progress(_share(done, sizes), "Writing tickets")
        )
    context = multiprocessing.get_context("spawn")
    packed = pickle.dumps(desk)  # unpacked when Django is there, which its class needs
    done: Queue[News] = context.Queue()
    workers = [
        context.Process(target=_work, args=(url, sizes, packed, list(firsts[place::processes]), done), daemon=True)
        for place in range(processes)
    ]
    for worker in workers:
        worker.start()
    total = reports = 0
    words: Counter[str] = Counter()
    try:
        while reports < processes:
            try:
                news = done.get(timeout=1)
            except Empty:
                if not any(worker.is_alive() for worker in workers):
                    raise RuntimeError("The processes that write tickets ended early.") from None
                continue
            if isinstance(news, str):
                raise RuntimeError(news)  # noqa: TRY004  what a worker says
            if isinstance(news, dict):
                words.update(news)
                reports += 1
                continue
            total += news
            progress(_share(total, sizes), "Writing tickets")
    finally:
        for worker in workers:
            if reports < processes:
                worker.terminate()
            worker.join()
    return words


def _sample(sizes: Sizes, desk: Desk) -> Iterator[bytes]:
    """Documents of a few chunks, from which the short codes of this desk are learnt before all are written."""
    from deskbell.bench.copied import Writer
    from deskbell.bench.organisation import crews
    from deskbell.bench.shapes import Shapes
    from deskbell.bench.stories import Teller

    teller = Teller(sizes, crews(sizes), desk.languages, len(desk.categories))
    writer = Writer(desk, Shapes(lambda _statement, _values: 0))  # only its documents are kept
    firsts = range(0, sizes.tickets, CHUNK)
    for first in firsts[:: max(1, len(firsts) // SAMPLED)]:
        writer.chunk(teller.stories(first, min(CHUNK, sizes.tickets - first)))
        yield from writer.documents


def _share(done: int, sizes: Sizes) -> float:
    return PEOPLE + (WRITING - PEOPLE) * done / sizes.tickets


def _work(url: str, sizes: Sizes, packed: bytes, firsts: list[int], done: Queue[News]) -> None:
    """In a process of its own."""
    import django

    django.setup()
    desk: Desk = pickle.loads(packed)  # noqa: S301  (our parent made it)
    told = 0

    def tell(total: int) -> None:
        nonlocal told
        done.put(total - told)
        told = total

    try:
        done.put(_write_chunks(url, sizes, desk, firsts, tell))
    except Exception as error:  # noqa: BLE001  (the other process says it)
        done.put(f"{type(error).__name__}: {error}")


def _write_chunks(url: str, sizes: Sizes, desk: Desk, firsts: list[int], tell: Callable[[int], None]) -> dict[str, int]:
    from deskbell.bench.copied import Writer
    from deskbell.bench.organisation import crews
    from deskbell.bench.shapes import Shapes
    from deskbell.bench.stories import Teller

    teller = Teller(sizes, crews(sizes), desk.languages, len(desk.categories))
    total = 0
    with psycopg.connect(url, autocommit=True) as session:
        session.execute(SESSION)
        writer = Writer(desk, Shapes(lambda statement, values: _number(session, statement, values)))
        for first in firsts:
            count = min(CHUNK, sizes.tickets - first)
            chunk = writer.chunk(teller.stories(first, count))
            with session.transaction(), session.cursor() as cursor:
                for name, table in writer.tables.items():
                    with cursor.copy(table.statement) as stream:
                        stream.write("".join(chunk.get(name, ())))
            total += count
            tell(total)
    return writer.words


def _number(session: psycopg.Connection[tuple[object, ...]], statement: str, values: list[object]) -> int:
    row = session.execute(statement, values).fetchone()
    assert row is not None
    return int(str(row[0]))


# --- indexes


def _take_down(session: psycopg.Connection[tuple[object, ...]]) -> tuple[list[str], list[str]]:
    """Drop what only slows down writing; statements that make it again: foreign keys by table, and indexes."""
    foreign: list[str] = []
    unique: list[str] = []
    indexes: list[str] = []
    rows = session.execute(
        "SELECT conname, conrelid::regclass::text, contype, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid::regclass::text = ANY(%s) AND contype IN ('f', 'u')",
        [list(BIG)],
    ).fetchall()
    for name, table, kind, definition in rows:
        session.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        target = foreign if kind == "f" else unique
        target.append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
    rows = session.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i "
        "WHERE i.indrelid::regclass::text = ANY(%s) AND NOT i.indisprimary",
        [list(BIG)],
    ).fetchall()
    for name, definition in rows:
        session.execute(f"DROP INDEX {name}")
        indexes.append(str(definition))
    return [*unique, *foreign], indexes


def _put_up(url: str, indexes: list[str], constraints: list[str], packing: Sequence[str], progress: Progress) -> None:
    """Two at a time: two indexes of one table may be made at once, constraints only one after the other.

    packing: settings under which the index of search documents is made.
    """
    from concurrent.futures import ThreadPoolExecutor, as_completed

    total = len(indexes) + len(constraints) + 2 * len(BIG)
    done = 0

    def run(statement: str) -> None:
        with psycopg.connect(url, autocommit=True) as session:
            session.execute(SESSION)
            if "search_lexemes" in statement:
                for each in packing:
                    session.execute(each)
            session.execute(statement)

    def run_all(statements: list[str], workers: int) -> None:
        nonlocal done
        with ThreadPoolExecutor(workers) as pool:
            for finished in as_completed([pool.submit(run, statement) for statement in statements]):
                finished.result()
                done += 1
                progress(done / total, "Making indexes" if done < total - len(BIG) else "Collecting statistics")

    # The largest first, so that the two end together.
    order = {table: place for place, table in enumerate(BIG)}
    run_all(sorted(indexes, key=lambda text: next(order[table] for table in BIG if f"{table} USING" in text)), 2)
    run_all(constraints, 1)
    # Several processes wrote, each ids of its own stretch: pages that were split are half empty, as on no real desk.
    run_all([f"REINDEX INDEX {table}_pkey" for table in BIG], 1)
    run_all([f"VACUUM (ANALYZE) {table}" for table in BIG], 2)


def _raise_sequence(session: psycopg.Connection[tuple[object, ...]], table: str) -> None:
    """The database goes on numbering after the highest id that was copied."""
    numbered = session.execute(
        "SELECT 1 FROM pg_attribute WHERE attrelid = %s::regclass AND attname = 'id' AND attidentity <> ''", [table]
    ).fetchone()
    if numbered:
        statement = (
            "SELECT setval(pg_get_serial_sequence('{0}', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM {0}), false)"
        )
        session.execute(statement.format(table))
