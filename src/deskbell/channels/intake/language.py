"""The language somebody writes in, for people the desk meets for the first time.

By script, small words and letters, of the languages Deskbell speaks. A statistical model of a hundred languages
(py3langid) told these six no better and took 70 MB and numpy.
"""

from __future__ import annotations

import re

from django.conf import settings

from deskbell.channels.mail.parse import ParsedMail
from deskbell.channels.mail.quotes import split_text
from deskbell.search.api import evidence

_SHORTEST = 12  # characters; fewer say nothing, except in Chinese
_SAMPLE = 2000
_HAN, _NOT_CHINESE = re.compile("[\u4e00-\u9fff]"), re.compile("[\u3040-\u30ff\uac00-\ud7af]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LEAST = 2  # points: one small word, or two letters


def language_of(mail: ParsedMail) -> str:
    """One of settings.LANGUAGES, by the text that was newly written; empty when it cannot be told."""
    offered = dict(settings.LANGUAGES)
    code = told_by(f"{mail.subject}\n{split_text(mail.text[:20_000], subject=mail.subject).visible[:_SAMPLE]}")
    return code if code in offered else ""


def told_by(text: str) -> str:
    """The language of a text: one of six, or empty."""
    letters = sum(map(str.isalpha, text))
    if len(_HAN.findall(text)) * 3 > letters and not _NOT_CHINESE.search(text):
        return "zh-hant"
    if letters < _SHORTEST:
        return ""
    points = evidence(text)
    if len(_CYRILLIC.findall(text)) * 2 > letters:
        return "ru" if points["ru"] > points["uk"] else "uk"
    best, second = sorted(((points[code], code) for code in ("en", "fi", "pl")), reverse=True)[:2]
    return best[1] if best[0] >= _LEAST and best[0] > second[0] else ""
