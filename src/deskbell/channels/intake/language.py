"""The language somebody writes in, for people the desk meets for the first time."""

from __future__ import annotations

import threading
from typing import Any

from django.conf import settings

from deskbell.channels.mail.parse import ParsedMail
from deskbell.channels.mail.quotes import split_text

_SHORTEST = 12  # characters; fewer say nothing
_SAMPLE = 2000
_lock = threading.Lock()
_identifier: Any = None


def language_of(mail: ParsedMail) -> str:
    """One of settings.LANGUAGES, by the text that was newly written; empty when it cannot be told."""
    offered = dict(settings.LANGUAGES)
    text = f"{mail.subject}\n{split_text(mail.text[:20_000], subject=mail.subject).visible[:_SAMPLE]}".strip()
    if len(text) < _SHORTEST:
        return ""
    with _lock:  # the identifier keeps state between calls
        found = str(_load().classify(text)[0])
    code = "zh-hant" if found == "zh" else found
    return code if code in offered else ""


def _load() -> Any:
    """py3langid, restricted to the languages offered; loaded on first use (70 MB)."""
    global _identifier  # noqa: PLW0603 - one model per process
    if _identifier is None:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        _identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
        _identifier.set_languages([code.split("-", maxsplit=1)[0] for code, _name in settings.LANGUAGES])
    return _identifier
