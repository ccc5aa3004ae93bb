"""Searching tickets from anywhere: the search box, the palette, the portal, `#10042`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol, TypeVar

from django.db.models import OuterRef, Q, QuerySet, Subquery

from deskbell.kernel.api import BLOCK_BITS, NotAllowed, Viewer, reference, visible
from deskbell.kernel.statements import ANY_OF_FEW, Statement, fetch
from deskbell.search import api as search
from deskbell.tickets.access import seen_as_agent, seen_as_customer
from deskbell.tickets.models import Message, MessageKind, Ticket
from deskbell.tickets.queries.conditions import where_to_look, without
from deskbell.tickets.queries.customer import CustomerRow, customer_rows
from deskbell.tickets.queries.rows import FoundRow, QueueRow, found_rows, rows_by_id
from deskbell.tickets.queries.search_filters import conditions_of, names

_NUMBER = re.compile(r"\s*#?\s*(\d{1,18})\s*", re.ASCII)
LARGEST_PAGE = 100
LOOKED_AT = 4_000  # characters of one message searched for an excerpt
LOOKED_AT_FILE = 40_000
MESSAGES_LOOKED_AT = 400  # of all hits of a page together
MOST_OF_ONE = 40  # of one ticket, the newest
FILES_LOOKED_AT = 200
PHRASE_CANDIDATES = 300


class _Row(Protocol):
    @property
    def subject(self) -> str: ...


RowT = TypeVar("RowT", bound=_Row)


def number_in(text: str) -> int | None:
    """The number a text like "#10042" or "10042" names."""
    found = _NUMBER.fullmatch(text)
    return int(found[1]) if found else None


def jump_to(viewer: Viewer, text: str) -> int | None:
    """The id of the ticket a text names by its number, if the viewer may see it."""
    number = number_in(text)
    if number is None or not visible(viewer, Ticket).filter(pk=number).exists():
        return None
    return number


def find_tickets(viewer: Viewer, text: str, *, limit: int = 20, offset: int = 0) -> search.Found[FoundRow]:
    """Tickets in any state that a colleague sees, best first. A constant number of queries, whatever is asked.

    text: words, "phrases", -without, filters (`search_filters`); the last word may be a beginning. Raises NotAllowed
    for whoever works in no department.
    """
    return _find(_desk(viewer), text, (limit, offset), found_rows)


def find_queue_rows(viewer: Viewer, text: str, *, limit: int = 20, offset: int = 0) -> search.Found[QueueRow]:
    """The same with everything that a row of a queue shows."""
    return _find(_desk(viewer), text, (limit, offset), lambda ids: rows_by_id(viewer, ids))


def _desk(viewer: Viewer) -> _Side:
    if not viewer.is_agent:
        raise NotAllowed
    return _Side(viewer, for_customers=False)


def find_customer_tickets(viewer: Viewer, text: str, *, limit: int = 20, offset: int = 0) -> search.Found[CustomerRow]:
    """The same in the portal: tickets one has part in, and what is public of them. Raises NotAllowed for nobody."""
    if viewer.user_id is None:
        raise NotAllowed
    side = _Side(viewer, for_customers=True)
    return _find(side, text, (limit, offset), customer_rows)


def search_tickets(viewer: Viewer, text: str, limit: int = 20) -> list[FoundRow]:
    """The rows of `find_tickets`, without what explains them."""
    return [hit.row for hit in find_tickets(viewer, text, limit=limit).hits]


@dataclass(frozen=True, slots=True)
class _Side:
    """From which side of the desk is asked."""

    viewer: Viewer
    for_customers: bool

    @property
    def tickets(self) -> QuerySet[Ticket]:
        """Tickets the viewer sees."""
        if self.for_customers:
            return Ticket.objects.filter(seen_as_customer(self.viewer), merged_into__isnull=True)
        return Ticket.objects.filter(seen_as_agent(self.viewer))

    @property
    def messages(self) -> QuerySet[Message]:
        """Messages that may be shown, of tickets the viewer sees."""
        rows = Message.objects.all()
        return rows.filter(kind=MessageKind.PUBLIC) if self.for_customers else rows


@reference.cached_up_to(500)
def _seen(viewer: Viewer, for_customers: bool) -> Statement | None:  # noqa: FBT001  (the key of what is kept)
    """A viewer's rights as the engine asks for them: building it takes longer than running it."""
    return search.allowed(_Side(viewer, for_customers).tickets)


