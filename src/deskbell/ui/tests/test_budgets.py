"""What a page costs to load, compressed."""

import gzip
import hashlib
from collections.abc import Iterable
from pathlib import Path

STATIC = Path(__file__).parents[1] / "static"
VENDOR = STATIC / "vendor"
TOOLS = Path(__file__).parents[4] / "tools" / "vendor"
KB = 1000


def _compressed(files: Iterable[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in files)


def _scripts() -> list[Path]:
    return [*(STATIC / "ui" / "js").glob("*.js"), VENDOR / "htmx@4.0.1" / "htmx.min.js"]


def test_all_style_sheets_stay_under_40_kb() -> None:
    assert _compressed((STATIC / "ui" / "css").rglob("*.css")) <= 40 * KB


def test_the_scripts_of_a_page_without_editor_stay_under_90_kb() -> None:
    assert _compressed(_scripts()) <= 90 * KB


def test_the_scripts_of_a_page_with_the_editor_stay_under_260_kb() -> None:
    assert _compressed([*_scripts(), *VENDOR.glob("tiptap@*/editor.js")]) <= 260 * KB


def test_every_vendored_file_has_its_checksum_and_every_folder_a_licence() -> None:
    listed = {}
    for line in (VENDOR / "SHA256SUMS").read_text().splitlines():
        checksum, name = line.split("  ", 1)
        listed[name] = checksum
    files = {str(path.relative_to(VENDOR)): path for path in VENDOR.glob("*/*")}
    assert listed == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    for folder in (path for path in VENDOR.iterdir() if path.is_dir()):
        assert (folder / "LICENSE").stat().st_size > 100, folder.name


def test_the_lock_file_names_no_registry() -> None:
    assert '"resolved"' not in (TOOLS / "package-lock.json").read_text()


def test_no_script_evaluates_text() -> None:
    for path in (STATIC / "ui" / "js").glob("*.js"):
        text = path.read_text()
        assert "eval(" not in text, path.name
        assert "new Function" not in text, path.name


def test_every_vendored_address_in_the_layout_exists() -> None:
    layout = (Path(__file__).parents[1] / "jinja2" / "ui" / "base.html").read_text()
    for name in ("vendor/htmx@4.0.1/htmx.min.js", "vendor/tiptap@3.32.2/editor.js"):
        assert name in layout
        assert (STATIC / name).exists()
