"""The words of all documents: for completing the last word while it is typed, and for typing errors.

It knows no rights, so nothing of it is ever shown by itself: a word leads to documents, and only those the viewer
may see answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from django.db import connection, transaction

from deskbell.kernel.statements import fetch

MOST_COMPLETIONS = 60  # of one beginning, the commonest
MOST_CORRECTIONS = 12
SHORTEST_CORRECTED = 4  # letters
_MOST_MOVED = 20_000  # new words that become words at once
_ALPHABETS: Final = {
    "latin": "abcdefghijklmnopqrstuvwxyząćęłńóśźżäöåéü",
    "cyrillic": "абвгґдеєжзиіїйклмнопрстуфхцчшщьыъэюяё’",
}
_ALIKE = 0.35  # of trigrams shared, for words with more than one error


def completions(beginning: str) -> list[str]:
    """The commonest words that begin so, the beginning itself left out."""
    end = beginning[:-1] + chr(ord(beginning[-1]) + 1) if beginning[-1] < "\U0010fffe" else None
    if end is None:
        return []
    most = MOST_COMPLETIONS
    return [row[0] for row in fetch(_COMPLETE, [beginning, end, most, beginning, end, most, most])]


def corrections(words: Iterable[str]) -> dict[str, list[str]]:
    """Of each word those one typing error away, the commonest first; when there is none, the most alike ones."""
    near = {word: set(one_error_away(word)) for word in words}
    # As one text: psycopg looks at each of a list for what has to be quoted.
    asked = " ".join(set().union(*near.values()))
    known = [word for (word,) in fetch(_NEAR, [asked])] if asked else []
    return {
        word: [each for each in known if each in around][:MOST_CORRECTIONS] or _most_alike(word)
        for word, around in near.items()
    }


def _most_alike(word: str) -> list[str]:
    found = fetch(_ALIKE_SQL, [word, word, word, _ALIKE, len(word) - 2, len(word) + 2, word, MOST_CORRECTIONS])
    return [each for (each,) in found]


def one_error_away(word: str) -> Iterator[str]:
    """Every word with one letter left out, doubled, exchanged or swapped with its neighbour."""
    letters = _ALPHABETS["cyrillic" if "\u0400" <= word[0] <= "\u04ff" else "latin"]
    for at in range(len(word)):
        before, after = word[:at], word[at + 1 :]
        yield before + after
        if after and after[0] != word[at]:
            yield before + after[0] + word[at] + after[1:]
        for letter in letters:
            yield before + letter + after
            yield before + letter + word[at:]
    for letter in letters:
        yield word + letter


def take_in_new_words() -> int:
    """New words become words, with how often they were brought. Returns how many rows were read."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TAKE_IN, {"most": _MOST_MOVED})
        (taken,) = cursor.fetchone() or (0,)
    return int(taken)


def write_vocabulary(counted: Mapping[str, int]) -> None:
    """Words counted in bulk → the vocabulary, added to what is there."""
    items = sorted(counted.items())
    with connection.cursor() as cursor:
        for start in range(0, len(items), _MOST_MOVED):
            part = items[start : start + _MOST_MOVED]
            cursor.execute(_ADD, {"words": [word for word, _count in part], "counts": [count for _word, count in part]})


def forget_counts() -> None:
    """Before counting anew."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE search_word SET documents = 0 WHERE documents <> 0")


def forget_unused() -> None:
    """After counting anew: words that no document has any more."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_word WHERE documents = 0")


_COMPLETE: Final = """
SELECT word FROM (
    (SELECT word, documents FROM search_word WHERE word >= %s COLLATE "C" AND word < %s COLLATE "C"
     ORDER BY documents DESC LIMIT %s)
    UNION ALL
    (SELECT word, 1 FROM search_newword WHERE word >= %s COLLATE "C" AND word < %s COLLATE "C" LIMIT %s)
) AS found
GROUP BY word ORDER BY max(documents) DESC, word LIMIT %s
"""
# The words are cut once, whatever the plan: for each row it would take longer than all the rest.
_NEAR: Final = """
WITH asked AS MATERIALIZED (SELECT unnest(string_to_array(%s, ' ')) AS word)
SELECT word FROM (
    SELECT word, documents FROM search_word WHERE word = ANY(ARRAY(SELECT word FROM asked))
    UNION ALL SELECT n.word, 1 FROM search_newword AS n JOIN asked ON asked.word = n.word
) AS found
GROUP BY word ORDER BY max(documents) DESC, word
"""
_ALIKE_SQL: Final = """
SELECT word FROM (
    SELECT word, documents FROM search_word WHERE word %% %s
    UNION ALL SELECT word, 1 FROM search_newword WHERE word %% %s
) AS found
WHERE similarity(word, %s) >= %s AND length(word) BETWEEN %s AND %s
GROUP BY word ORDER BY similarity(word, %s) DESC, max(documents) DESC LIMIT %s
"""
_TAKE_IN: Final = """
WITH taken AS (
    DELETE FROM search_newword WHERE id IN (
        SELECT id FROM search_newword ORDER BY id LIMIT %(most)s FOR UPDATE SKIP LOCKED
    ) RETURNING word
), added AS (
    INSERT INTO search_word AS known (word, documents)
    SELECT word, count(*) FROM taken GROUP BY word ORDER BY word
    ON CONFLICT (word) DO UPDATE SET documents = known.documents + EXCLUDED.documents
)
SELECT count(*) FROM taken
"""
_ADD: Final = """
INSERT INTO search_word AS known (word, documents)
SELECT * FROM unnest(%(words)s::text[], %(counts)s::int[])
ON CONFLICT (word) DO UPDATE SET documents = known.documents + EXCLUDED.documents
"""
