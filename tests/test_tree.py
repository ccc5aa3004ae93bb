"""Nothing in the tree belongs to one machine, one registry or one person's editor."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Put together here, so that this file does not find itself.
HOSTS = re.compile(
    "|".join(
        re.escape(".".join(parts))
        for parts in (
            ("pypi", "org"), ("pythonhosted", "org"), ("registry", "npmjs", "org"), ("npmjs", "com"),
            ("deb", "debian", "org"), ("proxy", "golang", "org"),
        )
    )
)  # fmt: skip
MACHINE_PATHS = re.compile("|".join(("/" + "work/main", "/" + "work/shared", "/home/[a-z]+/", "/Users/[A-Za-z]+/")))
BINARY = {".png", ".jpg", ".ico", ".woff2", ".gz", ".mo", ".eml", ".jsonl"}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]


@pytest.mark.parametrize("pattern", [HOSTS, MACHINE_PATHS], ids=["registry hosts", "paths of a machine"])
def test_the_tree_names_none_of(pattern):
    found = []
    for path in tracked():
        if path.suffix in BINARY or "static/vendor" in str(path) or path == Path(__file__):
            continue
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), start=1):
            if pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert not found, "\n".join(found)


def test_no_large_file_is_kept():
    large = [str(path.relative_to(ROOT)) for path in tracked() if path.stat().st_size > 3_000_000]
    assert not large
