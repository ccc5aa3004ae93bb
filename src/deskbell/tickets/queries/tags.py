"""Tags as they are used."""

from __future__ import annotations

from django.db import connection

from deskbell.kernel.api import Viewer, visible
from deskbell.tickets.models import Ticket

NEWEST = 10_000  # tickets counted; tags nobody used since are not offered
MOST = 100


def tags_in_use(viewer: Viewer, beginning: str = "") -> list[tuple[str, int]]:
    """Tags of the newest tickets the viewer sees with how many carry them, the most frequent first; one query."""
    newest = visible(viewer, Ticket).order_by("-last_message_at", "-pk").values("tags")[:NEWEST]
    sql, params = newest.query.sql_with_params()
    with connection.cursor() as cursor:
        # S608: built by Django's own compiler, values apart.
        cursor.execute(
            f"SELECT tag, count(*) FROM ({sql}) AS newest, unnest(newest.tags) AS tag "  # noqa: S608
            "WHERE starts_with(tag, %s) GROUP BY tag ORDER BY count(*) DESC, tag LIMIT %s",
            [*params, beginning.lower(), MOST],
        )
        return [(str(name), int(count)) for name, count in cursor.fetchall()]
