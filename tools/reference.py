"""Write the pages that follow from the code: docs/events.md, docs/permissions.md and the map in docs/architecture.md.

`python tools/reference.py` writes them, `--check` only says whether they are current.
"""

from __future__ import annotations

import inspect
import os
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
NOTE = "<!-- Written by tools/reference.py from the code; change it there. -->"
MAP_BEGINS, MAP_ENDS = "<!-- map: begin -->", "<!-- map: end -->"


def events_page() -> str:
    from deskbell.kernel.api import event_kinds
    from deskbell.kernel.events.subscribers import after_commit_subscribers

    lines = [
        "# Events", "", NOTE, "",
        "Every change writes one event in the same transaction (`deskbell.kernel.api.record`). Fields of every event:",
        "`at`, `kind`, `subject_type`, `subject_id`, `actor_kind`, `actor_id`, `cause_kind`, `cause_ref`, `changes`",
        "(field → old and new), `data` (below), `reason`, `historic`. Kinds and fields are only ever added.", "",
        "The column *after commit* names who is told in a job after the transaction, not who is told within it.",
    ]  # fmt: skip
    subject = ""
    # Within a test run, tests have declared kinds of their own.
    declared = [kind for kind in event_kinds if ".tests" not in kind.data.__module__]
    for kind in sorted(declared, key=lambda each: each.name):
        if kind.subject != subject:
            subject = kind.subject
            lines += ["", f"## {subject}", "", "| kind | what happened | data | after commit |", "|---|---|---|---|"]
        data = ", ".join(f"`{name}`" for name in kind.data.model_fields) or "–"
        told = ", ".join(f"`{each.name}`" for each in after_commit_subscribers if kind.name in each.kinds) or "–"
        lines.append(f"| `{kind.name}` | {kind.label} | {data} | {told} |")
    return "\n".join(lines) + "\n"


def permissions_page() -> str:
    from deskbell.kernel.api import permissions

    roles = import_module("deskbell.people.migrations.0002_roles").ROLES
    lines = [
        "# Permissions", "", NOTE, "",
        "A role is a set of permissions, held in a department and everything below it, or on the whole desk. The five",
        "roles below come with Deskbell and may be changed, except the administrator's. Everybody, without any role,",
        "sees and answers what they asked themselves.", "",
        "| permission | allows | " + " | ".join(name for _code, name, _text, _held in roles) + " |",
        "|---|---|" + "---|" * len(roles),
    ]  # fmt: skip
    for permission in sorted(permissions, key=lambda each: (str(each.group), each.name)):
        held = " | ".join(
            "yes" if permission.name in names or code == "administrator" else "" for code, _name, _text, names in roles
        )
        lines.append(f"| `{permission.name}` | {permission.label} | {held} |")
    return "\n".join(lines) + "\n"


def folders() -> Iterator[str]:
    """One line for each folder that a newcomer meets, with the first sentence of its README or its docstring."""
    package = ROOT / "src" / "deskbell"
    for path in sorted(path for path in package.iterdir() if (path / "__init__.py").exists()):
        yield f"- `src/deskbell/{path.name}`: {_purpose(path)}"
        for part in sorted(part for part in path.iterdir() if (part / "__init__.py").exists()):
            said = _purpose(part)
            if said:
                yield f"  - `{part.name}`: {said}"


def _purpose(folder: Path) -> str:
    readme = folder / "README.md"
    if readme.exists():
        paragraphs = readme.read_text().split("\n\n")
        text = next((part for part in paragraphs if not part.startswith(("#", "|", "<!--"))), "")
        return _first_sentence(text)
    source = (folder / "__init__.py").read_text()
    return _first_sentence(inspect.cleandoc(source.split('"""')[1])) if source.startswith('"""') else ""


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.;])\s", " ".join(text.split()), maxsplit=1)[0].rstrip(".;")


def architecture_page() -> str:
    text = (DOCS / "architecture.md").read_text()
    before, rest = text.split(MAP_BEGINS, 1)
    after = rest.split(MAP_ENDS, 1)[1]
    listed = "\n".join(folders())
    return f"{before}{MAP_BEGINS}\n{listed}\n{MAP_ENDS}{after}"


PAGES = {"events.md": events_page, "permissions.md": permissions_page, "architecture.md": architecture_page}


def stale() -> list[str]:
    """Pages that no longer say what the code says."""
    return [name for name, make in PAGES.items() if _present(name) != make()]


def _present(name: str) -> str:
    page = DOCS / name
    return page.read_text() if page.exists() else ""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deskbell.config.settings")
    import django

    django.setup()
    if "--check" in sys.argv:
        late = stale()
        print(
            "\n".join(f"docs/{name} is not current: run python tools/reference.py" for name in late) or "All current."
        )
        sys.exit(bool(late))
    for name, make in PAGES.items():
        (DOCS / name).write_text(make())


if __name__ == "__main__":
    main()
