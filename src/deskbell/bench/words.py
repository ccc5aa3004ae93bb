"""Words as a desk of six languages writes them: real ones first, by how often they are used, then a long tail."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any, NamedTuple

from deskbell.demo import api as demo

VOCABULARY = 8_000  # different words of one language; numbers of orders, devices and invoices come on top
EXPONENT, SHIFT = (
    1.05,
    2.7,
)  # of the law of Zipf and Mandelbrot: share of the word of rank r ~ 1 / (r + SHIFT) ** EXPONENT
MEDIAN_WORDS, SPREAD, MOST_WORDS = 35, 0.8, 1_500  # of a message, log-normal
DRAWN = 1 << 17  # words of one language, the rarest a few times or not at all: of these the texts take theirs
CODES = ("RE", "LK-NB", "PO", "AB", "SN", "INV", "TKT", "RMA")
WORDS_A_SENTENCE, SENTENCES_A_PARAGRAPH = 10, 5
WITH_CODE = 0.3  # share of the messages that name a number of something
_LETTERS = re.compile(r"[^\W\d_]+")
_NOT_WRITTEN = {"department", "kind", "category", "sender", "resolution"}  # of a matter, by people who ask
_UNSPACED, _LATIN = "zh-hant", ("en", "fi", "pl")
_LOG_MEDIAN = math.log(MEDIAN_WORDS)


class Text(NamedTuple):
    """What somebody wrote: pieces that occur in many other texts too, and words of its own."""

    whole: str
    pieces: Sequence[str]
    own: str


class Vocabulary:
    """The words of one language by how often they are used, and sentences made of them.

    Drawing every word of a million tickets would take longer than everything else together, so that texts are made of
    a stock of sentences, and some words drawn for themselves keep the rare ones rare. stock: how many sentences.
    """

    def __init__(self, language: str, stock: int) -> None:
        self.language = language
        self.words, self._cumulative = _words(language)
        self._space, self._stop = ("", "。") if language == _UNSPACED else (" ", ". ")
        rng = Random(f"sentences {language}")
        # Looking for each word among sums of shares costs five times as much as taking one of many drawn beforehand.
        self._drawn = rng.choices(self.words, cum_weights=self._cumulative, k=DRAWN)
        self._stock = [self._sentence(rng, rng.randrange(6, 15)) for _sentence in range(stock)]

    def draw(self, rng: Random, count: int) -> list[str]:
        drawn, random = self._drawn, rng.random
        return [drawn[int(random() * DRAWN)] for _word in range(count)]

    def _sentence(self, rng: Random, words: int) -> str:
        return self._space.join(self.draw(rng, words)).capitalize()

    def subject(self, rng: Random) -> str:
        """Three to eight words on one line."""
        return self._sentence(rng, rng.randrange(3, 9))

    def message(self, rng: Random) -> Text:
        """A message of sentences and paragraphs, the last sentence made for it alone."""
        count = min(MOST_WORDS, max(4, rng.lognormvariate(_LOG_MEDIAN, SPREAD)))
        stock = self._stock
        pieces = [stock[int(rng.random() * len(stock))] for _sentence in range(int(count / WORDS_A_SENTENCE))]
        last = self._sentence(rng, 2 + int(rng.random() * 4))
        if rng.random() < WITH_CODE:
            last += f" {rng.choice(CODES)}-{int(rng.random() * 990_000) + 10_000}"
        stop = self._stop
        sentences = [*pieces, last]
        if len(sentences) <= SENTENCES_A_PARAGRAPH:
            return Text(stop.join(sentences) + stop.rstrip(), pieces, last)
        places = range(0, len(sentences), SENTENCES_A_PARAGRAPH)
        paragraphs = [stop.join(sentences[place : place + SENTENCES_A_PARAGRAPH]) for place in places]
        return Text(f"{stop.rstrip()}\n\n".join(paragraphs) + stop.rstrip(), pieces, last)


@cache
def vocabulary(language: str, stock: int) -> Vocabulary:
    """The same on every machine."""
    return Vocabulary(language, stock)


def stock_for(tickets: int) -> int:
    """Sentences of one language: enough that one of them is rare, and not more than is soon made."""
    return min(20_000, max(500, tickets // 2))


@cache
def _words(language: str) -> tuple[list[str], list[float]]:
    counts = Counter(_words_of(language))
    words = sorted(counts, key=lambda word: (-counts[word], word))
    words += _tail(language, words)
    weights = accumulate((rank + SHIFT) ** -EXPONENT for rank in range(1, len(words) + 1))
    return words, list(weights)


def _tail(language: str, words: list[str]) -> list[str]:
    """Rare words: beginnings of real words with endings of others, as inflections, names and slips of the pen are."""
    rng = Random(f"tail {language}")
    known = set(words)
    words = [word for word in words if language in _LATIN or not word.isascii()] or words
    found: list[str] = []
    while len(known) < VOCABULARY:
        first, second = rng.choice(words), rng.choice(words)
        word = (
            first + second if language == _UNSPACED else first[: 1 + 2 * len(first) // 3] + second[-rng.randint(2, 4) :]
        )
        if word not in known:
            known.add(word)
            found.append(word)
    return found


def _words_of(language: str) -> Iterator[str]:
    for text in _texts(demo.phrases(language).model_dump()):
        for word in _LETTERS.findall(re.sub(r"\{\w+\}", " ", text)):
            if language == _UNSPACED:
                yield from (word[place : place + 2] for place in range(0, len(word), 2))
            else:
                yield word.lower()


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in _NOT_WRITTEN:
                yield from _texts(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _texts(each)
