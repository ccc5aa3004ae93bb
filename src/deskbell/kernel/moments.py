"""Moments as they come from the database, read by the C function of `datetime` instead of psycopg's pattern."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Any

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import get_adapters_template
from psycopg.types.datetime import TimestamptzLoader
from typing_extensions import override


class UtcLoader(TimestamptzLoader):
    """timestamptz, in UTC. A page of fifty tickets reads three hundred of them."""

    timezone = UTC  # Django compares it with the connection's

    @override
    def load(self, data: Any) -> datetime:
        """What `fromisoformat` cannot read (years before Christ, "infinity") is left to psycopg."""
        try:
            found = datetime.fromisoformat(str(data, "ascii"))
        except ValueError:
            return super().load(data)
        zone: tzinfo | None = found.tzinfo
        return found if zone is UTC else found.astimezone(UTC)


def use() -> None:
    """For all connections that Django opens from now on."""
    get_adapters_template(settings.USE_TZ, UTC).register_loader("timestamptz", UtcLoader)
