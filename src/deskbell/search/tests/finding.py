"""Asking the index about records that have no table: everybody may see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from deskbell.search import api as search
from deskbell.search.models import SearchDocument

KIND = "probe"


def write(number: int, parts: Mapping[str, str], **values: Any) -> None:
    search.index(KIND, number, parts, **values)


def found(text: str, *, inside: bool = True, groups: list[list[str]] | None = None) -> list[int]:
    """Ids of what a text finds, with the correction of typing errors that the search box has."""
    question = search.read(text)
    if not question.has_words:
        return []
    scope = search.Scope(groups or (), inside=inside)
    ids = ask(question, scope)
    if not ids:
        question, changed = question.with_corrections()
        ids = ask(question, scope) if changed else []
    return sorted(ids)


def ask(question: search.Question, scope: search.Scope) -> list[int]:
    seen = search.allowed(everything(), "subject_id")
    return [pk for pk, _score in search.ranked(KIND, seen, question, scope, limit=100).hits]


def everything() -> QuerySet[Any]:
    return SearchDocument.objects.filter(subject_type=KIND)
