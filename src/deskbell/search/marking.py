"""Showing why something was found: its words marked, and the piece of text around them. No HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from deskbell.search.lemmas import lemmas
from deskbell.search.lexemes import is_cjk, normal, split_word
from deskbell.search.question import Question
from deskbell.search.results import Marked, Part

AROUND = 180  # characters of an excerpt
_BEFORE = 50
_SAME_BEGINNING = 3  # letters a form has in common with its base form; short words change more
_ONE_LETTER = 5
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
        return _parts(text, self._spans(text)[0])

    def count(self, text: str) -> int:
        """How many different words of the question stand in the text."""
        return len(self._spans(text, whole=False)[1])

    def excerpt(self, text: str) -> Marked:
        """The part of the text in which the first match stands; empty without one."""
        spans, _found = self._spans(text)
        if not spans:
            return ()
        start = max(0, spans[0][0] - _BEFORE)
        if start:
            space = text.find(" ", start, spans[0][0])
            start = space + 1 if space >= 0 else start
        end = min(len(text), start + AROUND)
        if end < len(text):
            space = text.rfind(" ", max(start, spans[0][1]), end)
            end = space if space > 0 else end
        piece = " ".join(text[start:end].split())
        marked = _parts(piece, self._spans(piece)[0])
        return (*([Part("… ")] if start else []), *marked, *([Part(" …")] if end < len(text) else []))

    def _spans(self, text: str, *, whole: bool = True) -> tuple[list[tuple[int, int]], set[str]]:
        """Where they stand, and which. Not whole: only until all of the question's words were met."""
        if self._pattern is None:
            return [], set()
        spans: list[tuple[int, int]] = []
        found: set[str] = set()
        told = self._told
        for match in self._pattern.finditer(text):
            written = match[0]
            word = told[written] if written in told else told.setdefault(written, self._word_of(written))
            if word is not None:
                spans.append(match.span())
                found.add(word)
                if not whole and len(found) == self._most:
                    break
        return spans, found

    def _word_of(self, written: str) -> str | None:
        """The word of the question that something written is a form of."""
        word = normal(written)
        if is_cjk(word):
            return word
        for piece in split_word(word):
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
    def _most(self) -> int:
        """Different words that `_word_of` can tell; of Chinese any piece of the text may count as one."""
        words = set(self._wanted.values()) | ({self._beginning} if self._beginning else set())
        return -1 if any(is_cjk(word) for word in self._wanted) else len(words)

    @cached_property
    def _wanted(self) -> dict[str, str]:
        """Lexeme → word of the question."""
        return {lexeme: term.word for term in self.question.while_typing for lexeme in term.lexemes}

    @cached_property
    def _beginning(self) -> str:
        return self.question.completed.word if self.question.completed else ""

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        """Whatever may be a form of a word; the regular expression is fast, looking up lemmas is not."""
        cjk = sorted({word for word in self._wanted if is_cjk(word)})
        beginnings: set[str] = set()
        for lexeme, word in self._wanted.items():
            if not is_cjk(word):
                beginnings.add(_begins_like(word))
                beginnings.add(_begins_like(lexeme))
        if not cjk and not beginnings:
            return None
        parts = [re.escape(each) for each in cjk]
        if beginnings:
            parts.append(rf"(?<![^\W_])(?:{'|'.join(sorted(beginnings))})[^\W_]*(?:['’ʼ][^\W_]+)*")
        return re.compile("|".join(parts), re.IGNORECASE)


def _begins_like(word: str) -> str:
    length = 1 if len(word) <= _ONE_LETTER else _SAME_BEGINNING
    return "".join(f"[{_VARIANTS[letter]}]" if letter in _VARIANTS else re.escape(letter) for letter in word[:length])


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
