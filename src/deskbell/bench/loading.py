"""Filling an empty desk: rows made by several processes, sent by COPY, indexes made once the rows are there."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from queue import Empty
from time import monotonic
from typing import TYPE_CHECKING

import psycopg

from deskbell.bench import indexes
from deskbell.bench.indexes import BIG, SESSION, Progress, Session
from deskbell.bench.sizes import Sizes

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

    from deskbell.bench.copied import Desk

News = int | str | Counter[str]  # of a process: tickets written, what went wrong, or its words at the end

CHUNK = 500  # tickets whose messages are mixed in the order of time
SAMPLED = 8  # chunks from which common words are learnt
PEOPLE, WRITING = 0.03, 0.5  # shares of the time; the rest are indexes and statistics


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
    search.learn(_sample(sizes, desk), of=sizes.tickets)
    connection.close()
    with psycopg.connect(url, autocommit=True) as session:
        down = indexes.take_down(session)
    words = _write_all(url, sizes, desk, progress, processes or os.cpu_count() or 1)
    search.write_vocabulary(words)
    search.pack_words()
    packing = search.packing_settings()
    connection.close()
    written = monotonic()
    progress(WRITING, "Making indexes")
    indexes.put_up(url, down, packing, lambda done, what: progress(WRITING + (1 - WRITING) * done, what))
    with psycopg.connect(url, autocommit=True) as session:
        for table in BIG:
            _raise_sequence(session, table)
    progress(1.0, "Ready")
    return Loaded(sizes.tickets, written - started, monotonic() - written)


# --- rows


def _write_all(url: str, sizes: Sizes, desk: Desk, progress: Progress, processes: int) -> Counter[str]:
    """Each process takes every n-th chunk, so that all work in the same weeks and rows lie in the order of time.

    How many documents have each word.
    """
    firsts = range(0, sizes.tickets, CHUNK)
    if processes == 1 or len(firsts) < 4:
        return _write_chunks(
            url, sizes, desk, list(firsts), lambda done: progress(_share(done, sizes), "Writing tickets")
        )
    # Forked: sentences, base forms and codes that the sample needed are there, in memory that all share.
    context = multiprocessing.get_context("fork")
    done: Queue[News] = context.Queue()
    workers = [
        context.Process(target=_work, args=(url, sizes, desk, list(firsts[place::processes]), done), daemon=True)
        for place in range(processes)
    ]
    gc.freeze()
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
            if isinstance(news, Counter):
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


def _work(url: str, sizes: Sizes, desk: Desk, firsts: list[int], done: Queue[News]) -> None:
    """In a process of its own."""
    gc.disable()  # nothing made here refers to itself, and looking through all that is kept takes long
    told = 0

    def tell(total: int) -> None:
        nonlocal told
        done.put(total - told)
        told = total

    try:
        done.put(_write_chunks(url, sizes, desk, firsts, tell))
    except Exception as error:  # noqa: BLE001  (the other process says it)
        done.put(f"{type(error).__name__}: {error}")


def _write_chunks(url: str, sizes: Sizes, desk: Desk, firsts: list[int], tell: Callable[[int], None]) -> Counter[str]:
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


def _number(session: Session, statement: str, values: list[object]) -> int:
    row = session.execute(statement, values).fetchone()
    assert row is not None
    return int(str(row[0]))


def _raise_sequence(session: Session, table: str) -> None:
    """The database goes on numbering after the highest id that was copied."""
    numbered = session.execute(
        "SELECT 1 FROM pg_attribute WHERE attrelid = %s::regclass AND attname = 'id' AND attidentity <> ''", [table]
    ).fetchone()
    if numbered:
        statement = (
            "SELECT setval(pg_get_serial_sequence('{0}', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM {0}), false)"
        )
        session.execute(statement.format(table))
