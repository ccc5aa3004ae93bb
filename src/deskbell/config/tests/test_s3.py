"""Attachments in S3: the same doors as on disk, against a real server."""

import subprocess
import sys
import time
import urllib.request
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import override_settings

from deskbell.config.installation.model import DeskbellSettings
from deskbell.config.settings.files import file_storage
from deskbell.config.tests.desk import free_port
from deskbell.kernel import api as kernel

pytestmark = pytest.mark.django_db


@pytest.fixture
def bucket(tmp_path, monkeypatch):
    """A bucket and the desk set to keep its files there; the bucket's folder."""
    (folder := tmp_path / "buckets" / "desk").mkdir(parents=True)
    port = free_port()
    command = [sys.executable, "-m", "localbucket", str(folder.parent), "--port", str(port)]
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(address)
        given = {"STORAGE": "s3", "S3_BUCKET": "desk", "S3_ENDPOINT": address, "S3_REGION": "eu-north-1"}
        given |= {"S3_ACCESS_KEY": "key", "S3_SECRET_KEY": "secret"}
        for name, value in given.items():
            monkeypatch.setenv(f"DESKBELL_{name}", value)
        with override_settings(STORAGES={"default": file_storage(DeskbellSettings()), "staticfiles": {}}):
            yield folder
            place: Any = storages["default"]
            place.connection.meta.client.close()
    finally:
        server.kill()
        server.wait()


def wait_for(address):
    deadline = time.monotonic() + 30
    while True:
        try:
            urllib.request.urlopen(address, timeout=1).close()
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        else:
            return


def test_bytes_are_kept_in_the_bucket_once_and_read_back(bucket):
    stored = kernel.store(b"a picture of the printer")
    again = kernel.store(iter([b"a picture ", b"of the printer"]))
    assert again.pk == stored.pk
    assert kernel.read(stored) == b"a picture of the printer"
    assert [path.read_bytes() for path in bucket.rglob(stored.sha256)] == [b"a picture of the printer"]


def test_large_files_pass_through_in_pieces(bucket):
    megabyte = b"x" * 1_000_000
    stored = kernel.store(megabyte for _ in range(12))
    assert stored.size == 12_000_000
    with kernel.open_file(stored) as stream:
        assert sum(len(piece) for piece in iter(lambda: stream.read(1_000_000), b"")) == 12_000_000


def test_half_a_file_is_written_anew(bucket):
    stored = kernel.store(b"whole")
    storages["default"].delete(stored.storage_name)
    storages["default"].save(stored.storage_name, ContentFile(b"wh"))
    kernel.store(b"whole")
    assert kernel.read(stored) == b"whole"
