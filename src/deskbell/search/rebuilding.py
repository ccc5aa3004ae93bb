"""Writing all documents anew while the desk runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from deskbell.kernel.api import Registry, clock
from deskbell.search import common, vocabulary
from deskbell.search.bulk import BulkDocument, bulk_documents
from deskbell.search.documents import VERSION
from deskbell.search.index import forget_known
from deskbell.search.models import Rebuild, SearchDocument

BATCH: Final = 50  # records locked at once; a change of one of them waits so long


@dataclass(frozen=True, slots=True)
class Source:
    """Where the documents of one kind of record come from.

    count: how many records there are, roughly. ids_after: the next ids above one, ascending, at most so many.
    documents: of these ids; locks their records first, so that no change is lost between reading and writing.
    """

    subject_type: str
    count: Callable[[], int]
    ids_after: Callable[[int, int], Sequence[int]]
    documents: Callable[[Sequence[int]], Iterable[BulkDocument]]


sources: Registry[Source] = Registry("source of search documents")


def register_source(source: Source) -> None:
    """Let `deskbell search rebuild` write the documents of a kind of record; called while applications load."""
    sources.register(source.subject_type, source)


def rebuild(subject_type: str, *, anew: bool = False, progress: Callable[[int], None] | None = None) -> int:
    """Write all documents of a kind anew, in batches of one transaction each. Returns how many were written.

    Goes on where an earlier one ended before its time, unless anew. progress: told of each batch's size.
    """
    source = sources.get(subject_type)
    row, created = Rebuild.objects.get_or_create(subject_type=subject_type)
    if created or anew or row.finished_at is not None:
        row.after_id, row.started_at, row.finished_at = 0, clock.now(), None
        row.save()
        vocabulary.forget_counts()
    if not row.after_id:
        common.learn_if_grown()
    written = 0
    while ids := source.ids_after(row.after_id, BATCH):
        with transaction.atomic():
            counted: Counter[str] = Counter()
            _write(list(bulk_documents(source.documents(ids), counted)))
            vocabulary.write_vocabulary(counted)
            row.after_id = ids[-1]
            row.save(update_fields=["after_id"])
        written += len(ids)
        if progress is not None:
            progress(len(ids))
    row.finished_at = clock.now()
    row.save(update_fields=["finished_at"])
    if len(sources) == 1:
        vocabulary.forget_unused()
        forget_known()
    return written


def _write(rows: list[tuple[str, int, datetime, bytes, int]]) -> None:
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_searchdocument (subject_type, subject_id, fresh_at, codes, version) "
            "VALUES (%s, %s, %s, %s, %s) ON CONFLICT (subject_type, subject_id) DO UPDATE SET "
            "fresh_at = EXCLUDED.fresh_at, codes = EXCLUDED.codes, version = EXCLUDED.version",
            rows,
        )


@dataclass(frozen=True, slots=True)
class Health:
    """missing: records without a document, roughly. is_outdated: some were made by an older version."""

    subject_type: str
    records: int
    missing: int
    is_outdated: bool
    is_unfinished: bool


def health() -> list[Health]:
    """How the index stands, for `deskbell doctor`."""
    found = []
    for source in sources:
        documents = SearchDocument.objects.filter(subject_type=source.subject_type)
        records = source.count()
        unfinished = Rebuild.objects.filter(subject_type=source.subject_type, finished_at=None).exists()
        outdated = documents.exclude(version=VERSION).exists()
        found.append(Health(source.subject_type, records, max(0, records - documents.count()), outdated, unfinished))
    return found
