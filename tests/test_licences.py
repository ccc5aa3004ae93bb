"""Every package we install may be shipped with ours: nothing under GPL or AGPL."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
# LGPL and MPL are fine as separate, replaceable packages.
STRONG = re.compile(r"(?<!L)(?<!Lesser )\b(A?GPL|GNU (Affero )?General Public)", re.IGNORECASE)
WEAK = re.compile(r"LGPL|Lesser General Public", re.IGNORECASE)
ALTERNATIVES = re.compile(r"\bOR\b|;|,")


def pinned(name: str) -> set[str]:
    lines = (ROOT / "requirements" / f"{name}.txt").read_text().splitlines()
    return {_canonical(match[1]) for line in lines if (match := re.match(r"([A-Za-z0-9._-]+)(\[.*\])?==", line))}


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def licence_of(package: Distribution) -> str:
    data = package.metadata
    classifiers = [each for each in data.get_all("Classifier") or [] if each.startswith("License ::")]
    # The field "License" of old packages holds the whole text at times; its first line names it.
    first = (data.get("License") or "").strip().split("\n", 1)[0]
    return (
        data.get("License-Expression") or "; ".join(each.rsplit("::", 1)[-1].strip() for each in classifiers) or first
    )


def test_no_runtime_dependency_is_under_a_strong_copyleft():
    wanted = pinned("runtime")
    strong = {}
    for package in distributions():
        name = _canonical(package.metadata["Name"])
        licence = licence_of(package)
        choices = [choice for choice in ALTERNATIVES.split(licence) if choice.strip()]
        if name in wanted and choices and all(STRONG.search(each) and not WEAK.search(each) for each in choices):
            strong[name] = licence
    assert not strong


def test_every_runtime_dependency_names_a_licence():
    wanted = pinned("runtime")
    unnamed = [
        package.metadata["Name"]
        for package in distributions()
        if _canonical(package.metadata["Name"]) in wanted and not licence_of(package)
        and not any("licen" in str(file).lower() for file in package.files or [])
    ]  # fmt: skip
    assert not unnamed
