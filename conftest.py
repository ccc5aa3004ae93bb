"""The database of the tests: DATABASE_URL, or one throwaway cluster for the whole run."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deskbell.config.postgres import Cluster

# The same examples in every run: what fails, fails again. New ones are looked for with
# `--hypothesis-profile=searching`.
hypothesis.settings.register_profile("same", derandomize=True, deadline=None)
hypothesis.settings.register_profile("searching", max_examples=2_000, deadline=None)
hypothesis.settings.load_profile("same")

_CLUSTER: pytest.StashKey[Cluster] = pytest.StashKey()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if os.environ.get("DATABASE_URL") or hasattr(config, "workerinput"):
        return
    from django.conf import settings

    from deskbell.config.installation.database import parse_url
    from deskbell.config.postgres import throwaway

    cluster = throwaway.start()
    config.stash[_CLUSTER] = cluster
    url = cluster.layout.url("postgres", "postgres")
    # Workers of xdist are started later and read it; here Django is already loaded.
    os.environ["DATABASE_URL"] = url
    settings.DATABASES["default"].update({**parse_url(url), "OPTIONS": settings.DATABASES["default"]["OPTIONS"]})


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    cluster = config.stash.get(_CLUSTER, None)
    if cluster is not None:
        cluster.stop()
        cluster.remove()
        del os.environ["DATABASE_URL"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first: begun last, it would keep one process busy while the others have nothing left."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(autouse=True, scope="session")
def _own_data_folder() -> Iterator[None]:
    """Files that tests store never reach a real data folder."""
    from django.conf import settings

    with tempfile.TemporaryDirectory(prefix=f"deskbell-test-{secrets.token_hex(3)}-") as folder:
        settings.DATA_DIR = Path(folder)
        settings.MEDIA_ROOT = Path(folder) / "files"
        storages: dict[str, Any] = settings.STORAGES
        storages["default"].setdefault("OPTIONS", {})["location"] = settings.MEDIA_ROOT
        settings.STATIC_ROOT = Path(folder) / "static"
        settings.STATIC_ROOT.mkdir()  # WhiteNoise warns when it is not there
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        # Slow hashing is what passwords need and tests do not.
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
        yield


@pytest.fixture(autouse=True)
def _words_are_asked_for_anew() -> None:
    """What a test commits for good is undone with its database, and the process must not remember it."""
    from deskbell.search.index import forget_known

    forget_known()


@pytest.fixture(autouse=True)
def _answers_are_closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A file that a page sends is closed with its test, also when nobody reads it to its end.

    Django's test client closes a streamed answer only when it was read; a web server always does.
    """
    from django.http import FileResponse

    opened: list[Any] = []
    set_headers = FileResponse.set_headers

    def remember(response: FileResponse, filelike: Any) -> None:
        opened.append(filelike)
        set_headers(response, filelike)

    monkeypatch.setattr(FileResponse, "set_headers", remember)
    yield
    for each in opened:
        each.close()
