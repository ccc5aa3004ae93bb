"""Writing the index, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from django.db import transaction

from deskbell.kernel.api import clock, send
from deskbell.search import codes, common
from deskbell.search.documents import FULL, VERSION, cut_parts, document
from deskbell.search.models import SearchDocument

_MOST_KNOWN = 50_000  # words this process remembers to be among the words
_known: set[str] = set()


def index(
    subject_type: str,
    subject_id: int,
    parts: Mapping[str, str],
    *,
    append: bool = False,
    scopes: Iterable[str] | None = None,
    at: datetime | None = None,
) -> None:
    """Write the document of a record, in the caller's transaction. One statement.

    parts: weight ("A" subject, "B" people, "C" what everybody involved may find, "D" colleagues only) → text.
    append: add to what is there. scopes: who may find it and selective filters, as in "department:5"; they only
    narrow, rights come from the record's policy. Without them those that are there stay. at: when people last
    touched it (now); newer records come first.
    """
    at = at or clock.now()
    cut = cut_parts(parts)
    fresh = [word for word in cut.words if word not in _known]
    found = document(cut, scopes or (), common.current())
    sql = _WRITE.format(
        version="old.version" if append else "EXCLUDED.version",
        kept=_kept(append, scopes is None),
        has_room=f"octet_length(old.codes) < {FULL} * 7 / 2" if append else "true",
    )
    values = [subject_type, subject_id, at, VERSION, found]
    if fresh:
        send(_NEW_WORDS + sql, [sorted(fresh), *values])
    else:
        send(sql, values)
    if fresh:
        transaction.on_commit(lambda: _remember(fresh))


def place(subject_type: str, subject_id: int, scopes: Iterable[str], at: datetime) -> None:
    """Say anew who may find a record and when it was touched, whatever its words. Nothing happens without one."""
    send(_PLACE, [at, codes.packed(map(codes.of_scope, scopes)), subject_type, subject_id])


def remove(subject_type: str, subject_id: int) -> None:
    """Forget a record."""
    SearchDocument.objects.filter(subject_type=subject_type, subject_id=subject_id).delete()


def forget_known() -> None:
    """Ask the database again which words it has: some were deleted, or it is another database."""
    _known.clear()


def _remember(words: list[str]) -> None:
    if len(_known) > _MOST_KNOWN:
        _known.clear()
    _known.update(words)


def _kept(words: bool, scopes: bool) -> str:  # noqa: FBT001  (two flags of one condition)
    """Of the codes that are there: words when appending, scopes when none are given."""
    return " OR ".join(["code < 'e'"] * words + ["code >= 'e'"] * scopes) or "false"


_NEW_WORDS: Final = """
WITH added AS (
    INSERT INTO search_newword (word)
    SELECT word FROM unnest(%s::text[]) AS word
    WHERE NOT EXISTS (SELECT FROM search_word AS known WHERE known.word = word.word COLLATE "C")
)
"""
_WRITE: Final = """
INSERT INTO search_searchdocument AS old (subject_type, subject_id, fresh_at, version, codes)
VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (subject_type, subject_id) DO UPDATE SET
    fresh_at = EXCLUDED.fresh_at,
    version = {version},
    codes = search_packed(ARRAY(
        SELECT code FROM unnest(search_codes(old.codes)) AS code WHERE {kept}
        UNION SELECT code FROM unnest(search_codes(EXCLUDED.codes)) AS code
        WHERE code >= 'e' OR {has_room}
    ))
"""
_PLACE: Final = """
UPDATE search_searchdocument SET fresh_at = %s, codes = search_packed(
    search_codes(%s) || ARRAY(SELECT code FROM unnest(search_codes(codes)) AS code WHERE code < 'e')
)
WHERE subject_type = %s AND subject_id = %s
"""
