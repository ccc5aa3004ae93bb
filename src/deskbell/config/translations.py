"""Compiles the translations: `python -m deskbell.config.translations`. No gettext programs are needed."""

from pathlib import Path

import polib

LOCALES = Path(__file__).parents[1] / "locale"


def compile_all(root: Path = LOCALES) -> int:
    """Write each .mo whose .po is newer; how many were written."""
    written = 0
    for source in sorted(root.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns <= source.stat().st_mtime_ns:
            draft = target.with_suffix(".mo.new")
            polib.pofile(str(source)).save_as_mofile(str(draft))
            draft.replace(target)
            written += 1
    return written


if __name__ == "__main__":
    compile_all()
