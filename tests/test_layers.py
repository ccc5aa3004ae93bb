"""The layers hold: in imports (import-linter) and in foreign keys, which no import linter sees."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

from django.apps import apps
from django.db.models import ForeignObject, ManyToManyField

ROOT = Path(__file__).parents[1]
PREFIX = "deskbell."


def layers() -> list[set[str]]:
    """From the top to the bottom, as pyproject.toml has them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contract = next(each for each in settings["tool"]["importlinter"]["contracts"] if each["type"] == "layers")
    return [{name.strip() for name in line.split("|")} for line in contract["layers"]]


def test_imports_keep_to_the_layers():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:]


def test_every_package_has_its_layer():
    folders = {path.name for path in (ROOT / "src" / "deskbell").iterdir() if (path / "__init__.py").exists()}
    assert folders == set.union(*layers())


def test_foreign_keys_point_down():
    height = {name: level for level, names in enumerate(reversed(layers())) for name in names}
    upward = []
    for model in apps.get_models():
        if not model.__module__.startswith(PREFIX):
            continue
        own = _package(model)
        for field in model._meta.get_fields():
            if not isinstance(field, ForeignObject | ManyToManyField) or field.auto_created:
                continue
            target = field.related_model
            if not isinstance(target, type) or not target.__module__.startswith(PREFIX):
                continue
            other = _package(target)
            if other != own and height[other] >= height[own]:
                upward.append(f"{model.__name__}.{field.name} → {other}.{target.__name__}")
    assert not upward


def _package(model: type) -> str:
    return model.__module__.split(".")[1]
