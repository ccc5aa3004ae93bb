"""Making the indexes anew, so that their pages are full.

PostgreSQL halves a full page of a GIN index, and sorts what goes in: an index made in one go has pages that are half
empty from beginning to end. Made in two rounds, the second fills the room that the first one left; made in many, pages
are halved again (measured on 200,000 tickets: two rounds 139 MB, more of them 163). The memory it may take decides.
"""

from __future__ import annotations

from typing import Final

from django.db import connection

_LEAST, _MOST = 1 << 20, 512 << 20  # bytes of memory
_DOCUMENTS: Final = "search_searchdocument"
_WORDS: Final = "search_word"
# Memory for two rounds, as a multiple of the table: what is gathered of a document takes several times its room, of a
# word about twice (measured on 36,000 words: 1.47 MB in two rounds, 2.02 in one).
_TWO_ROUNDS: Final = {_DOCUMENTS: 2.9, _WORDS: 1.13}


def packing_settings(table: str = _DOCUMENTS) -> tuple[str, ...]:
    """Statements for the session that makes the index of a table (of documents), after its rows are written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_table_size(%s::regclass)", [table])
        (size,) = cursor.fetchone() or (0,)
    memory = max(_LEAST, min(_MOST, int(size * _TWO_ROUNDS[table])))
    # Several processes sort together what each has read: one round again.
    return (f"SET maintenance_work_mem = '{memory >> 10}kB'", "SET max_parallel_maintenance_workers = 0")


def pack() -> None:
    """Make the indexes anew while the desk runs; nobody waits for it. Not within a transaction.

    Takes the room of the new index beside the old one, and about a third of the time of writing the documents.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LEFT_BEHIND, [list(_TWO_ROUNDS)])
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
    _make_anew(_DOCUMENTS, "INDEX CONCURRENTLY search_document_codes")
    pack_words()


def pack_words() -> None:
    """The vocabulary's part of `pack`."""
    _make_anew(_WORDS, f"TABLE CONCURRENTLY {_WORDS}")


def _make_anew(table: str, what: str) -> None:
    settings = packing_settings(table)
    with connection.cursor() as cursor:
        try:
            for statement in settings:
                cursor.execute(statement)
            cursor.execute(f"REINDEX {what}")
        finally:
            cursor.execute("RESET maintenance_work_mem")
            cursor.execute("RESET max_parallel_maintenance_workers")


# By an earlier one that was cut off.
_LEFT_BEHIND: Final = """
SELECT indexrelid::regclass::text FROM pg_index
WHERE indrelid = ANY(%s::regclass[]) AND NOT indisvalid
"""
