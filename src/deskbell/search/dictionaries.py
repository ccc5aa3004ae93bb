"""The dictionaries of word forms: files that every process of the machine reads from the same memory.

simplemma ships them packed for sending (sorted, each word told by its difference to the one before), and would
unpack them into hundreds of megabytes for each process. Here the sorted stream stays as it is, in a file that
is mapped into memory, with a table of places from which it can be read: a word costs some twenty microseconds
and no memory of its own. The file is made once for each machine and version of the dictionaries, in seconds.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import signal
import struct
import sys
import tempfile
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Final

LANGUAGES: Final = ("en", "fi", "pl", "ru", "uk")
_FORMAT = 1  # of our files; another number makes them anew
_HEAD = struct.Struct("<4sII")  # magic, blocks, where the stream begins
_MAGIC = b"DBW1"
_PLACE = struct.Struct("<II")  # where a block begins in the stream, and where what precedes it stands in the table
_BLOCK = 32  # words read one after the other to find one
# As simplemma writes its streams: the value is that of the word before, or stands there whole.
_SAME, _WHOLE = 254, 255
_ONE_BYTE = 127  # numbers above take several bytes
_PR_SET_PDEATHSIG = 1  # prctl(2)


def _shipped() -> Path:
    """The folder of simplemma's dictionaries. Importing simplemma costs 0.1 s and 2 MB for rules nobody here uses."""
    found = find_spec("simplemma")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("simplemma is not installed.", name="simplemma")
    return Path(found.submodule_search_locations[0]) / "strategies" / "dictionaries"


def _reader() -> ModuleType:
    """The module of simplemma that reads its format, alone."""
    spec = spec_from_file_location("deskbell_frontcode", _shipped() / "frontcode.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


frontcode = _reader()


class Dictionary:
    """Word forms of one language and what each is a form of."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        magic, self._blocks, self._stream = _HEAD.unpack_from(self._data)
        if magic != _MAGIC:
            raise ValueError(f"{path} is no dictionary.")

    def get(self, form: str) -> str | None:
        """The base form, or None for an unknown word. Upper and lower case differ."""
        wanted = form.encode()
        low, high = 0, self._blocks
        while low < high:  # the last block that begins at or before the word
            middle = (low + high) // 2
            if self._first(middle) <= wanted:
                low = middle + 1
            else:
                high = middle
        return self._read(low - 1, wanted) if low else None

    def _first(self, block: int) -> bytes:
        _start, at = _PLACE.unpack_from(self._data, _HEAD.size + block * _PLACE.size)
        return self._data[at + 1 : at + 1 + self._data[at]]

    def _read(self, block: int, wanted: bytes) -> str | None:
        data = self._data
        place, at = _PLACE.unpack_from(data, _HEAD.size + block * _PLACE.size)
        key = data[at + 1 : at + 1 + data[at]]
        at += 1 + data[at]
        value = data[at + 1 : at + 1 + data[at]]
        if key == wanted:
            return value.decode()
        # SLF001: the format has no other reader.
        for _place, form, base in frontcode._iter_records(self._data, place, key, value):  # noqa: SLF001
            if form >= wanted:
                return base.decode() if form == wanted else None
        return None


@cache
def dictionary(language: str) -> Dictionary:
    """The dictionary of one of LANGUAGES; its file is made when this machine has none yet."""
    return Dictionary(prepared(language))


def prepared(language: str) -> Path:
    """The file of a dictionary. Made by one process at a time, which may take some seconds."""
    name = f"{language}-{version('simplemma')}-{_FORMAT}.words"
    for folder in _folders():
        path = folder / name
        if path.exists():
            return path
    folder = _writable_folder()
    path = folder / name
    with (folder / f"{language}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            _make(language, path)
    return path


def _folders() -> list[Path]:
    """Where dictionaries are looked for: beside this file (put there by a packager), then the user's cache."""
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    named = os.environ.get("DESKBELL_DICTIONARIES")
    return [*([Path(named)] if named else []), Path(__file__).parent / "dictionary_files", caches / "deskbell"]


def _writable_folder() -> Path:
    for folder in (_folders()[0], _folders()[-1]):
        if folder.name == "dictionary_files":
            continue
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            continue
        if os.access(folder, os.W_OK | os.X_OK):
            return folder
    # A user without a home: for as long as the machine runs, in a folder that is nobody else's.
    folder = Path(tempfile.gettempdir()) / f"deskbell-{os.getuid()}"
    folder.mkdir(exist_ok=True, mode=0o700)
    if folder.stat().st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else. Set DESKBELL_DICTIONARIES to a folder of your own.")
    return folder


def _make(language: str, path: Path) -> None:
    """Write the file in a process of its own, whose memory goes with it."""
    pid = os.posix_spawn(
        sys.executable, [sys.executable, "-I", __file__, language, str(path)], dict(os.environ)
    )  # fmt: skip
    _pid, status = os.waitpid(pid, 0)
    if os.waitstatus_to_exitcode(status) or not path.exists():
        raise RuntimeError(f"The dictionary of {language} could not be written to {path.parent}.")


def write(language: str, path: Path) -> None:
    """Unpack the shipped dictionary of a language into a file."""
    import lzma

    with lzma.open(_shipped() / "data" / f"{language}.plzma", "rb") as file:
        stream = file.read()
    backwards, _count, begin = frontcode._read_header(stream)  # noqa: SLF001  (the format has no other reader)
    if backwards:
        raise ValueError(f"The dictionary of {language} is sorted from the end of its words.")
    places, table = _places(stream, begin)
    head = _HEAD.size + len(places) * _PLACE.size
    start = head + len(table)
    rows = b"".join(_PLACE.pack(start + place, head + at) for place, at in places)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "wb") as file:
        file.write(_HEAD.pack(_MAGIC, len(places), start) + rows + table)
        file.write(stream)
    Path(name).replace(path)


def _places(stream: bytes, begin: int) -> tuple[list[tuple[int, int]], bytes]:
    """Where each block goes on after its first word, and the table of these words and their values."""
    places: list[tuple[int, int]] = []
    table = bytearray()
    key = value_key = edit = b""
    trim = _WHOLE
    place, end, number = begin, len(stream), 0
    while place < end:
        shared, length = stream[place], stream[place + 1]
        place += 2
        if shared > _ONE_BYTE or length > _ONE_BYTE:
            shared, place = frontcode._read_varint(stream, place - 2)  # noqa: SLF001
            length, place = frontcode._read_varint(stream, place)  # noqa: SLF001
        key = key[:shared] + stream[place : place + length]
        place += length
        given = stream[place]
        place += 1
        if given != _SAME:
            length = stream[place]
            place += 1
            if length > _ONE_BYTE:
                length, place = frontcode._read_varint(stream, place - 1)  # noqa: SLF001
            trim, value_key, edit = given, key, stream[place : place + length]
            place += length
        if number % _BLOCK == 0:
            value = edit if trim == _WHOLE else value_key[: len(value_key) - trim] + edit
            places.append((place, len(table)))
            table += bytes((len(key),)) + key + bytes((len(value),)) + value
        number += 1
    return places, bytes(table)


def _end_with_parent() -> None:
    """Linux only: nothing goes on when the desk was killed."""
    import ctypes

    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)


if __name__ == "__main__":
    _end_with_parent()
    write(sys.argv[1], Path(sys.argv[2]))
