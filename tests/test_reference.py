"""What the documentation says is so: pages written from the code are current, commands and links exist."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "src").rglob("README.md")])
COMMAND = re.compile(r"\./deskbell ([a-z]+)(?: ([a-z]+))?|`deskbell ([a-z]+)(?: ([a-z]+))?")


def load(name: str) -> ModuleType:
    specification = importlib.util.spec_from_file_location(f"tools_{name}", ROOT / "tools" / f"{name}.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_pages_written_from_the_code_are_current():
    assert load("reference").stale() == [], "run: python tools/reference.py"


def test_every_event_kind_stands_on_the_page_of_events():
    from deskbell.kernel.api import event_kinds

    page = (ROOT / "docs" / "events.md").read_text()
    assert not [
        kind.name for kind in event_kinds if ".tests" not in kind.data.__module__ and f"`{kind.name}`" not in page
    ]


def test_every_permission_stands_on_the_page_of_permissions_and_in_a_role():
    from deskbell.kernel.api import permissions

    page = (ROOT / "docs" / "permissions.md").read_text()
    for permission in permissions:
        row = next((line for line in page.splitlines() if line.startswith(f"| `{permission.name}`")), "")
        assert "yes" in row, permission.name


def test_every_folder_of_the_map_is_explained():
    page = (ROOT / "docs" / "architecture.md").read_text()
    unexplained = re.findall(r"^ *- `([^`]+)`: *$", page, flags=re.MULTILINE)
    assert not unexplained, "give it a README.md whose first paragraph says what it is for"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_within_the_project_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text()):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_command_the_documentation_names_exists():
    from deskbell.config.cli.main import COMMANDS

    named = set()
    for page in PAGES:
        for match in COMMAND.finditer(page.read_text()):
            named.add(match[1] or match[3])
    assert named >= {"demo", "test", "up"}
    assert not named - set(COMMANDS)


def test_the_launcher_explains_itself():
    done = subprocess.run(
        [sys.executable, "-m", "deskbell.config.cli", "--help"], cwd=ROOT, capture_output=True, text=True,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"}, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert "demo" in done.stdout
