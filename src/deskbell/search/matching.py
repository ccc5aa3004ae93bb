"""Narrowing a list that has an order of its own (a queue) to what a question finds."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from deskbell.search.models import SearchDocument
from deskbell.search.question import Question
from deskbell.search.ranking import Scope, alternatives, plain_query


def few_ids(subject_type: str, question: Question, scope: Scope, *, most: int) -> list[int] | None:
    """The ids of what a question with words finds when they are at most `most`; None when they are more.

    For rare words it is cheap to begin with the ids, for common ones to begin with the newest records and look
    whether they match; the database cannot know which without asking. Reads no more than `most` rows.
    """
    sql = (
        "SELECT subject_id FROM search_searchdocument AS d "
        "WHERE array_to_tsvector(d.codes::text[]) @@ %s::tsquery AND d.subject_type = %s LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [plain_query(question, scope), subject_type, most + 1])
        found = [pk for (pk,) in cursor.fetchall()]
    return found if len(found) <= most else None


def matches(subject_type: str, question: Question, scope: Scope, outer: str = "pk") -> Q:
    """Records whose document answers, asked one by one: for lists read in their own order.

    outer: the field of the list's rows that holds the record's id.
    """
    documents: QuerySet[SearchDocument, Any] = SearchDocument.objects.filter(
        subject_type=subject_type, subject_id=OuterRef(outer)
    )
    for codes in alternatives(question, scope):
        documents = documents.filter(codes__overlap=codes)
    for codes in alternatives(question, scope, excluded=True):
        documents = documents.exclude(codes__overlap=codes)
    return Q(Exists(documents.values("subject_id")))
