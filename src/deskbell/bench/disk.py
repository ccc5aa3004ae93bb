"""What a desk takes on the disk, by table and index. Runs inside a desk."""

from __future__ import annotations

from typing import Any

from django.db import connection

_SIZES = """
SELECT t.relname, 'table', t.relname, pg_table_size(t.oid) FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
WHERE t.relkind = 'r' AND n.nspname = 'public'
UNION ALL
SELECT t.relname, 'index', i.indexrelid::regclass::text, pg_relation_size(i.indexrelid)
FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
WHERE t.relkind = 'r' AND n.nspname = 'public'
"""
_TEXT = "SELECT sum(octet_length(text)) FROM tickets_message"


def sizes() -> list[list[Any]]:
    """Table, "table", "index" or "text", name, bytes; "text" is what people wrote, without anything around it."""
    with connection.cursor() as cursor:
        cursor.execute(_SIZES)
        return [[table, kind, name, int(size)] for table, kind, name, size in cursor.fetchall()]


def text_bytes() -> int:
    """Bytes of the texts of all messages in UTF-8."""
    with connection.cursor() as cursor:
        cursor.execute(_TEXT)
        return int(cursor.fetchone()[0] or 0)