def _find(
    side: _Side,
    text: str,
    page: tuple[int, int],
    as_rows: Callable[[list[int]], Mapping[int, RowT]],
) -> search.Found[RowT]:
    question = search.read(text, names(for_customers=side.for_customers))
    if question.is_empty:
        return search.Found(problems=question.problems)
    wanted = conditions_of(side.viewer, question.filters, for_customers=side.for_customers)
    problems = (*question.problems, *wanted.problems)
    if not (question.terms or question.excluded or (question.filters and not wanted.problems)):
        return search.Found(problems=problems)  # nothing is left of what was asked
    scope = where_to_look(side.viewer, for_customers=side.for_customers, groups=wanted.groups)
    limit, offset = max(1, min(page[0], LARGEST_PAGE)), max(0, min(page[1], search.MOST_RANKED))
    also: tuple[tuple[str, str], ...] = ()
    if question.has_words:
        narrowed = bool(question.phrases or question.filters)
        seen = (
            search.allowed(_with_phrases(side, side.tickets.filter(wanted.q), question))
            if narrowed
            else _seen(side.viewer, side.for_customers)
        )
        found = search.ranked("ticket", seen, question, scope, limit=limit, offset=offset)
        if not found.total and not offset:
            question, also = question.with_corrections()
            if also:
                found = search.ranked("ticket", seen, question, scope, limit=limit)
    else:
        found = _newest(side.tickets.filter(wanted.q), question, scope, limit, offset)
    shown = as_rows([pk for pk, _score in found.hits])
    more = offset + len(found.hits) < found.total
    number = number_in(text)
    hits = [
        (pk, score, shown[pk])
        for pk, score in sorted(found.hits, key=lambda hit: hit[0] != number)
        if pk in shown
    ]  # fmt: skip
    return search.Found(
        hits=_explained(side, search.Marker(question), hits),
        total=found.total,
        is_more=found.is_more,
        next=offset + limit if more else None,
        problems=problems,
        also=also if hits else (),
    )


def _newest(
    rows: QuerySet[Ticket], question: search.Question, scope: search.Scope, limit: int, offset: int
) -> search.Ranked:
    """What filters alone find, latest message first."""
    rows = rows.exclude(without(question, scope))
    ids = list(rows.order_by("-last_message_at", "-pk").values_list("pk", flat=True)[offset : offset + limit + 1])
    total = offset + len(ids)
    return search.Ranked([(pk, 0.0) for pk in ids[:limit]], total, is_more=len(ids) > limit)


def _with_phrases(side: _Side, rows: QuerySet[Ticket], question: search.Question) -> QuerySet[Ticket]:
    """Tickets in whose subject or in one of whose messages each phrase stands as it is."""
    for place, phrase in enumerate(question.phrases):
        pattern = r"\W+".join(re.escape(word) for word in phrase.split())
        said = side.messages.filter(ticket_id=OuterRef("pk"), text__iregex=pattern)
        # No EXISTS: for that the planner may look through all messages at once.
        first = f"said_{place}"
        rows = rows.alias(**{first: Subquery(said.values("pk")[:1])})
        rows = rows.filter(Q(subject__iregex=pattern) | Q(**{f"{first}__isnull": False}))
    return rows


# --- why each was found


