"""Logging: one line a record, for people or for collectors."""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from typing_extensions import override

from deskbell.config.installation.model import DeskbellSettings


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message and, with an error, its traceback."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["error"] = "".join(traceback.format_exception(*record.exc_info))
        return json.dumps(entry, ensure_ascii=False)


def logging_config(settings: DeskbellSettings) -> dict[str, Any]:
    """Everything to standard error; procrastinate and access chatter only when debugging."""
    level = settings.log_level.upper()
    quiet = "WARNING" if settings.log_level == "info" else level
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "text": {"format": "%(asctime)s %(levelname)-7s %(name)s: %(message)s", "datefmt": "%H:%M:%S"},
            "json": {"()": JsonFormatter},
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": settings.log_format}},
        "root": {"handlers": ["stderr"], "level": level},
        "filters": {"without_outages": {"()": "deskbell.config.outage.WithoutOutages"}},
        "loggers": {
            "django.request": {"filters": ["without_outages"]},
            "procrastinate": {"level": quiet},
            "psycopg.pool": {"level": "ERROR"},
            "botocore": {"level": "WARNING"},
            "mail.log": {"level": "ERROR"},
        },
    }
