"""Storing and reading bytes. The storage is Django's STORAGES["default"]: a folder or an S3 bucket."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import connection

from deskbell.kernel.errors import Invalid
from deskbell.kernel.files.models import StoredFile
from deskbell.kernel.together import Rows, Statement, run

CHUNK = 1024 * 1024  # bytes read or written at a time
IN_MEMORY = 4 * CHUNK  # larger files pass through a temporary file, not through memory


def storage() -> Storage:
    return storages["default"]


def store(content: bytes | Iterable[bytes], *, max_size: int | None = None) -> StoredFile:
    """Store bytes (or chunks of them) and return their row; known bytes are not written again.

    max_size: in bytes; more raises Invalid before anything is kept.
    """
    row: StoredFile
    with _bytes_of(content, max_size) as (found, spool):
        # The bytes are safe, from a power cut too, before the row exists: a crash between the two leaves bytes nobody
        # refers to, never a row without bytes.
        row, created = _row_of(found)
        _write_again(found, spool, created)
    return row


def store_several_along(
    contents: Sequence[bytes], also: Callable[[Sequence[str]], Sequence[Statement]]
) -> tuple[list[StoredFile | None], list[Rows]]:
    """Store several contents and execute statements, in one trip and one commit; the rows of each statement.

    also: makes the statements of the sha256 under which `kernel_storedfile` now has each. They find nothing of one that
    another process is just deleting as unreferenced (None stands for it); then `store` it. The bytes are on the disk
    before any row exists: all are written first and synced then, so that one wait does for most.
    """
    with ExitStack() as stack, _synced_together():
        found = [stack.enter_context(_bytes_of(content, None)) for content in contents]
        _sync_waiting()
        digests = [each.sha256 for each, _spool in found]
        sizes = dict(sorted((each.sha256, each.size) for each, _spool in found))  # two processes wait in one order
        written, present, *rows = run(
            [
                (_INSERT_SEVERAL, [list(sizes), list(sizes.values())]),
                (_SELECT_SEVERAL, [list(sizes)]),
                *also(digests),
            ]
        )
        new = {sha256 for sha256, *_values in written}
        kept = {
            sha256: _row(StoredFile(sha256=sha256), [tuple(values)], []) for sha256, *values in (*written, *present)
        }
        for each, spool in found:
            _write_again(each, spool, each.sha256 in new)
        _sync_waiting()
    return [kept.get(digest) for digest in digests], rows


@contextmanager
def _bytes_of(content: bytes | Iterable[bytes], max_size: int | None) -> Iterator[tuple[StoredFile, IO[bytes]]]:
    """Write bytes where they belong; what is known of them, and they themselves to be read again."""
    chunks = (content,) if isinstance(content, bytes) else content
    digest = hashlib.sha256()
    size = 0
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
        for chunk in chunks:
            size += len(chunk)
            if max_size is not None and size > max_size:
                raise Invalid(f"The file is larger than {max_size // (1024 * 1024)} MB.")
            digest.update(chunk)
            spool.write(chunk)
        found = StoredFile(sha256=digest.hexdigest(), size=size)
        _write_once(found, spool)
        yield found, spool


def _write_again(found: StoredFile, spool: IO[bytes], created: bool) -> None:  # noqa: FBT001  (what `_row_of` says)
    """An old row and its bytes were perhaps being deleted as unreferenced while we looked."""
    if created and not storage().exists(found.storage_name):
        _write_once(found, spool)


def _row_of(found: StoredFile) -> tuple[StoredFile, bool]:
    """The row of these bytes, and whether it was written just now: in one round trip, for every message needs one."""
    written, present = run([(_INSERT, [found.sha256, found.size]), (_SELECT, [found.sha256])])
    row = _row(found, written, present)
    if row is not None:
        return row, bool(written)
    # It was deleted as unreferenced, or written by another transaction, between the two.
    return StoredFile.objects.get_or_create(sha256=found.sha256, defaults={"size": found.size})


def _row(found: StoredFile, written: Rows, present: Rows) -> StoredFile | None:
    names = ["id", "sha256", "size", "created_at"]
    for pk, size, created_at in written or present:
        return StoredFile.from_db(connection.alias, names, [pk, found.sha256, size, created_at])
    return None


_INSERT = (
    "INSERT INTO kernel_storedfile (sha256, size) VALUES (%s, %s) ON CONFLICT (sha256) DO NOTHING"
    " RETURNING id, size, created_at"
)
_SELECT = "SELECT id, size, created_at FROM kernel_storedfile WHERE sha256 = %s"
_INSERT_SEVERAL = (
    "INSERT INTO kernel_storedfile (sha256, size) SELECT * FROM unnest(%s::text[], %s::bigint[])"
    " ON CONFLICT (sha256) DO NOTHING RETURNING sha256, id, size, created_at"
)
_SELECT_SEVERAL = "SELECT sha256, id, size, created_at FROM kernel_storedfile WHERE sha256 = ANY(%s)"


def _write_once(found: StoredFile, content: IO[bytes]) -> None:
    place = storage()
    if place.exists(found.storage_name):
        if place.size(found.storage_name) == found.size:
            _sync(place, found.storage_name)  # whoever wrote it may be in the middle of this
            return
        # A process died, or the disk was full, in the middle of writing: half a file is nobody's.
        place.delete(found.storage_name)
    content.seek(0)
    written = place.save(found.storage_name, File(content))
    if written != found.storage_name:
        # Another process stored the same bytes between exists() and save().
        place.delete(written)
    _sync(place, found.storage_name)


def _sync(place: Storage, name: str) -> None:
    """Have the bytes on the disk, not on their way there: mail is accepted, and removed elsewhere, upon this.

    A bucket has them when it says so. What can be made again (the demonstration) may set SYNC_FILES to False.
    """
    if not isinstance(place, FileSystemStorage) or not getattr(settings, "SYNC_FILES", True):
        return
    waiting = _waiting.get()
    if waiting is not None:
        waiting.append((place, name))
        return
    _sync_all([(place, name)])


def _sync_all(several: Sequence[tuple[FileSystemStorage, str]]) -> None:
    """Files first, then each folder once; the first of many takes nearly all the time."""
    folders: dict[Path, None] = {}
    for place, name in several:
        path, root = Path(place.path(name)), Path(place.location)
        folder = path.parent
        _sync_one(path)
        # Above: the folder was perhaps made for this file.
        above = [] if folder in _entered else [each for each in folder.parents if each.is_relative_to(root)]
        folders.update(dict.fromkeys((folder, *above)))
    for each in folders:
        _sync_one(each)
    _entered.update(Path(place.path(name)).parent for place, name in several)


def _sync_one(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


_waiting: ContextVar[list[tuple[FileSystemStorage, str]] | None] = ContextVar("deskbell_files_to_sync", default=None)


@contextmanager
def _synced_together() -> Iterator[None]:
    """What is written in the block waits for `_sync_waiting`."""
    token = _waiting.set([])
    try:
        yield
    finally:
        _waiting.reset(token)


def _sync_waiting() -> None:
    waiting = _waiting.get()
    if waiting:
        _sync_all(waiting)
        waiting.clear()


_entered: set[Path] = set()
"""Folders that this process knows to stand, themselves, on the disk."""


def open_file(stored: StoredFile) -> IO[bytes]:
    """The bytes as a stream; the caller closes it."""
    stream: IO[bytes] = storage().open(stored.storage_name, "rb")
    return stream


def read(stored: StoredFile) -> bytes:
    """All the bytes at once, for what is known to be small."""
    with open_file(stored) as stream:
        return stream.read()
