"""What somebody typed into a search box, read: words, "phrases", -without, filter:value.

Any text is a question. What cannot be used is said in `problems`, and the rest is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from deskbell.kernel.api import one_line
from deskbell.search import codes, common, languages, vocabulary
from deskbell.search.lemmas import lemmas
from deskbell.search.lexemes import WORD, is_cjk, normal, split_piece

LONGEST = 1_000  # characters of a question
MOST_WORDS = 20
SHORTEST_BEGINNING = 2  # letters from which on the last word is completed
_MEET_MORE_OFTEN, _AT_MOST_FEWER = 5.0, 8.0
# A filter, a phrase or anything else up to the next space, each perhaps with a "-" before it.
_TOKEN = re.compile(
    r'(?P<minus>-?)(?:(?P<name>[A-Za-z_]{2,20}):(?!//)(?P<value>"[^"]*"|[^\s"]*)|"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+|"))'
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word to be found. lexemes: what it may stand as in the index; any of them will do."""

    word: str
    lexemes: tuple[str, ...]

    @property
    def is_correctable(self) -> bool:
        return len(self.word) >= vocabulary.SHORTEST_CORRECTED and self.word.isalpha() and not is_cjk(self.word)


@dataclass(frozen=True, slots=True)
class Filter:
    """`name:value`; excluded: `-name:value`."""

    name: str
    value: str
    excluded: bool = False


@dataclass(frozen=True)
class Question:
    """A search as it was read. terms: all must be found. completed: the last term with its completions, while typing.

    phrases: must stand in one text as they are (their words are among the terms).
    """

    text: str = ""
    terms: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    phrases: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    problems: tuple[str, ...] = ()
    completed: Term | None = None

    @property
    def has_words(self) -> bool:
        return bool(self.terms)

    @property
    def is_empty(self) -> bool:
        return not (self.terms or self.excluded or self.filters)

    @property
    def while_typing(self) -> tuple[Term, ...]:
        """The terms, the last one with everything it may become."""
        return (*self.terms[:-1], self.completed) if self.completed else self.terms

    @property
    def completing(self) -> tuple[Term, ...]:
        """The terms, the last one only with what it is not yet; nothing unless it is completed."""
        if not self.completed:
            return ()
        last = self.terms[-1]
        more = tuple(lexeme for lexeme in self.completed.lexemes if lexeme not in last.lexemes)
        return (*self.terms[:-1], Term(last.word, more))

    def with_corrections(self) -> tuple[Question, tuple[tuple[str, str], ...]]:
        """The question with words that no text holds exchanged for what was probably meant, and which these are."""
        terms, changed = [], []
        near = vocabulary.corrections(term.word for term in self.terms if term.is_correctable)
        for term in self.terms:
            found = [word for word in near.get(term.word, ()) if word != term.word]
            if found:
                meant = tuple(dict.fromkeys(lexeme for word in found for lexeme in lemmas(word)))
                terms.append(Term(term.word, (*term.lexemes, *meant)))
                changed.append((term.word, found[0]))
            else:
                terms.append(term)
        return replace(self, terms=tuple(terms), completed=None), tuple(changed)


def read(text: str, filters: Collection[str] = (), *, typing: bool = True) -> Question:
    """filters: names the asked kind of record knows. typing: the last word may be the beginning of one."""
    reading = _Reading(filters)
    if len(text) > LONGEST:
        reading.problems.append(_("Only the first %(count)s characters were used.") % {"count": LONGEST})
    text = text[:LONGEST].replace("\x00", " ")
    for match in _TOKEN.finditer(text):
        reading.take(match)
    return reading.question(text, typing=typing)


