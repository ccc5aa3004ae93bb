"""Making the indexes anew, so that their pages are full.

PostgreSQL halves a full page of a GIN index, and sorts what goes in: an index made in one go has pages that are half
empty from beginning to end. Made in two rounds, the second fills the room that the first one left; made in many, pages
are halved again (measured on 200,000 tickets: two rounds 139 MB, more of them 163). The memory it may take decides.
"""

from __future__ import annotations

from typing import Final

from django.db import connection

_LEAST, _MOST = 4 << 20, 512 << 20  # bytes of memory
_TWO_ROUNDS: Final = 2.9  # of the size of the documents; what a round gathers is several times as large as a document
_TABLES: Final = ("search_searchdocument", "search_word")


def packing_settings() -> tuple[str, ...]:
    """Statements for the session that makes the index of documents, after the documents are written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_table_size('search_searchdocument')")
        (size,) = cursor.fetchone() or (0,)
    memory = max(_LEAST, min(_MOST, int(size * _TWO_ROUNDS)))
    # Several processes sort together what each has read: one round again.
    return (f"SET maintenance_work_mem = '{memory >> 10}kB'", "SET max_parallel_maintenance_workers = 0")


def pack() -> None:
    """Make the indexes anew while the desk runs; nobody waits for it. Not within a transaction.

    Takes the room of the new index beside the old one, and about a third of the time of writing the documents.
    """
    settings = packing_settings()
    with connection.cursor() as cursor:
        try:
            for statement in settings:
                cursor.execute(statement)
            cursor.execute(_LEFT_BEHIND, [list(_TABLES)])
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            cursor.execute("REINDEX INDEX CONCURRENTLY search_document_codes")
            pack_words()
        finally:
            cursor.execute("RESET maintenance_work_mem")
            cursor.execute("RESET max_parallel_maintenance_workers")


def pack_words() -> None:
    """The vocabulary's part of `pack`."""
    with connection.cursor() as cursor:
        cursor.execute("REINDEX TABLE CONCURRENTLY search_word")


# By an earlier one that was cut off.
_LEFT_BEHIND: Final = """
SELECT indexrelid::regclass::text FROM pg_index
WHERE indrelid = ANY(%s::regclass[]) AND NOT indisvalid
"""
