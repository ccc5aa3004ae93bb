"""Typed registries: each entry has a unique id; a duplicate or unknown id is an error that names both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class DuplicateEntry(LookupError):
    """Two entries of one registry ask for the same id."""


class UnknownEntry(LookupError):
    """No entry of the registry has this id."""


class Registry(Generic[T]):
    """Entries by id, in the order of registration. Filled while applications load, read-only afterwards."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._entries: dict[str, T] = {}

    def register(self, key: str, entry: T) -> T:
        """Add `entry` under `key`.

        Raises DuplicateEntry when another entry stands there; the same object again is harmless.
        """
        present = self._entries.get(key)
        if present is not None and present is not entry:
            raise DuplicateEntry(f"{self._what} {key!r} is registered twice: {present!r} and {entry!r}.")
        self._entries[key] = entry
        return entry

    def get(self, key: str) -> T:
        """The entry under `key`. Raises UnknownEntry, naming the known ids."""
        try:
            return self._entries[key]
        except KeyError:
            known = ", ".join(sorted(self._entries)) or "none"
            raise UnknownEntry(f"No {self._what} {key!r}. Known: {known}.") from None

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[T]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    def keys(self) -> list[str]:
        return list(self._entries)