@dataclass(slots=True)
class _Reading:
    """What was read so far. last: the word that ends the text, when it may be a beginning."""

    known: Collection[str]
    terms: dict[str, Term] = field(default_factory=dict)
    excluded: dict[str, Term] = field(default_factory=dict)
    phrases: list[str] = field(default_factory=list)
    filters: list[Filter] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    last: str = ""

    def take(self, match: re.Match[str]) -> None:
        minus, name, value, phrase, word = match.group("minus", "name", "value", "phrase", "word")
        self.last = ""
        if name is not None and name.lower() in self.known:
            self._take_filter(name.lower(), value, excluded=bool(minus))
            return
        if name is not None and value:
            self.problems.append(_unknown(name, self.known))
        found = _terms(word or phrase or f"{name or ''} {value or ''}")
        terms = {term.word: term for term in found}
        if minus:
            self.excluded |= terms
            return
        self.terms |= terms
        if phrase is not None and len(found) > 1:
            self.phrases.append(one_line(phrase, 200))
        elif found and phrase is None and match.end() == len(match.string):
            self.last = found[-1].word

    def _take_filter(self, name: str, value: str, *, excluded: bool) -> None:
        value = one_line(value.strip('"'), 200).strip()
        if value:
            self.filters.append(Filter(name, value, excluded))
        else:
            self.problems.append(_("Write a value right after “%(name)s:”.") % {"name": name})

    def question(self, text: str, *, typing: bool) -> Question:
        if len(self.terms) > MOST_WORDS:
            self.problems.append(_("Only the first %(count)s words were used.") % {"count": MOST_WORDS})
            self.last = ""
        telling = {word: term for word, term in self.terms.items() if word not in languages.EVERYWHERE}
        if self.terms and not telling:
            self.problems.append(_("These words stand in nearly every text. Add another one."))
        kept = tuple(telling.values())[:MOST_WORDS]
        last = telling.get(self.last)
        if last is not None:
            kept = (*(term for term in kept if term is not last), last)
        return Question(
            text=text,
            terms=kept,
            excluded=tuple(self.excluded.values())[:MOST_WORDS],
            phrases=tuple(self.phrases),
            filters=tuple(self.filters),
            problems=tuple(dict.fromkeys(self.problems)),
            completed=_completed(last) if last is not None and typing else None,
        )


def _terms(text: str) -> list[Term]:
    return [
        Term(word, lemmas(word))
        for piece in WORD.findall(normal(text))
        for word in split_piece(piece)
    ]  # fmt: skip


def _completed(term: Term) -> Term | None:
    if len(term.word) < SHORTEST_BEGINNING or is_cjk(term.word):
        return None
    words = vocabulary.completions(term.word)
    more = tuple(dict.fromkeys(lexeme for word in words for lexeme in lemmas(word) if lexeme not in term.lexemes))
    return Term(term.word, (*term.lexemes, *more)) if more else None


def _unknown(name: str, filters: Collection[str]) -> str:
    known = ", ".join(f"{each}:" for each in filters)
    return _("“%(name)s:” is not a filter and was looked for as a word. There are: %(known)s.") % {
        "name": name,
        "known": known or "-",
    }


def as_query(
    terms: Collection[Term], excluded: Collection[Term], *, in_title: bool = False, inside: bool = False
) -> str:
    """A tsquery. in_title: all words in the subject. inside: also what only colleagues may find."""
    known = common.current()

    def spelt(all_of: codes.Codes) -> list[str]:
        if len(all_of) == 1:
            return known.spellings(all_of[0])
        return ["(" + "&".join(all_of) + ")"]

    def one_of(*asked: Term) -> str:
        found = [codes.of_lexeme(lexeme) for term in asked for lexeme in term.lexemes]
        if inside:
            found += [tuple(map(codes.inside, all_of)) for all_of in found]
        return codes.query(each for all_of in found for each in spelt(all_of))

    def one_of_titles(term: Term) -> str:
        """The word, and beside it what says that it stands in the subject."""
        found = [codes.of_lexeme(lexeme) for lexeme in term.lexemes]
        return codes.query(
            f"({each}&{codes.in_title(all_of[0])})" if len(all_of) == 1 else each
            for all_of in found
            for each in spelt(all_of)
        )

    parts = [one_of_titles(term) if in_title else one_of(term) for term in terms]
    if excluded:
        parts.append("!" + one_of(*excluded))
    return "&".join(parts)


def expected(terms: Collection[Term], *, inside: bool = False) -> float | None:
    """How many records roughly have all of these; None on a desk about whose words nothing is known.

    inside: also in what only colleagues may find.
    """
    known = common.current()
    if not known.documents:
        return None
    least = together = 1.0
    for place, term in enumerate(terms):
        found = [codes.of_lexeme(lexeme)[0] for lexeme in term.lexemes]
        if inside:
            found += map(codes.inside, tuple(found))
        share = min(1.0, sum(map(known.share, found)))
        least = min(least, share)
        # Words of one text are in one language and of one matter: they meet more often than by chance.
        together *= share * (_MEET_MORE_OFTEN if place else 1.0)
    # However many words there are, and however often they really meet.
    return known.documents * min(least, max(together, least / _AT_MOST_FEWER))
