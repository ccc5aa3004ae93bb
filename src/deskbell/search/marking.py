"""Showing why something was found: its words marked, and the piece of text around them. No HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import islice
from typing import Final

from deskbell.search.lemmas import lemmas
from deskbell.search.lexemes import LONGEST, is_cjk, normal, split_word
from deskbell.search.question import Question, Term
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
        return _parts(text, self._spans(text))

    def count(self, text: str, *, above: int = 0) -> int:
        """How many different words of the question stand in the text; 0 where they are no more than `above`."""
        found, left = 0, len(self._words)
        for word in self._words:
            if found + left <= above:
                return 0
            left -= 1
            found += word.stands_in(text)
        return found if found > above else 0

    def excerpt(self, text: str) -> Marked:
        """The part of the text in which the first match stands; empty without one."""
        first = min((span for word in self._words for span in islice(word.spans(text), 1)), default=None)
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
        marked = _parts(piece, self._spans(piece))
        return (*([Part("… ")] if start else []), *marked, *([Part(" …")] if end < len(text) else []))

    def _spans(self, text: str) -> list[tuple[int, int]]:
        """Where the words of the question stand, in order."""
        return sorted(span for word in self._words for span in word.spans(text))

    @cached_property
    def _words(self) -> list[_Word]:
        """The words of the question, longest first: of several the one least often there decides soonest."""
        last = self.question.completed
        words = [_Word(term, last.word if term is last else "") for term in self.question.while_typing]
        return sorted(words, key=lambda each: -len(each.term.word))


@dataclass(frozen=True)
class _Word:
    """A word of the question. beginning: what a word that is still being typed begins with."""

    term: Term
    beginning: str = ""

    def stands_in(self, text: str) -> bool:
        return next(self.spans(text), None) is not None

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where it stands in any of its forms."""
        told = self._told
        for match in self._pattern.finditer(text):
            written = match[0]
            if written not in told:
                told[written] = self._is_form(written)
            if told[written]:
                yield match.span()

    def _is_form(self, written: str) -> bool:
        pieces, lexemes = _read(written)
        if not self._lexemes.isdisjoint(lexemes):
            return True
        return bool(self.beginning) and any(piece.startswith(self.beginning) for piece in pieces)

    @cached_property
    def _told(self) -> dict[str, bool]:
        """What was written → whether it is a form of the word: texts say the same again and again."""
        return {}

    @cached_property
    def _lexemes(self) -> frozenset[str]:
        return frozenset(self.term.lexemes)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return _pattern(frozenset(filter(None, (self.term.word, *self.term.lexemes))))


@lru_cache(maxsize=4_000)
def _read(written: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of something written, and everything they may be indexed as."""
    word = normal(written)
    if is_cjk(word):
        return (word,), (word,)
    pieces = (word,) if word.isalnum() and len(word) <= _SHORT else tuple(split_word(word))
    return pieces, tuple(lexeme for piece in pieces for lexeme in lemmas(piece))


@lru_cache(maxsize=200)
def _pattern(forms: frozenset[str]) -> re.Pattern[str]:
    """Whatever may be a form of a word; the regular expression is fast, looking up lemmas is not.

    It begins with one set of letters, in both cases, as Python's engine runs through a text without stopping for
    such a beginning alone: whether a word begins there, and which, is asked behind the letter.
    """
    pieces = sorted(filter(is_cjk, forms))
    starts = {word[: 1 if len(word) <= _ONE_LETTER else _SAME_BEGINNING] for word in forms.difference(pieces)}
    begins = sorted(each for each in starts if len(each) == 1 or each[0] not in starts)
    found = []
    if pieces:
        found.append(_one_of(pieces))
    if begins:
        found.append(rf"(?<![^\W_].){_one_of(begins)}[^\W_]*(?:['’ʼ][^\W_]+)*")
    first = sorted({case for each in (*pieces, *begins) for case in _cases(each[0])})
    return re.compile(f"{_any_of(first)}(?:{'|'.join(found)})", re.DOTALL)


def _one_of(beginnings: Iterable[str]) -> str:
    """Any of these, the first letter of which was passed just now."""
    found = (f"(?<={_letter(each[0])}){''.join(map(_letter, each[1:]))}" for each in beginnings)
    return f"(?:{'|'.join(found)})"


def _letter(letter: str) -> str:
    """Every case is written down, as IGNORECASE takes longer to compile and to match."""
    return _any_of(_cases(letter))


def _any_of(letters: Iterable[str]) -> str:
    return f"[{''.join(map(re.escape, letters))}]"


@lru_cache(maxsize=500)
def _cases(letter: str) -> tuple[str, ...]:
    """What a letter is taken for, in both cases: as IGNORECASE has it, so that "k" is the sign of kelvin too."""
    alike = f"[{_VARIANTS[letter]}]" if letter in _VARIANTS else re.escape(letter)
    return tuple(sorted({letter, *re.findall(alike, _cased(), re.IGNORECASE)}))


@cache
def _cased() -> str:
    """All letters that have cases."""
    letters = map(chr, range(_LAST_CASED + 1))
    return "".join(each for each in letters if each.lower() != each or each.upper() != each)


def _parts(text: str, spans: Iterable[tuple[int, int]]) -> Marked:
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
