"""Showing why something was found: its words marked, and the piece of text around them. No HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Final

from deskbell.search.lemmas import lemmas
from deskbell.search.lexemes import LONGEST, is_cjk, normal, split_word
from deskbell.search.question import Question
from deskbell.search.results import Marked, Part

AROUND = 180  # characters of an excerpt
_BEFORE = 50
_SHORT: Final = LONGEST // 4  # characters that are never too many bytes
_SAME_BEGINNING = 3  # letters a form has in common with its base form; short words change more
_ONE_LETTER = 5
_LAST_CASED: Final = 0x1EFFF  # no letter behind it has cases
_VARIANTS: Final = {
    "a": "aąäáà", "c": "cć", "e": "eęéè", "i": "ií", "l": "lł", "n": "nń", "o": "oóö", "s": "sś", "u": "uüú",
    "z": "zźż", "е": "её",
}  # fmt: skip


@dataclass(frozen=True)
class Marker:
    """Finds the words of one question in texts."""

    question: Question

    def mark(self, text: str) -> Marked:
        """The whole text in parts."""
        return _parts(text, list(self._spans(text)))

    def count(self, text: str) -> int:
        """How many different words of the question stand in the text."""
        if self._pattern is None:
            return 0
        written = set(self._pattern.findall(text))
        told = self._told
        for each in written.difference(told):
            told[each] = self._word_of(each)
        return len({word for each in written if (word := told[each]) is not None})

    def excerpt(self, text: str) -> Marked:
        """The part of the text in which the first match stands; empty without one."""
        first = next(self._spans(text), None)
        if first is None:
            return ()
        start = max(0, first[0] - _BEFORE)
        if start:
            space = text.find(" ", start, first[0])
            start = space + 1 if space >= 0 else start
        end = min(len(text), start + AROUND)
        if end < len(text):
            space = text.rfind(" ", max(start, first[1]), end)
            end = space if space > 0 else end
        piece = " ".join(text[start:end].split())
        marked = _parts(piece, list(self._spans(piece)))
        return (*([Part("… ")] if start else []), *marked, *([Part(" …")] if end < len(text) else []))

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the words of the question stand."""
        if self._pattern is None:
            return
        told = self._told
        for match in self._pattern.finditer(text):
            written = match[0]
            if written not in told:
                told[written] = self._word_of(written)
            if told[written] is not None:
                yield match.span()

    def _word_of(self, written: str) -> str | None:
        """The word of the question that something written is a form of."""
        word = normal(written)
        if is_cjk(word):
            return word
        for piece in (word,) if word.isalnum() and len(word) <= _SHORT else split_word(word):
            if self._beginning and piece.startswith(self._beginning):
                return self._beginning
            for lexeme in lemmas(piece):
                if lexeme in self._wanted:
                    return self._wanted[lexeme]
        return None

    @cached_property
    def _told(self) -> dict[str, str | None]:
        """What was written → the word of the question it is a form of: texts say the same again and again."""
        return {}

    @cached_property
    def _wanted(self) -> dict[str, str]:
        """Lexeme → word of the question."""
        return {lexeme: term.word for term in self.question.while_typing for lexeme in term.lexemes}

    @cached_property
    def _beginning(self) -> str:
        return self.question.completed.word if self.question.completed else ""

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        """Whatever may be a form of a word; the regular expression is fast, looking up lemmas is not.

        It begins with one set of letters, in both cases, as Python's engine runs through a text without stopping for
        such a beginning alone: whether a word begins there, and which, is asked behind the letter.
        """
        pieces = {word for word in self._wanted if is_cjk(word)}
        words = {
            each for lexeme, word in self._wanted.items() if lexeme not in pieces for each in (word, lexeme) if each
        }
        if not pieces and not words:
            return None
        begins = sorted({word[: 1 if len(word) <= _ONE_LETTER else _SAME_BEGINNING] for word in words})
        found = []
        if pieces:
            found.append(_one_of(sorted(pieces)))
        if begins:
            found.append(rf"(?<![^\W_].){_one_of(begins)}[^\W_]*(?:['’ʼ][^\W_]+)*")
        first = "".join(sorted({case for each in (*pieces, *begins) for case in _cases(each[0])}))
        return re.compile(f"[{first}](?i:{'|'.join(found)})", re.DOTALL)


def _one_of(beginnings: Iterable[str]) -> str:
    """Any of these, the first letter of which was passed just now."""
    found = (f"(?<={_letter(each[0])}){''.join(map(_letter, each[1:]))}" for each in beginnings)
    return f"(?:{'|'.join(found)})"


def _letter(letter: str) -> str:
    return f"[{_VARIANTS[letter]}]" if letter in _VARIANTS else re.escape(letter)


@lru_cache(maxsize=500)
def _cases(letter: str) -> tuple[str, ...]:
    """What a letter is taken for, in both cases: as IGNORECASE has it, so that "k" is the sign of kelvin too."""
    return (letter, *re.findall(_letter(letter), _cased(), re.IGNORECASE))


@cache
def _cased() -> str:
    """All letters that have cases."""
    letters = map(chr, range(_LAST_CASED + 1))
    return "".join(each for each in letters if each.lower() != each or each.upper() != each)


def _parts(text: str, spans: list[tuple[int, int]]) -> Marked:
    parts: list[Part] = []
    at = 0
    for start, end in spans:
        if start > at:
            parts.append(Part(text[at:start]))
        if parts and parts[-1].is_match and start <= at:
            parts[-1] = Part(parts[-1].text + text[max(at, start) : end], is_match=True)
        else:
            parts.append(Part(text[start:end], is_match=True))
        at = max(at, end)
    if at < len(text):
        parts.append(Part(text[at:]))
    return tuple(parts)
