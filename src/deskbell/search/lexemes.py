"""Text into lexemes, the same way for what is indexed and what is asked.

Done here and not by PostgreSQL's parser, so that every database finds the same whatever its locale: words in
lower case (Cyrillic, Polish and Finnish letters too), Chinese, Japanese and Korean as pairs of characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LONGEST = 48  # bytes of one lexeme in UTF-8; longer words are cut, in the index and in the question alike
_WORD = re.compile(r"[^\W_]+")
# Han, kana, bopomofo and Hangul: written without spaces, or inflected so that whole words rarely meet.
_CJK = re.compile(
    "([\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u3130-\u318f\u31a0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]+)"
)


def words(text: str) -> Iterator[str]:
    """Lexemes of a text to be indexed, in order, with repetitions."""
    for piece in _WORD.findall(_normal(text)):
        for index, part in enumerate(_CJK.split(piece)):
            if index % 2:
                yield from pairs(part)
                yield part[-1]  # so that the last character is found alone, too
            elif part:
                yield cut(part)


def question(text: str) -> list[str]:
    """Lexemes that a record must all have; the last one as a beginning."""
    found: dict[str, None] = {}
    last = ""
    for piece in _WORD.findall(_normal(text)):
        for index, part in enumerate(_CJK.split(piece)):
            for lexeme in pairs(part) if index % 2 else ([cut(part)] if part else []):
                found[lexeme] = None
                last = lexeme
    if last:
        del found[last]
        found[last] = None  # stays the last one
    return list(found)


def pairs(run: str) -> list[str]:
    """Neighbouring characters of a run; a single one stands alone."""
    return [run[index : index + 2] for index in range(len(run) - 1)] if len(run) > 1 else [run]


def cut(word: str) -> str:
    if len(word) * 4 <= LONGEST:
        return word
    return word.encode()[:LONGEST].decode(errors="ignore")


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
