"""Writes client/deskbell_client from the OpenAPI document.

    python tools/client.py           writes it anew
    python tools/client.py --check   fails when what is committed differs

The generator's templates import httpx; its continuation httpx2, which the desk uses as well, speaks the same API.
In client_templates/ stand those of its templates that are changed here (it is under the MIT licence): models read and
write a property by one expression, and statuses with the same answer are one case. By its own, the largest model takes
nearly three times the lines, too many to be read. With a new version of the generator, compare them with its own anew.
"""

from __future__ import annotations

import filecmp
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "client" / "deskbell_client"
TEMPLATES = Path(__file__).parent / "client_templates"
SETTINGS = {
    "project_name_override": "deskbell-client",
    "package_name_override": "deskbell_client",
    "post_hooks": [],
    "literal_enums": True,
    "docstrings_on_attributes": True,
}


def document() -> bytes:
    """The OpenAPI document without what depends on the installation."""
    sys.path.insert(0, str(ROOT / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deskbell.config.settings")
    import django

    django.setup()
    from deskbell.config.rest import door

    found = json.loads(door().description)
    found["servers"] = [{"url": "https://desk.example"}]
    return json.dumps(found, ensure_ascii=False).encode()


def generate(place: Path) -> Path:
    """The client, generated below `place`."""
    (place / "openapi.json").write_bytes(document())
    (place / "settings.json").write_text(json.dumps(SETTINGS))
    target = place / "deskbell_client"
    tool = Path(sys.executable).parent
    subprocess.run(
        [tool / "openapi-python-client", "generate", "--path", place / "openapi.json", "--config",
         place / "settings.json", "--custom-template-path", TEMPLATES, "--meta", "none", "--output-path", target,
         "--fail-on-warning"],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    for file in sorted(target.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        text = re.sub(r"^import httpx$", "import httpx2 as httpx", text, flags=re.MULTILINE)
        file.write_text(text, encoding="utf-8")
    ruff = [tool / "ruff"]
    alone = ["--isolated", "--target-version", "py311", "--line-length", "120", "--quiet"]
    subprocess.run([*ruff, "check", "--select", "I,F401,UP", "--fix", "--exit-zero", *alone, target], check=True)
    subprocess.run([*ruff, "format", *alone, target], check=True)
    return target


def difference(one: Path, other: Path) -> list[str]:
    """Files that are in one folder only, or differ."""

    def files(place: Path) -> set[Path]:
        return {each.relative_to(place) for each in place.rglob("*") if each.is_file() and each.suffix != ".pyc"}

    both = files(one) & files(other)
    changed = {each for each in both if not filecmp.cmp(one / each, other / each, shallow=False)}
    return sorted(str(each) for each in (files(one) ^ files(other)) | changed)


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        made = generate(Path(folder))
        if "--check" in arguments:
            differing = difference(made, TARGET)
            if differing:
                print(f"{len(differing)} files differ, as {differing[0]}. Run tools/client.py and commit.")
            return 1 if differing else 0
        shutil.rmtree(TARGET, ignore_errors=True)
        shutil.copytree(made, TARGET)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
