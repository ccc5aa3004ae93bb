"""The writes of one action, sent to the database together: two round trips instead of a dozen.

Inside `together()`, events and whatever is given to `send` wait until the block ends, and then go as one query of
several statements. What reads them must come after the block. Outside of it everything is written at once, so no
caller needs to know.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from deskbell.kernel import reference

if TYPE_CHECKING:
    from deskbell.kernel.events.models import Event

Statement = tuple[str, Sequence[Any]]
Rows = list[tuple[Any, ...]]
Asking = Generator[Sequence[Statement], Sequence[Rows], None]  # yields what it wants to read, is given the rows
Ending = Callable[[], Asking | None]


@dataclass
class Unit:
    """What waits: statements in their order, events, and what is done once at the end, by key.

    event_ids: drawn for events to come, so that they need no trip of their own (`drawn_for_events`).
    """

    statements: list[Statement] = field(default_factory=list)
    event_ids: list[int] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    endings: dict[Hashable, Ending] = field(default_factory=dict)
    gathered: dict[str, list[Any]] = field(default_factory=dict)
    is_whole: bool = False

    def take_statements(self) -> list[Statement]:
        taken, self.statements = self.statements, []
        return taken

    def take_event_ids(self, count: int) -> list[int]:
        """So many of the ids that were drawn beforehand; none when there are fewer.

        Those are then given up, for events written meanwhile would have higher ones than events that come after them.
        """
        taken, self.event_ids = self.event_ids[:count], self.event_ids[count:]
        return taken if len(taken) == count else []

    def take_events(self) -> list[Event]:
        taken, self.events = self.events, []
        return taken


_unit: ContextVar[Unit | None] = ContextVar("deskbell_unit", default=None)
_undivided: ContextVar[bool] = ContextVar("deskbell_undivided", default=False)
_waits: ContextVar[bool] = ContextVar("deskbell_waits", default=False)


def current() -> Unit | None:
    """What waits in the block around; None outside of one."""
    return _unit.get()


@contextmanager
def together() -> Iterator[None]:
    """Write the events and statements of the block together when it ends well; nothing of it when it fails.

    Stands inside `transaction.atomic`, around actions that change no small table (see `reference.held`). An inner
    block writes its events when it ends, so that what follows can read them; what was registered by `at_the_end`
    waits for the outermost one.
    """
    outer = _unit.get()
    if outer is not None:
        yield from _inner(outer)
        return
    unit = Unit()
    token = _unit.set(unit)
    try:
        with reference.held():
            yield
            _finish(unit)
    finally:
        _unit.reset(token)


@contextmanager
def part() -> Iterator[None]:
    """A transaction, or a part of the one around it that fails alone; inside `undivided()` no part of its own."""
    with transaction.atomic(savepoint=not _undivided.get()):
        yield


@contextmanager
def action() -> Iterator[None]:
    """The block of one action: a transaction or a part of one (see `part`), and `together()`."""
    if _waits.get():
        with together():
            yield
        return
    with part(), together():
        yield


@contextmanager
def apart() -> Iterator[None]:
    """Inside `whole()`: actions of this block fail alone again; what waits is written before, not to go with them."""
    unit = _unit.get()
    if unit is None:
        yield
        return
    _write_events(unit)
    if unit.statements:
        run(unit.take_statements())
    before, unit.is_whole = unit.is_whole, False
    token = _undivided.set(False)
    try:
        yield
    finally:
        _undivided.reset(token)
        unit.is_whole = before


@contextmanager
def each_alone() -> Iterator[None]:
    """Several actions in one transaction whose writes wait for the last of them; one that fails leaves nothing behind.

    For actions that give every write to `send` and `record`: of one that fails nothing is there yet, so that it is
    undone by forgetting it, and whoever caught what it raised goes on. Each stands in a `together()` of its own.
    """
    with part(), together():
        unit = _unit.get()
        if unit is None:  # cannot be: `together` has just made it
            raise LookupError("Nothing is gathered here.")
        before, unit.is_whole = unit.is_whole, True
        token = _waits.set(True)
        try:
            yield
        finally:
            _waits.reset(token)
            unit.is_whole = before


@contextmanager
def undivided() -> Iterator[None]:
    """A transaction that fails when an action in it does: no savepoint for each.

    What an action of the block raises has to leave the block, or the database refuses whatever follows.
    """
    with transaction.atomic():
        token = _undivided.set(True)
        try:
            yield
        finally:
            _undivided.reset(token)


@contextmanager
def whole() -> Iterator[None]:
    """Several actions that succeed or fail as one (see `undivided`), and whose events wait for the last of them."""
    with undivided(), together():
        unit = _unit.get()
        if unit is None:  # cannot be: `together` has just made it
            raise LookupError("Nothing is gathered here.")
        before, unit.is_whole = unit.is_whole, True
        try:
            yield
        finally:
            unit.is_whole = before


def _finish(unit: Unit) -> None:
    _write_events(unit)
    while unit.endings:
        endings, unit.endings = list(unit.endings.values()), {}
        _end([asking for asking in (ending() for ending in endings) if asking is not None])
        _write_events(unit)
    if unit.statements:
        run(unit.take_statements())


def _end(several: list[Asking]) -> None:
    """Run what asks the database side by side: what all of them ask for next goes in one query."""
    waiting = [(asking, wanted) for asking in several if (wanted := next(asking, None)) is not None]
    while waiting:
        rows = iter(ask([statement for _asking, wanted in waiting for statement in wanted]))
        answered = [(asking, [next(rows) for _statement in wanted]) for asking, wanted in waiting]
        waiting = [(asking, wanted) for asking, found in answered if (wanted := _further(asking, found)) is not None]


def _further(asking: Asking, found: Sequence[Rows]) -> Sequence[Statement] | None:
    try:
        return asking.send(found)
    except StopIteration:
        return None


def _inner(unit: Unit) -> Iterator[None]:
    statements, events, endings = len(unit.statements), len(unit.events), dict(unit.endings)
    try:
        yield
    except BaseException:
        # Whoever catches this has rolled back to where the block began.
        del unit.statements[statements:], unit.events[events:]
        unit.endings = endings
        raise
    if not unit.is_whole:
        _write_events(unit)
        if unit.statements:
            run(unit.take_statements())


def _write_events(unit: Unit) -> None:
    from deskbell.kernel.events.log import write

    while unit.events:
        write(unit.take_events(), after=unit.take_statements())


def send(sql: str, params: Sequence[Any] = ()) -> None:
    """Execute a statement whose answer nobody waits for; inside `together()`, at its end."""
    unit = _unit.get()
    if unit is None:
        run([(sql, params)])
    else:
        unit.statements.append((sql, params))


def drawn_for_events(ids: Sequence[int]) -> None:
    """Give the events of this `together()` ids that were drawn along with what else had to be read beforehand.

    They then go with everything else, in one trip. Ids that are not used are left out for ever, as after a rollback.
    """
    unit = _unit.get()
    if unit is not None:
        unit.event_ids += ids


def at_the_end(key: Hashable, work: Ending) -> None:
    """Do this once when the outermost `together()` ends, before it writes; at once outside of one.

    A later piece of work of the same key takes the place of an earlier one. Work that reads is best a generator: it
    yields the statements and is given the rows of each, and what several of them ask goes in one query.
    """
    unit = _unit.get()
    if unit is not None:
        unit.endings[key] = work
    elif (asking := work()) is not None:
        _end([asking])


def ask(statements: Sequence[Statement]) -> list[Rows]:
    """The rows of each statement, in one round trip; inside `together()` after, and along with, what was sent."""
    unit = _unit.get()
    before = [] if unit is None else unit.take_statements()
    return run([*before, *statements])[-len(statements) :]


def gathered(key: str) -> list[Any] | None:
    """A list that belongs to the outermost `together()`, for what `at_the_end` works on; None outside of one."""
    unit = _unit.get()
    return None if unit is None else unit.gathered.setdefault(key, [])


def run(statements: Sequence[Statement]) -> list[Rows]:
    """Execute statements in one round trip; the rows of each, empty for one that returns none.

    Works because Django binds parameters on the client, so that one query may hold several statements.
    """
    found: list[Rows] = []
    with connection.cursor() as cursor:
        # Each text is taken apart once by psycopg, which remembers it; all of them as one text would be new each time.
        bound = [cursor.mogrify(sql, params) for sql, params in statements]
        cursor.execute(";\n".join(bound))
        while True:
            found.append(cursor.fetchall() if cursor.description else [])
            if not cursor.nextset():
                return found
