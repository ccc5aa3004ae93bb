"""The hits of a question, in one query with the viewer's rights inside.

A common word stands in a third of all documents, and nobody looks at the ten thousandth hit. So time is cut into
a few stretches, each much longer than the one after it, and PostgreSQL is asked for one after the other
(a UNION ALL under a LIMIT reads no further than it must): the index itself meets word, department and time, and
only the newest few hundred hits are ever ranked, however large the desk is. Of words that few records have, as far as
is known, all hits are put in order at once; where the last weeks turn out to have had enough of them, this process
looks there first when it is asked the same again.

The text of the query depends on the viewer's kind of rights and on which of three orders of size the hits of each of
its parts are expected to have, and everything else is bound by the server: a connection plans each of these texts once.
Words are hidden from the planner (`SELECT …::tsquery`), for with a value in sight it takes each question for a cheaper
one and plans each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from deskbell.kernel.api import clock, reference
from deskbell.kernel.statements import Statement, fetch
from deskbell.search import codes
from deskbell.search.question import Question, Term, as_query, expected

MOST_RANKED = 200  # newest hits that are ranked; beyond, "more than 200"
_MOST_IN_TITLE = 40
# Expected hits. Few: all of them at once, put in order, cost less than stretches, among the records of some departments
# up to a larger number, for the index walks along the lists of these as well.
# Some: a stretch of months holds hundreds, which are put in order.
_FEW, _FEW_AMONG, _SOME = 500, 1_500, 4_000
_IN_TITLE = 0.15  # in the subject each of the words stands in that part of them
_FEW_TITLES, _FEW_TITLES_AMONG = 500, 200  # put in order at once
_MANY = float("inf")
_MOST_SURPRISING = 1_000
_NEWEST_FIRST = " ORDER BY d.fresh_at DESC"
Sql = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Ids with their scores, best first. total: at most MOST_RANKED; is_more: there are more."""

    hits: list[tuple[int, float]]
    total: int
    is_more: bool


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look. groups: of each group of scopes a record must have one. inside: with what colleagues may find.

    is_small: so few records are there, nearly always, that all hits are put in order of time instead of being looked
    for in stretches of it. share: which part of all records is there, roughly.
    """

    groups: Sequence[Sequence[str]] = ()
    inside: bool = False
    is_small: bool = False
    share: float = 1.0

    def query(self) -> str:
        return "&".join(codes.query(codes.of_scope(each) for each in group) for group in self.groups)


def allowed(rows: QuerySet[Any], key: str = "pk") -> Statement | None:
    """`rows` (the policy's rows, narrowed by filters) as `ranked` asks for one of them; None when there are none.

    key: the field of the rows that holds the record's id. For the rights of a viewer alone it may be kept.
    """
    return Statement.of(rows.filter(**{key: RawSQL('"d"."subject_id"', ())}).order_by().values(key))


def ranked(
    subject_type: str, seen: Statement | None, question: Question, scope: Scope, *, limit: int, offset: int = 0
) -> Ranked:
    """Records that a question with words finds among those `allowed`. One query."""
    if not question.has_words or seen is None:
        return Ranked([], 0, is_more=False)
    where = _Where(subject_type, scope, question.excluded)
    sql, params = _sql(where, seen, question)
    found = fetch(sql, [*params, clock.now(), limit, offset])
    total = found[0][2] if found else 0
    if total > MOST_RANKED:
        where.learn(1, found[0][3])
        where.learn(0, found[0][4])
    return Ranked([(row[0], row[1]) for row in found], min(total, MOST_RANKED), is_more=total > MOST_RANKED)


def _sql(where: _Where, seen: Statement, question: Question) -> Sql:
    titles, title_params = _newest(where.branches(2, question.terms, in_title=True), seen, _MOST_IN_TITLE + 1)
    parts = [*where.branches(1, question.terms)]
    if question.completed:
        parts += where.branches(0, question.completing)
    found, params = _newest(parts, seen, MOST_RANKED + 1)
    # S608: built of our own text and of Django's compiler, values apart.
    sql = (
        f"WITH titles AS MATERIALIZED ({titles}), anywhere AS MATERIALIZED ({found}), "  # noqa: S608
        "hits AS (SELECT subject_id, max(fresh_at) AS fresh_at, max(weight) AS weight "
        "FROM (SELECT * FROM titles UNION ALL SELECT * FROM anywhere) AS every GROUP BY subject_id) "
        f"SELECT subject_id, {_SCORE} AS score, count(*) OVER (), "
        "(SELECT min(fresh_at) FROM anywhere WHERE weight = 1), (SELECT min(fresh_at) FROM anywhere WHERE weight = 0) "
        "FROM hits ORDER BY score DESC, fresh_at DESC, subject_id DESC LIMIT %s OFFSET %s"
    )
    return sql, [*title_params, *params]


# Twice as good with all words in its subject; half as good after some months.
_SCORE: Final = (
    "(1 + 0.6::float8 * weight) * (0.35::float8 + 0.65::float8 * exp("
    "-least(greatest(extract(epoch FROM %s - fresh_at)::float8, 0), 3e8) / 7776000::float8))"
)


@dataclass(frozen=True, slots=True)
class _Where:
    subject_type: str
    scope: Scope
    excluded: tuple[Term, ...] = ()
    at_once: dict[int, str] = field(default_factory=dict)
    """By the weight of the hits: what was asked of all records at once, because few were expected to have it."""

    def branches(self, weight: int, terms: tuple[Term, ...], *, in_title: bool = False) -> Iterator[Sql]:
        """The question for one stretch of time after the other, the newest first, then for all the rest."""
        asked = as_query(terms, self.excluded, in_title=in_title, inside=self.scope.inside)
        among = self.scope.query()
        known = expected(terms, inside=self.scope.inside)
        number = _MANY if known is None else known * self.scope.share * (_IN_TITLE ** len(terms) if in_title else 1.0)
        if self._is_at_once(number, asked, among, in_title=in_title):
            self.at_once[weight] = asked
            yield self._branch(weight, [asked, among], _NEWEST_FIRST)
            return
        stretches, in_order = self._stretches(number, in_title=in_title)
        order = _NEWEST_FIRST if in_order else ""
        for each in stretches:
            cut = " AND d.fresh_at < %s" if each.is_cut else ""
            values = [_moment(each.end)] if each.is_cut else []
            yield self._branch(weight, [asked, codes.query(each.units), among], cut + order, values)
        rest = f" AND (d.fresh_at < %s OR d.fresh_at >= %s){_NEWEST_FIRST}"
        yield self._branch(weight, [asked, among], rest, [_moment(stretches[-1].first), _moment(stretches[0].end)])

    def learn(self, weight: int, oldest: datetime | None) -> None:
        """Remember what was asked at once though the last weeks had enough: it has become common since.

        oldest: of the newest hits, as many as are ranked. Words are learnt when a desk has doubled (`common`); a
        disturbance or a new signature is in every record of a day.
        """
        asked = self.at_once.get(weight)
        if asked is not None and oldest is not None and oldest >= _moment(self._weeks()[-1].first):
            while len(_surprising) >= _MOST_SURPRISING:
                _surprising.pop(next(iter(_surprising)), None)
            _surprising[asked, self.scope.query()] = None

    def _is_at_once(self, number: float, asked: str, among: str, *, in_title: bool) -> bool:
        """Whether all hits are put in order: few subjects or records have the word, or few records are there."""
        if in_title and number <= (_FEW_TITLES_AMONG if among else _FEW_TITLES):
            return True
        if self.scope.is_small:
            return number <= _SOME or _are_some(self.subject_type, among)
        return not in_title and number <= (_FEW_AMONG if among else _FEW) and (asked, among) not in _surprising

    def _weeks(self) -> list[codes.Stretch]:
        return list(codes.stretches(codes.day_of(clock.now()), months=False, year=False))

    def _stretches(self, number: float, *, in_title: bool) -> tuple[list[codes.Stretch], bool]:
        """What is looked through before all the rest, and whether the hits of a stretch are put in order."""
        today, among = codes.day_of(clock.now()), bool(self.scope.groups)
        if self.scope.is_small:
            return list(codes.stretches(today, weeks=5, months=False, year=False)), True
        if number <= (_FEW_AMONG if among else _FEW):
            return self._weeks(), False
        # Among the records of some departments, the index walks longer along the lists of large units than it takes
        # to read the older hits; and some weeks are often enough.
        if in_title or number <= _SOME:
            return list(codes.stretches(today, weeks=0, year=not among)), number <= _SOME
        return list(codes.stretches(today, finer=among, year=not among)), False

    def _branch(self, weight: int, asked: list[str], rest: str = "", values: Sequence[datetime] = ()) -> Sql:
        asked = [each for each in asked if each]
        # Each apart: the index walks along all of them together, and three conditions of a few alternatives each
        # cost it a quarter of what one of all of them does.
        meets = " AND ".join("search_lexemes(d.codes, d.fresh_at) @@ (SELECT %s::tsquery)" for _each in asked)
        # S608: our own text.
        sql = (
            f"SELECT d.subject_id, d.fresh_at, {weight} AS weight FROM search_searchdocument AS d "  # noqa: S608
            f"WHERE {meets} AND d.subject_type = %s{rest}"
        )
        return sql, [*asked, self.subject_type, *values]


_surprising: dict[tuple[str, str], None] = {}
"""What was asked, and among which records; see `learn`. Kept by each process, the latest."""


def _moment(day: int) -> datetime:
    return datetime.fromtimestamp(codes.at_day(day), UTC)


@reference.cached_up_to(500)
def _are_some(subject_type: str, among: str) -> bool:
    """Whether so few records are in a scope that all hits may be put in order, whatever is asked."""
    found = fetch(_COUNT, [among, subject_type, int(_SOME)])
    return bool(found[0][0] <= _SOME)


_COUNT: Final = """
SELECT count(*) FROM (
    SELECT FROM search_searchdocument AS d
    WHERE search_lexemes(d.codes, d.fresh_at) @@ (SELECT %s::tsquery) AND d.subject_type = %s LIMIT %s + 1
) AS found
"""


def _newest(parts: Iterable[Sql], seen: Statement | None, most: int) -> Sql:
    """The first rows of several queries, those of the first one first. seen: whose records alone count."""
    parts = list(parts)
    union = " UNION ALL ".join(f"({part})" for part, _params in parts)
    params = [each for _part, params in parts for each in params]
    if seen is None:
        return f"SELECT * FROM ({union}) AS d LIMIT {most}", params  # noqa: S608
    # OFFSET 0 keeps the row's rights a look-up of one row, whatever the planner thinks of the numbers.
    sql = f"SELECT d.* FROM ({union}) AS d CROSS JOIN LATERAL ({seen.sql} OFFSET 0) AS seen LIMIT {most}"  # noqa: S608
    return sql, [*params, *seen.params]


def newest_ids(subject_type: str, question: Question, scope: Scope, *, most: int) -> list[int]:
    """Ids of the newest records that a question with words finds, at most so many; rights are the caller's business.

    For lists with an order of their own, which look among these.
    """
    if not question.has_words:
        return []
    where = _Where(subject_type, scope, question.excluded)
    sql, params = _newest(where.branches(0, question.while_typing), None, most)
    found = fetch(sql, params)
    if len(found) > MOST_RANKED:
        where.learn(0, found[MOST_RANKED][1])
    return [row[0] for row in found]