def _explained(side: _Side, marker: search.Marker, hits: Sequence[tuple[int, float, RowT]]) -> list[search.Hit[RowT]]:
    """Hits (id, score, row) with their titles marked, and the best piece of text that the viewer may see.

    At most three queries.
    """
    if not marker.question.has_words or not hits:
        return [search.Hit("ticket", pk, row, (search.Part(row.subject),), score=score) for pk, score, row in hits]
    best = _best_messages(side, marker, [pk for pk, _score, _row in hits])
    files = _best_files(side, marker, [pk for pk, _score, _row in hits if pk not in best])
    return [
        search.Hit("ticket", pk, row, marker.mark(row.subject), *(best.get(pk) or files.get(pk) or _Place()), score)
        for pk, score, row in hits
    ]


class _Place(NamedTuple):
    """Where the words stand, as in a `search.Hit`."""

    excerpt: search.Marked = ()
    kind: str = ""
    message_id: int | None = None
    source: str = ""


def _best_messages(side: _Side, marker: search.Marker, ticket_ids: list[int]) -> dict[int, _Place]:
    """Of each ticket the newest of the messages with most of the words."""
    best: dict[int, tuple[int, int, bool, str]] = {}
    enough = len(marker.question.terms)
    rows = fetch(_SAID, [ticket_ids, LOOKED_AT, LOOKED_AT, side.for_customers, MOST_OF_ONE, MESSAGES_LOOKED_AT])
    for ticket_id, pk, is_note, text in rows:
        if ticket_id in best and best[ticket_id][0] >= enough:
            continue
        count = marker.count(text, above=best[ticket_id][0] if ticket_id in best else 0)
        if count:
            best[ticket_id] = (count, pk, is_note, text)
    return {
        ticket_id: _Place(marker.excerpt(text), "note" if is_note else "message", pk)
        for ticket_id, (_count, pk, is_note, text) in best.items()
    }


# left() counts the letters of every text, which takes longer than all the rest.
_SAID: Final = f"""
SELECT k.id, m.id, m.is_note, m.start
FROM unnest(%s::bigint[]) AS k (id) CROSS JOIN LATERAL (
    SELECT id, kind = '{MessageKind.NOTE.letter}' AS is_note,
        CASE WHEN octet_length(text) <= %s THEN text ELSE left(text, %s) END AS start
    FROM tickets_message
    WHERE ticket_id = k.id AND (kind = '{MessageKind.PUBLIC.letter}' OR NOT %s)
    ORDER BY (id >> {BLOCK_BITS}) DESC, id DESC LIMIT %s
) AS m LIMIT %s
"""  # noqa: S608  (a number and letters of ours)


def _best_files(side: _Side, marker: search.Marker, ticket_ids: list[int]) -> dict[int, _Place]:
    """Of each ticket the newest file whose name or text has the words."""
    if not ticket_ids:
        return {}
    rows = fetch(_ATTACHED, [ticket_ids, side.for_customers, FILES_LOOKED_AT])
    if not rows:
        return {}
    texts = dict(fetch(_INSIDE, [LOOKED_AT_FILE, list({row[3] for row in rows})]))
    found: dict[int, _Place] = {}
    for ticket_id, message_id, name, file_id in rows:
        if ticket_id in found:
            continue
        excerpt = marker.excerpt(texts.get(file_id, "")) or marker.excerpt(name)
        if excerpt:
            found[ticket_id] = _Place(excerpt, "attachment", message_id, name)
    return found


_ATTACHED: Final = f"""
SELECT m.ticket_id, a.message_id, a.name, a.file_id
FROM tickets_message AS m JOIN tickets_attachment AS a ON a.message_id = m.id
WHERE m.ticket_id = {ANY_OF_FEW} AND (m.kind = '{MessageKind.PUBLIC.letter}' OR NOT %s)
ORDER BY a.id DESC LIMIT %s
"""  # noqa: S608  (text of ours)
_INSIDE: Final = """
SELECT file_id, left(text, %s) FROM tickets_attachmenttext
WHERE file_id = ANY(%s) AND state = 'done'
"""
