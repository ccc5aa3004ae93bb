"""Writing and asking the index."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Lookup, QuerySet
from typing_extensions import override

from deskbell.kernel.api import clock, send
from deskbell.search.lexemes import question, words
from deskbell.search.models import SearchDocument

ALL: Final = ""
PUBLIC: Final = "ABC"  # everything but what only colleagues may find (weight D)
MOST_WORDS = 20  # of one question
LONGEST_PART = 200_000  # characters looked at in one text; nobody searches for the end of ten megabytes
# PostgreSQL keeps at most 1 MB of lexemes in a document: 16 000 lexemes of 48 bytes stay below it.
MOST_NEW = 4_000  # different lexemes added at once
FULL = 12_000  # lexemes from which on nothing is appended
# The same words said again add places, not lexemes: 126 mails of 4 000 words reached the limit of 1 MB.
FULL_BYTES = 600_000


def index(subject_type: str, subject_id: int, parts: Mapping[str, str], *, append: bool = False) -> None:
    """Write the document of a record, in the caller's transaction.

    parts: weight ("A" most important … "D" only for colleagues) → text. append: add to what is there.
    """
    values: list[Any] = [subject_type, subject_id, as_vector(parts), clock.now()]
    if append:
        send(_APPEND, [*values, FULL, FULL_BYTES])
    else:
        send(_REPLACE, values)


_INSERT = (
    "INSERT INTO search_searchdocument (subject_type, subject_id, lexemes, updated_at) "
    "VALUES (%s, %s, %s::tsvector, %s) ON CONFLICT (subject_type, subject_id) DO UPDATE SET "
)
_REPLACE = _INSERT + "lexemes = EXCLUDED.lexemes, updated_at = EXCLUDED.updated_at"
_APPEND = (
    _INSERT + "lexemes = search_searchdocument.lexemes || EXCLUDED.lexemes, updated_at = EXCLUDED.updated_at "
    "WHERE length(search_searchdocument.lexemes) < %s"
    " AND octet_length(tsvectorsend(search_searchdocument.lexemes)) < %s"
)


def as_vector(parts: Mapping[str, str]) -> str:
    """The document as PostgreSQL reads it. Lexemes hold letters and digits only, so nothing needs quoting."""
    found: dict[str, set[str]] = {}
    for weight, text in sorted(parts.items()):
        for word in words(text[:LONGEST_PART]):
            if word in found or len(found) < MOST_NEW:
                found.setdefault(word, set()).add(weight)
    return " ".join(
        f"{word}:" + ",".join(f"{place}{weight}" for place, weight in enumerate(sorted(weights), start=1))
        for word, weights in found.items()
    )


def as_query(text: str, weights: str = ALL) -> str:
    """The question as PostgreSQL reads it; empty when there is nothing to look for."""
    asked = question(text[:LONGEST_PART])[-MOST_WORDS:]
    marks = [f":{weights}" if weights else ""] * len(asked)
    if marks:
        marks[-1] = f":*{weights}"
    return " & ".join(word + mark for word, mark in zip(asked, marks, strict=True))


def matching_ids(subject_type: str, text: str, *, weights: str = ALL) -> QuerySet[SearchDocument, Any]:
    """Ids of the records a text finds, as a subquery: `rows.filter(pk__in=matching_ids(…))`.

    weights: PUBLIC when the question comes from outside. Any text is a question; one without words finds nothing.
    """
    asked = as_query(text, weights)
    documents = SearchDocument.objects.filter(subject_type=subject_type)
    found = documents.filter(lexemes__answers=asked) if asked else documents.none()
    return found.values("subject_id")


def few_matching_ids(subject_type: str, text: str, *, most: int, weights: str = ALL) -> list[int] | None:
    """The ids themselves when they are at most `most`; None for a word so common that they are more.

    For rare words it is cheap to begin with the ids, for common ones to begin with the newest records and
    look whether they match; the database cannot know which without asking. Reads no more than `most` rows.
    """
    found = matching_ids(subject_type, text, weights=weights).values_list("subject_id", flat=True)[: most + 1]
    ids = list(found)
    return ids if len(ids) <= most else None


def remove(subject_type: str, subject_id: int) -> None:
    """Forget a record."""
    SearchDocument.objects.filter(subject_type=subject_type, subject_id=subject_id).delete()


if TYPE_CHECKING:
    _Lookup = Lookup[Any]
else:
    _Lookup = Lookup  # generic for the type checker only


@SearchVectorField.register_lookup
class Answers(_Lookup):
    """`lexemes__answers="beginn & an:*"`: the question as it stands, not read by PostgreSQL's parser again."""

    lookup_name = "answers"
    prepare_rhs = False

    @override
    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        lhs, lhs_params = self.process_lhs(compiler, connection)
        return f"{lhs} @@ %s::tsquery", (*lhs_params, self.rhs)
