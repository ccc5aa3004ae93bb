"""Database connections of threads that live long."""

from __future__ import annotations

from django.db import connections


def refresh_connections() -> None:
    """Drop connections of this thread that have broken or are too old; as after a request.

    Unlike django.db.close_old_connections this leaves one alone in which a transaction is open.
    """
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
