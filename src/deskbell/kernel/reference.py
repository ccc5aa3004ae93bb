"""Small tables everybody reads and hardly anybody changes, kept in each process under one version.

Roles, departments, states, options and their like are read with every page. Each of their tables carries a trigger
that draws a new version, a random UUID, in the very transaction of the change (`watch`). What was loaded under a
version is right for that version for ever: across processes, after a rollback (the old version is back, and so is the
old content), in a copy of the database and inside the transaction that makes a change.

    @reference.cached
    def departments() -> dict[int, Department]: ...

What comes back is shared by threads: read it, never change it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import update_wrapper
from typing import Generic, ParamSpec, TypeVar
from uuid import UUID

from django.db import connection
from django.db.migrations import RunSQL

P = ParamSpec("P")
T = TypeVar("T")

VERSION_SQL = "SELECT version FROM kernel_reference"
MOST_KEPT = 5000  # answers of one function

SCHEMA = """
CREATE TABLE kernel_reference (only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one), version uuid NOT NULL);
INSERT INTO kernel_reference (version) VALUES (gen_random_uuid());
CREATE FUNCTION kernel_reference_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE kernel_reference SET version = gen_random_uuid();
    RETURN NULL;
END
$$;
"""
NO_SCHEMA = "DROP FUNCTION kernel_reference_changed(); DROP TABLE kernel_reference;"


@dataclass(slots=True)
class _Held:
    """The version of a block; None until it is asked for."""

    version: UUID | None = None


_held: ContextVar[_Held | None] = ContextVar("deskbell_reference_version", default=None)


def watch(*tables: str, columns: tuple[str, ...] = ()) -> RunSQL:
    """The migration that makes every change of these tables draw a new version.

    columns: of an UPDATE only these count, for tables in which others change all the time.
    """
    on_update = f"UPDATE OF {', '.join(columns)}" if columns else "UPDATE"
    make, drop = [], []
    for table in tables:
        make.append(
            f"CREATE TRIGGER {table}_is_reference AFTER INSERT OR {on_update} OR DELETE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION kernel_reference_changed();"
        )
        drop.append(f"DROP TRIGGER {table}_is_reference ON {table};")
    return RunSQL("\n".join(make), "\n".join(drop))


def version() -> UUID:
    """The version in force: that of the block (`held`), else one query."""
    held = _held.get()
    if held is None:
        return _asked()
    if held.version is None:
        held.version = _asked()
    return held.version


def _asked() -> UUID:
    with connection.cursor() as cursor:
        cursor.execute(VERSION_SQL)
        row = cursor.fetchone()
    if row is None:
        raise LookupError("The table kernel_reference has lost its row.")
    found: UUID = row[0]
    return found


@contextmanager
def held(known: UUID | None = None) -> Iterator[None]:
    """Ask for the version once in this block, or not at all when it is known. Inside another such block: nothing.

    For blocks that only read such tables; a change of one inside the block would not be noticed within it.
    """
    if _held.get() is not None and known is None:
        yield
        return
    token = _held.set(_Held(known))
    try:
        yield
    finally:
        _held.reset(token)


def learn(known: UUID) -> None:
    """Spare the block around (`held`) asking for the version: it came with something else."""
    held = _held.get()
    if held is not None and held.version is None:
        held.version = known


def is_unknown() -> bool:
    """Whether the block around has not asked for the version yet; then it may come along with something else."""
    held = _held.get()
    return held is not None and held.version is None


class Cached(Generic[P, T]):
    """A function whose answers are kept while the version is the same. Made by `cached`."""

    def __init__(self, load: Callable[P, T], most: int) -> None:
        self._load = load
        self._most = most
        self._kept: tuple[UUID | None, dict[Hashable, T]] = (None, {})
        update_wrapper(self, load)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        key: Hashable = (args, tuple(kwargs.items())) if kwargs else args
        now = version()
        kept_version, kept = self._kept
        if kept_version == now:
            try:
                return kept[key]
            except KeyError:
                pass
        value = self._load(*args, **kwargs)
        # Read after the version: it may be newer, and then it belongs to another one.
        if _asked() == now:
            self._keep(now, key, value)
        return value

    def _keep(self, now: UUID, key: Hashable, value: T) -> None:
        kept_version, kept = self._kept
        if kept_version != now:
            self._kept = (now, {key: value})
            return
        while len(kept) >= self._most:
            kept.pop(next(iter(kept)), None)
        kept[key] = value


def cached(load: Callable[P, T]) -> Cached[P, T]:
    """Keep what `load` answers, by its arguments (hashable), until a watched table changes."""
    return Cached(load, MOST_KEPT)


def cached_up_to(most: int) -> Callable[[Callable[P, T]], Cached[P, T]]:
    """The same for so many answers and no more, where one is large; the oldest goes first."""
    return lambda load: Cached(load, most)
