"""Telling a database that is away from a statement that is wrong."""

import logging

import psycopg
import psycopg_pool
from django.db import InterfaceError, OperationalError
from typing_extensions import override


def is_unreachable(error: BaseException | None) -> bool:
    """Whether the error says that there is no database just now."""
    if error is None:
        return False
    cause = error.__cause__
    if isinstance(error, psycopg_pool.PoolTimeout) or isinstance(cause, psycopg_pool.PoolTimeout):
        return True
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    # Locks, deadlocks, timeouts and a full disk come as OperationalError too, with codes of other classes.
    code = getattr(cause, "sqlstate", None)
    if code is None:
        return isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError)
    return str(code).startswith(("08", "57P"))


class WithoutOutages(logging.Filter):
    """Keeps a traceback per request out of the log while the database is away; one line says it already."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        return record.exc_info is None or not is_unreachable(record.exc_info[1])
