"""`./deskbell` before any Python of ours runs."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

HOME = Path(__file__).parent.parent


@pytest.mark.parametrize("named", ["/nowhere/python3", "pythn3", "/bin/false"])
def test_a_python_that_is_named_wrongly_is_told_and_no_other_is_taken(tmp_path: Path, named: str) -> None:
    shutil.copy(HOME / "deskbell", tmp_path)
    shutil.copytree(HOME / "requirements", tmp_path / "requirements")
    done = subprocess.run(
        [tmp_path / "deskbell", "doctor"],
        env=os.environ | {"DESKBELL_PYTHON": named}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert f"DESKBELL_PYTHON={named} is no Python 3.11 or newer." in done.stderr
    assert not (tmp_path / ".venv").exists()
