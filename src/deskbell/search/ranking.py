"""The hits of a question, in one query with the viewer's rights inside.

A common word stands in a third of all documents, and nobody looks at the ten thousandth hit. So time is cut into
a few stretches, each much longer than the one after it, and PostgreSQL is asked for one after the other
(a UNION ALL under a LIMIT reads no further than it must): the index itself meets word, department and days, and
only the newest few hundred hits are ever fetched and ranked, however large the desk is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from deskbell.kernel.api import clock
from deskbell.search import codes
from deskbell.search.question import Question, as_query

MOST_RANKED = 300  # newest hits that are ranked; beyond, "more than 300"
_MOST_IN_TITLE = 60
_STRETCHES: Final = ((-1, 7), (8, 127))  # days ago, both ends included
_FIRST, _LAST = -1, 127

Sql = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Ids with their scores, best first. total: at most MOST_RANKED; is_more: there are more."""

    hits: list[tuple[int, float]]
    total: int
    is_more: bool


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look. groups: of each group of scopes a record must have one. inside: with what colleagues may find."""

    groups: Sequence[Sequence[str]] = ()
    inside: bool = False

    def query(self) -> str:
        return "&".join(codes.query(codes.of_scope(each) for each in group) for group in self.groups)


def ranked(
    subject_type: str,
    rows: QuerySet[Any],
    question: Question,
    scope: Scope,
    *,
    limit: int,
    offset: int = 0,
    key: str = "pk",
) -> Ranked:
    """Records that a question with words finds among `rows` (the policy's rows, narrowed by filters). One query.

    key: the field of the rows that holds the record's id.
    """
    if not question.has_words:
        return Ranked([], 0, is_more=False)
    try:
        sql, params = _sql(subject_type, _allowed(rows, key), question, scope)
    except EmptyResultSet:
        return Ranked([], 0, is_more=False)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, clock.now(), limit, offset])
        found = cursor.fetchall()
    total = found[0][2] if found else 0
    return Ranked([(pk, score) for pk, score, _total in found], min(total, MOST_RANKED), is_more=total > MOST_RANKED)


def _sql(subject_type: str, allowed: Sql, question: Question, scope: Scope) -> Sql:
    where = _Where(subject_type, *allowed, scope.query())
    exact = as_query(question.terms, question.excluded, inside=scope.inside)
    title = as_query(question.terms, question.excluded, in_title=True, inside=scope.inside)
    whole = [(1, exact)]
    if question.completed:
        whole.append((0, as_query(question.while_typing, question.excluded, inside=scope.inside)))
    titles, title_params = _append(list(where.branches(2, title)), _MOST_IN_TITLE)
    parts = [part for weight, asked in whole for part in where.branches(weight, asked)]
    found, params = _append(parts, MOST_RANKED)
    # S608: built of our own text and of Django's compiler, values apart.
    sql = (
        f"WITH titles AS MATERIALIZED ({titles}), anywhere AS MATERIALIZED ({found}), "  # noqa: S608
        "hits AS (SELECT subject_id, max(fresh_at) AS fresh_at, max(weight) AS weight "
        "FROM (SELECT * FROM titles UNION ALL SELECT * FROM anywhere) AS every GROUP BY subject_id) "
        f"SELECT subject_id, {_SCORE} AS score, count(*) OVER () "
        "FROM hits ORDER BY score DESC, fresh_at DESC, subject_id DESC LIMIT %s OFFSET %s"
    )
    return sql, [*title_params, *params]


# Twice as good with all words in its subject; half as good after some months.
_SCORE: Final = (
    "(1 + 0.6::float8 * weight) * (0.35::float8 + 0.65::float8 * exp("
    "-least(greatest(extract(epoch FROM %s - fresh_at)::float8, 0), 3e8) / 7776000::float8))"
)


def _allowed(rows: QuerySet[Any], key: str) -> Sql:
    """The one row that a document is about, if the viewer may see it and the filters want it."""
    sql, params = rows.filter(**{key: RawSQL('"d"."subject_id"', ())}).order_by().values(key).query.sql_with_params()
    return sql, list(params)


@dataclass(frozen=True, slots=True)
class _Where:
    subject_type: str
    allowed: str
    params: list[Any]
    scope: str

    def branches(self, weight: int, asked: str) -> Iterator[Sql]:
        """The question for one stretch of time after the other, the newest first, then for all the rest."""
        today = codes.day_of(clock.now())
        for newest, oldest in _STRETCHES:
            days = codes.query(codes.of_days(today - oldest, today - newest))
            yield self._branch(weight, f"{asked}&{days}", "")
        rest = (
            f" AND (d.fresh_at < to_timestamp({(today - _LAST) * 86_400})"
            f" OR d.fresh_at >= to_timestamp({(today - _FIRST + 1) * 86_400}))"
        )
        yield self._branch(weight, asked, rest)

    def _branch(self, weight: int, asked: str, rest: str) -> Sql:
        query = f"{asked}&{self.scope}" if self.scope else asked
        # OFFSET 0 keeps the row's rights a look-up of one row, whatever the planner thinks of the numbers.
        sql = (
            f"SELECT d.subject_id, d.fresh_at, {weight} AS weight FROM search_searchdocument AS d "  # noqa: S608
            f"CROSS JOIN LATERAL ({self.allowed} OFFSET 0) AS allowed "
            f"WHERE search_lexemes(d.codes) @@ %s::tsquery AND d.subject_type = %s{rest}"
        )
        return sql, [*self.params, query, self.subject_type]


def _append(parts: list[Sql], most: int) -> Sql:
    sql = " UNION ALL ".join(f"({part})" for part, _params in parts)
    return f"SELECT * FROM ({sql}) AS parts LIMIT {most + 1}", [each for _part, params in parts for each in params]  # noqa: S608


def newest_ids(subject_type: str, question: Question, scope: Scope, *, most: int) -> list[int]:
    """Ids of the newest records that a question with words finds, at most so many; rights are the caller's business.

    For lists with an order of their own, which look among these.
    """
    if not question.has_words:
        return []
    where = _Where(subject_type, "SELECT", [], scope.query())
    asked = as_query(question.while_typing, question.excluded, inside=scope.inside)
    sql, params = _append(list(where.branches(0, asked)), most - 1)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT subject_id FROM ({sql}) AS newest", params)  # noqa: S608  (our own text)
        return [pk for (pk,) in cursor.fetchall()]
