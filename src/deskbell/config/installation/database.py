"""Django's DATABASES entry from an address."""

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from psycopg.conninfo import make_conninfo

from deskbell.config.installation.model import DeskbellSettings

# Seconds a request waits for the database before it is told that there is none.
CONNECT_TIMEOUT = 5
POOL_TIMEOUT = 2
INTAKE_THREADS = 8  # messages taken in at the same time; a new connection for each would cost more than it
PREPARE_AFTER = 2  # uses of a statement


def parse_url(url: str) -> dict[str, Any]:
    """Parts of `postgresql://user:password@host:port/name?option=value` as Django names them."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A socket folder stands in the query (?host=/run/postgresql), as in libpq.
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": options.pop("port", None) or str(parts.port or ""),
        "OPTIONS": options,
    }


def database(settings: DeskbellSettings, embedded_url: str) -> dict[str, Any]:
    """The default database. Processes with many short units of work keep a pool of connections."""
    url = settings.database_url.get_secret_value() if settings.database_url else embedded_url
    entry = parse_url(url)
    options: dict[str, Any] = {
        "connect_timeout": CONNECT_TIMEOUT,
        "application_name": f"deskbell {settings.role}".strip(),
    }
    # Statements that bind on the server (kernel.statements) are planned once for each connection.
    options["prepare_threshold"] = PREPARE_AFTER
    options |= entry["OPTIONS"]
    options["prepare_threshold"] = int(options["prepare_threshold"])  # text where it stands in the address
    if settings.role in {"web", "worker", "intake"}:
        # As many as the process has threads, and two for the live streams' permission checks.
        jobs = settings.worker_concurrency + settings.webhook_concurrency
        threads = {"web": settings.web_threads, "worker": jobs, "intake": INTAKE_THREADS}[settings.role]
        options["pool"] = {
            "min_size": 1,
            "max_size": threads + 2,
            "timeout": POOL_TIMEOUT,
            # Otherwise the pool backs off for minutes while the database is already back.
            "reconnect_timeout": POOL_TIMEOUT,
        }
    suffix = os.environ.get("DESKBELL_TEST_SUFFIX", "")
    return {
        **entry,
        "ENGINE": "deskbell.kernel.postgresql",
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": options,
        "TEST": {"NAME": f"test_deskbell_{suffix}" if suffix else "test_deskbell"},
    }


def conninfo() -> str:
    """Address of the default database for psycopg itself."""
    from django.db import connection

    parameters = connection.get_connection_params()
    keys = ("host", "port", "dbname", "user", "password", "sslmode", "sslrootcert", "options")
    return make_conninfo(**{key: parameters[key] for key in keys if parameters.get(key)})
