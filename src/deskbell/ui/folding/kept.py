"""Compiled templates kept in the data folder, so that a page waits for its compilation once after an upgrade.

Without it every process compiles every page anew in every language: most of a second for a ticket (ADR 0018).
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket
from typing_extensions import override

import deskbell

logger = logging.getLogger(__name__)

_FOLDED_IN = ("*.py", "*.html", "*.mo")  # of our package; files of pages are told by their manifest
_PACKAGES = ("django", "django-allauth", "jinja2", "markupsafe")  # packages whose words or code are folded in
_KEPT_VERSIONS = 2  # an upgrade may be taken back


class KeptTemplates(FileSystemBytecodeCache):
    """What cannot be read is compiled, what cannot be written is not kept."""

    @override
    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except Exception as error:  # noqa: BLE001  (a damaged file may raise whatever unpickling raises)
            logger.warning("A kept template is damaged and is made anew: %s", error)
            bucket.reset()

    @override
    def dump_bytecode(self, bucket: Bucket) -> None:
        try:
            super().dump_bytecode(bucket)
        except OSError as error:
            logger.info("A compiled template could not be kept: %s", error)


def kept(*folded_in: str | None) -> KeptTemplates | None:
    """Where an environment finds compiled templates; nothing where files change under a running process.

    folded_in: what its templates depend on besides our code: language, address prefix, address book.
    """
    place: Path | None = settings.TEMPLATES_KEPT_IN
    manifest = getattr(storages["staticfiles"], "manifest_hash", "")
    if place is None or not manifest or settings.DEBUG:
        return None
    folder = place / _code() / _hash(manifest, settings.STATIC_URL, *map(str, folded_in))
    try:
        if not folder.parent.exists():
            _make_room(place)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_uid != os.geteuid():
            # Loading is running: an administrator's command runs nothing that the desk's user has written.
            logger.info("Compiled templates are not kept: %s belongs to another user", folder)
            return None
    except OSError as error:
        logger.info("Compiled templates cannot be kept: %s", error)
        return None
    return KeptTemplates(str(folder), "%s")


def _make_room(place: Path) -> None:
    """Remove what older versions kept, but for the newest of them."""
    if place.is_dir():
        older = sorted(place.iterdir(), key=_changed, reverse=True)
        for folder in older[_KEPT_VERSIONS - 1 :]:
            shutil.rmtree(folder, ignore_errors=True)


def _changed(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:  # removed by a process that starts at the same time
        return 0


@cache
def _code() -> str:
    """A name for everything of ours that may be folded into a template: macros come from any file, words from ours."""
    root = Path(deskbell.__path__[0])
    texts = [sys.version, *(f"{name} {version(name)}" for name in _PACKAGES)]
    found = hashlib.sha1(usedforsecurity=False)
    for path in sorted(path for pattern in _FOLDED_IN for path in root.rglob(pattern) if "tests" not in path.parts):
        found.update(str(path.relative_to(root)).encode())
        found.update(path.read_bytes())
    return _hash(*texts, found.hexdigest())


def _hash(*parts: str) -> str:
    return hashlib.sha1("\0".join(parts).encode(), usedforsecurity=False).hexdigest()[:20]
