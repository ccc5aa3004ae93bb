"""Types of fields that bodies, parameters and answers share: bounded, so that the description says what is taken."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any

from ninja.params.models import Path, Query
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, StringConstraints, WithJsonSchema

LARGEST_ID = 2**63 - 1
LONGEST_LIST = 100  # values of one list in a body or filter
WITHOUT_NUL = "^[^\\x00]*$"  # PostgreSQL stores every character but this one
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,18})")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Body(BaseModel):
    """Base of request bodies: unknown fields are refused, and nothing is guessed ("1" is not 1)."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Answer(BaseModel):
    """Base of what endpoints answer: built from trusted values, written in one go."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


def _digits(value: Any) -> Any:
    """Parameters arrive as text; of texts only plain decimal numbers are numbers."""
    if isinstance(value, str):
        if not _NUMBER.fullmatch(value):
            raise ValueError("Send a whole number.")
        return int(value)
    return value


def _moment(value: Any) -> Any:
    if not isinstance(value, str):
        if isinstance(value, datetime):
            return value
        raise ValueError("Send a moment by RFC 3339, as in 2026-11-21T09:30:00Z.")
    if not _MOMENT.fullmatch(value):
        raise ValueError("Send a moment by RFC 3339, as in 2026-11-21T09:30:00Z.")
    try:
        # A leap second is the second after it, as in every clock of ours.
        read = datetime.fromisoformat(re.sub(r":60(?=[.zZ+-])", ":59", value.upper()))
        return read.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("This moment is not in the calendar.") from None


def _day(value: Any) -> Any:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError("This day is not in the calendar.") from None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError("Send a day as in 2026-11-21.")


def utc(moment: datetime) -> str:
    """A moment as answers write it: RFC 3339 in UTC with microseconds only where there are some."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


Id = Annotated[int, Field(ge=1, le=LARGEST_ID, examples=[10042])]
# The reader of digits stands last: pydantic applies from left to right, and the bounds belong to the number.
PathId = Annotated[int, Field(ge=1, le=LARGEST_ID), BeforeValidator(_digits), Path(..., examples=[10042])]
QueryId = Annotated[int, Field(ge=1, le=LARGEST_ID), BeforeValidator(_digits)]
QueryCount = Annotated[int, Field(ge=0, le=LARGEST_ID), BeforeValidator(_digits)]
QueryLimit = Annotated[int, Field(ge=1, le=100), BeforeValidator(_digits)]
Limit = Annotated[
    int,
    Field(ge=1, le=100),
    BeforeValidator(_digits),
    Query(50, description="How many at most, 1 to 100."),
]
Cursor = Annotated[
    str | None,
    Field(min_length=1, max_length=1000, pattern=r"^[A-Za-z0-9_\-]+$"),
    Query(None, description="“next” of the page before; without it the list begins."),
]
Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    Field(strict=False),
    PlainSerializer(utc, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-11-21T09:30:00Z"]}),
]
# A moment in an answer: our rows are in UTC, and pydantic writes these by itself, without a call of ours for each.
Time = Annotated[datetime, Field(examples=["2026-11-21T09:30:00Z"])]
Day = Annotated[
    date,
    BeforeValidator(_day),
    Field(strict=False),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-11-21"]}),
]


def left_out() -> Any:
    """The default of a body's field that changes nothing when it is not sent; None is what the view finds then.

    Not named in the description as a default, or clients would send it.
    """
    return Field(default_factory=lambda: None)


def text(longest: int, *, shortest: int = 0) -> Any:
    """Bounds of a text: so many characters at most, and no NUL. For the second place of `Annotated`."""
    return StringConstraints(min_length=shortest, max_length=longest, pattern=WITHOUT_NUL)


def _flag(value: Any) -> Any:
    """Parameters arrive as text; of texts only these two are flags."""
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


QueryFlag = Annotated[bool, Field(strict=True), BeforeValidator(_flag)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9_.\-]+$")]  # a stable code
