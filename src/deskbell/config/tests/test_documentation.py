"""The pages of docs/ that follow from the code are current."""

import re
from pathlib import Path

import pytest

from deskbell.config.installation.describe import describe
from deskbell.config.installation.model import DeskbellSettings

ROOT = Path(__file__).parents[4]


def test_every_setting_has_a_description():
    assert [name for name, field in DeskbellSettings.model_fields.items() if not field.description] == []


def test_the_page_of_settings_is_current():
    """Otherwise: ./deskbell manage describe_settings > docs/configuration.md"""
    assert (ROOT / "docs" / "configuration.md").read_text() == describe()


def _required(name: str) -> set[str]:
    lines = (ROOT / "requirements" / f"{name}.in").read_text().splitlines()
    names = (re.match(r"[A-Za-z0-9._-]+", line) for line in lines if not line.startswith(("#", "-")))
    return {found[0].lower() for found in names if found}


@pytest.mark.parametrize("name", ["runtime", "dev", "uv"])
def test_every_dependency_is_documented_and_nothing_else(name):
    page = (ROOT / "docs" / "dependencies.md").read_text()
    section = page.split(f"## {name}.in", 1)[1].split("\n## ", 1)[0]
    documented = {found.lower() for found in re.findall(r"^\| `([^`]+)`", section, re.MULTILINE)}
    assert documented == _required(name)
