"""Text into words, the same way for what is indexed, what is asked and what is marked.

Done here and not by PostgreSQL's parser, so that every database finds the same whatever its locale: words in
lower case, Chinese, Japanese and Korean as pairs of characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LONGEST = 48  # bytes of one word in UTF-8; longer ones are cut, in the index and in the question alike
APOSTROPHES = "'’ʼ`"
WORD = re.compile(rf"[^\W_]+(?:[{APOSTROPHES}][^\W_]+)*")
# Han, kana, bopomofo and Hangul: written without spaces, or inflected so that whole words rarely meet.
CJK = re.compile(
    "([\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u3130-\u318f\u31a0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]+)"
)
_ANY_CJK = re.compile("[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]")
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")


def normal(text: str) -> str:
    """One spelling for what looks the same, in lower case."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).lower()


def words(text: str) -> Iterator[str]:
    """Words and pairs of characters of a text in normal form, in order, with repetitions."""
    found: list[str] = WORD.findall(text)
    if _ANY_CJK.search(text) is None:
        for piece in found:
            if len(piece) * 4 <= LONGEST and piece.isalnum():
                yield piece
            else:
                yield from split_word(piece)
    else:
        for piece in found:
            yield from split_piece(piece)


def split_piece(piece: str) -> Iterator[str]:
    """The words of something written without a space, in which scripts may meet ("iPad版")."""
    for index, part in enumerate(CJK.split(piece)):
        if index % 2:
            yield from pairs(part)
        elif part:
            yield from split_word(part)


def split_word(word: str) -> Iterator[str]:
    """An apostrophe belongs to a Cyrillic word ("комп'ютер") and divides others ("user's" is "user")."""
    if word.isalnum():
        yield cut(word)
    elif "\u0400" <= word[0] <= "\u04ff":
        yield cut(_APOSTROPHE.sub("’", word).strip("’"))
    else:
        for index, part in enumerate(_APOSTROPHE.split(word)):
            if part and (index == 0 or len(part) > 1):
                yield cut(part)


def pairs(run: str) -> list[str]:
    """Neighbouring characters of a run; a single one stands alone."""
    return [run[index : index + 2] for index in range(len(run) - 1)] if len(run) > 1 else [run]


def is_cjk(word: str) -> bool:
    return _ANY_CJK.match(word) is not None


def cut(word: str) -> str:
    if len(word) * 4 <= LONGEST:
        return word
    return word.encode()[:LONGEST].decode(errors="ignore")
