from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from deskbell.kernel import api as kernel
from deskbell.kernel.files import store as files

pytestmark = pytest.mark.django_db


def stored_names() -> set[str]:
    place = files.storage()
    found = set()
    for first in place.listdir("")[0]:
        for second in place.listdir(first)[0]:
            found.update(f"{first}/{second}/{name}" for name in place.listdir(f"{first}/{second}")[1])
    return found


def test_the_same_bytes_are_stored_once() -> None:
    content = b"the same bytes"
    first = kernel.store(content)
    before = stored_names()
    again = kernel.store(iter([b"the same ", b"bytes"]))
    assert first.pk == again.pk
    assert stored_names() == before
    assert (first.sha256, first.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert kernel.read(first) == content


def test_a_crash_between_bytes_and_row_is_mended_by_the_next_attempt() -> None:
    content = b"bytes whose row was never written"
    lost = kernel.StoredFile(sha256=hashlib.sha256(content).hexdigest(), size=len(content))
    files.storage().save(lost.storage_name, ContentFile(content))
    before = stored_names()
    row = kernel.store(content)
    assert kernel.read(row) == content
    assert stored_names() == before


def test_half_a_file_left_by_a_crash_or_a_full_disk_is_written_anew() -> None:
    content = b"bytes that were cut off in the middle"
    lost = kernel.StoredFile(sha256=hashlib.sha256(content).hexdigest(), size=len(content))
    files.storage().save(lost.storage_name, ContentFile(content[:9]))
    assert kernel.read(kernel.store(content)) == content


def test_bytes_stored_by_somebody_else_meanwhile_leave_no_second_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"raced for"
    row = kernel.store(content)
    place = files.storage()
    before = stored_names()
    exists, answers = place.exists, iter([False])  # as it was when we looked, not when we wrote
    monkeypatch.setattr(place, "exists", lambda name: next(answers, None) or exists(name))
    kernel.store(content)
    monkeypatch.undo()
    assert stored_names() == before
    assert kernel.read(row) == content


def test_too_large_a_file_is_refused_and_nothing_of_it_kept() -> None:
    before = stored_names()
    with pytest.raises(kernel.Invalid, match="larger than 1 MB"):
        kernel.store((b"x" * 600_000 for _chunk in range(3)), max_size=1024 * 1024)
    assert stored_names() == before
    assert not kernel.StoredFile.objects.filter(size__gt=1024 * 1024).exists()


def test_a_large_file_passes_without_standing_in_memory_at_once() -> None:
    row = kernel.store(bytes([number % 256]) * files.CHUNK for number in range(6))
    assert row.size == 6 * files.CHUNK
    with kernel.open_file(row) as stream:
        assert stream.read(1) == b"\x00"


def test_no_bytes_are_a_file_too() -> None:
    assert kernel.read(kernel.store(b"")) == b""


def test_bytes_and_the_folders_they_are_in_are_on_the_disk_before_there_is_a_row(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    synced: list[str] = []
    fsync = os.fsync

    def noting(handle: int) -> None:
        assert not kernel.StoredFile.objects.filter(sha256=digest).exists()
        synced.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        fsync(handle)

    content = b"must outlive a power cut"
    digest = hashlib.sha256(content).hexdigest()
    monkeypatch.setattr(os, "fsync", noting)
    monkeypatch.setattr(files, "_entered", set())
    name = kernel.store(content).storage_name
    place = files.storage()
    assert isinstance(place, FileSystemStorage)
    assert synced == [*reversed(name.split("/")), Path(place.location).name]
    synced.clear()
    digest = ""
    files._sync(place, name)  # a folder once known to be there is not asked about again
    assert synced == [*reversed(name.split("/"))]
