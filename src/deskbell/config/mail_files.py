"""Stored mail of the usual kinds: single messages, mbox files, Maildir folders."""

import mailbox
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class StoredMail:
    """One message as it lies there, and where."""

    raw: bytes
    source: str


def read_mail(path: Path) -> Iterator[StoredMail]:
    """Every message in a file or folder, byte for byte. Raises OSError when it cannot be read."""
    if path.is_dir():
        yield from _folder(path)
    elif _is_mbox(path):
        yield from _mbox(path)
    else:
        yield StoredMail(path.read_bytes(), str(path))


def count_mail(path: Path) -> int:
    """How many messages `read_mail` would give, without reading them whole."""
    if path.is_dir():
        return sum(1 for _file in _files(path))
    if _is_mbox(path):
        with path.open("rb") as lines:
            return sum(line.startswith(b"From ") for line in lines)
    return 1


def _is_mbox(path: Path) -> bool:
    """An mbox begins with the separator `From `, which no header line can (RFC 4155)."""
    with path.open("rb") as file:
        return file.read(5) == b"From "


def _files(folder: Path) -> Iterator[Path]:
    """Maildir keeps messages in `new` and `cur` (never `tmp`); any other folder is one of single messages."""
    if (folder / "cur").is_dir() or (folder / "new").is_dir():
        parts = [folder / "new", folder / "cur"]
        yield from (file for part in parts if part.is_dir() for file in sorted(part.iterdir()) if file.is_file())
    else:
        yield from sorted(file for file in folder.rglob("*") if file.is_file() and not file.name.startswith("."))


def _folder(folder: Path) -> Iterator[StoredMail]:
    for file in _files(folder):
        yield StoredMail(file.read_bytes(), str(file))


def _mbox(path: Path) -> Iterator[StoredMail]:
    box = mailbox.mbox(path, create=False)
    try:
        for number, key in enumerate(box.keys(), start=1):
            # mboxrd: a line of the body that began with From was given a > in front.
            yield StoredMail(box.get_bytes(key).replace(b"\n>From ", b"\nFrom "), f"{path}#{number}")
    finally:
        box.close()
