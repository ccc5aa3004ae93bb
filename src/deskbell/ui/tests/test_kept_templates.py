import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.test import override_settings
from django.utils import translation
from jinja2 import DictLoader
from typing_extensions import override

from deskbell.ui.folding import kept as kept_templates
from deskbell.ui.folding.backend import Environments
from deskbell.ui.folding.environment import FoldingEnvironment
from deskbell.ui.folding.kept import kept

GREETING = {"greeting.html": "{{ _('Save') }} {{ name }}"}


class Manifest(StaticFilesStorage):
    """Static files of one release."""

    manifest_hash = "one"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": f"{__name__}.Manifest"},
    }
    with override_settings(STORAGES=storages, TEMPLATES_KEPT_IN=tmp_path / "templates", DEBUG=False):
        yield tmp_path / "templates"


def process(*, compiles: bool = True) -> Environments:
    """The environments of a process that has just begun."""

    class Environment(FoldingEnvironment):
        @override
        def _generate(self, *args: Any, **kwargs: Any) -> str:
            assert compiles, "it was compiled although it is kept"
            return super()._generate(*args, **kwargs)

    def make(language: str | None) -> Environment:
        environment = Environment(language=language, loader=DictLoader(GREETING), extensions=["jinja2.ext.i18n"])
        environment.globals["_"] = lambda text: text
        return environment

    return Environments(make)


def draw(environments: Environments) -> str:
    with translation.override("en"):
        return environments.fitting().get_template("greeting.html").render(name="Anna")


def folder(*folded_in: str) -> str:
    found = kept(*folded_in)
    assert found is not None
    return str(found.directory)


def files(place: Path) -> list[Path]:
    return [path for path in place.rglob("*") if path.is_file()]


def test_what_one_process_compiled_the_next_one_loads(place: Path) -> None:
    assert draw(process()) == "Save Anna"
    assert draw(process(compiles=False)) == "Save Anna"
    assert len(files(place)) == 1


def test_a_damaged_file_is_compiled_anew_and_mended(place: Path) -> None:
    draw(process())
    (file,) = files(place)
    whole = file.read_bytes()
    for damaged in (b"", whole[:20], whole[:-9], b"\0" * 99, whole[:15] + b"\xff" * 40):
        file.write_bytes(damaged)
        assert draw(process()) == "Save Anna"
        assert file.read_bytes() == whole


def test_another_release_of_code_or_files_or_another_language_compiles_its_own(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = {folder("en", "/")}
    folders.add(folder("uk", "/"))
    folders.add(folder("en", "/desk/"))
    monkeypatch.setattr(Manifest, "manifest_hash", "two")
    folders.add(folder("en", "/"))
    monkeypatch.setattr(kept_templates, "_code", lambda: "next release")
    folders.add(folder("en", "/"))
    assert len(folders) == 5


def test_pages_are_drawn_where_nothing_can_be_kept(place: Path) -> None:
    place.write_text("a file stands where the folder should")
    assert draw(process()) == "Save Anna"
    assert place.is_file()


def test_the_release_before_is_kept_and_older_ones_are_not(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for age, release in enumerate(("oldest", "older", "before", "now")):
        monkeypatch.setattr(kept_templates, "_code", lambda release=release: release)
        assert kept("en") is not None
        os.utime(place / release, (age, age))
    assert sorted(folder.name for folder in place.iterdir()) == ["before", "now"]


def test_a_release_that_another_process_removes_meanwhile_is_no_obstacle(place: Path) -> None:
    place.mkdir()
    for release in ("oldest", "older"):
        (place / release).symlink_to(place / "gone")  # is listed and cannot be looked at
    assert draw(process()) == "Save Anna"
    assert draw(process(compiles=False)) == "Save Anna"


def test_code_that_another_user_may_have_written_is_not_run(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draw(process())
    other = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: other)
    assert kept("en") is None
    assert draw(process()) == "Save Anna"
    with pytest.raises(AssertionError, match="it was compiled"):
        draw(process(compiles=False))


def test_nothing_is_kept_while_files_change_under_a_running_process(place: Path) -> None:
    with override_settings(DEBUG=True):
        assert kept("en") is None
    assert not place.exists()
