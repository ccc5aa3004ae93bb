"""Translations: collect every string into the template and bring the languages up to date.

    python tools/messages.py            writes src/deskbell/locale/django.pot and each language's django.po
    python tools/messages.py --check    says whether the template is current, and how much is translated

Babel extracts (no gettext programs needed); what is extracted, and how, stands in `deskbell.config.extraction`.
Locations are files without lines: a template must not change because a function moved.
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from deskbell.config.extraction import KEYWORDS, METHODS, SOURCE

LOCALE = SOURCE / "locale"
TEMPLATE = LOCALE / "django.pot"
LANGUAGES = ("uk", "ru", "fi", "pl", "zh_Hant")
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)  # a fixed date: the file changes only when strings do


HEADER: dict[str, Any] = {
    "project": "Deskbell",
    "version": "1",
    "copyright_holder": "the Deskbell contributors",
    "msgid_bugs_address": "see CONTRIBUTING.md",
    "last_translator": "nobody yet",
    "language_team": "the Deskbell contributors",
    "charset": "utf-8",
    "creation_date": BEGAN,
    "revision_date": BEGAN,
    "fuzzy": False,
    "header_comment": "# Strings of Deskbell. Licence: Apache-2.0. Written by tools/messages.py.",
}


def collect() -> Catalog:
    """Every string of the product, in the order of files."""
    catalog = Catalog(**HEADER)
    options = {"**/jinja2/**.html": {"trimmed": "true", "silent": "false"}}
    found = extract_from_dir(SOURCE, METHODS, options, keywords=KEYWORDS, comment_tags=("Translators:",))
    for name, _line, message, comments, context in sorted(found, key=lambda each: (each[0], each[1])):
        catalog.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    return catalog


def as_text(catalog: Catalog) -> str:
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=110, include_lineno=False, ignore_obsolete=True)
    return buffer.getvalue().decode()


def path_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def translations(language: str) -> Catalog:
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, **HEADER)
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


def write(template: Catalog) -> None:
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_text(as_text(template))
    for language in LANGUAGES:
        catalog = translations(language)
        catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
        path_of(language).parent.mkdir(parents=True, exist_ok=True)
        path_of(language).write_text(as_text(catalog))


def strings(catalog: Catalog) -> set[tuple[str | None, str]]:
    return {(message.context, str(message.id)) for message in catalog if message.id}


def stale() -> set[tuple[str | None, str]]:
    """Strings that only one of code and template has."""
    if not TEMPLATE.exists():
        return {(None, "there is no template yet")}
    with TEMPLATE.open("rb") as stream:
        return strings(read_po(stream)) ^ strings(collect())


def main() -> None:
    if "--check" not in sys.argv:
        write(collect())
        return
    different = stale()
    for _context, text in sorted(different, key=str)[:20]:
        print(f"  {text[:100]!r}")
    for language in LANGUAGES:
        catalog = translations(language)
        done = sum(1 for message in catalog if message.id and message.string and any(message.string))
        print(f"{language:8} {done} of {len(strings(catalog))} translated")
    print(f"{len(different)} strings differ: run python tools/messages.py" if different else "The template is current.")
    sys.exit(bool(different))


if __name__ == "__main__":
    main()
