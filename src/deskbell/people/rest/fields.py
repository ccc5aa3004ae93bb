"""Types of fields that the endpoints of people share."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Query
from pydantic import BeforeValidator, Field, StringConstraints

from deskbell.kernel.rest import api as rest


def _flag(value: Any) -> Any:
    """Parameters arrive as text; of texts only these two are flags."""
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


def left_out() -> Any:
    """The default of a field that changes nothing when it is not sent.

    Not named in the description as a default, or clients would send it.
    """
    return Field(default_factory=lambda: None)


Flag = Annotated[bool, BeforeValidator(_flag), Field(strict=True)]
Search = Annotated[
    Annotated[str, rest.text(200)] | None,
    Query(None, description="Words to be found in names, addresses, numbers or organisations, all of them."),
]
Name = Annotated[str, rest.text(200, shortest=1), Field(examples=["Anna Kern"])]
Note = Annotated[str, rest.text(20_000), Field(description="Only colleagues see this.")]
Language = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?$", max_length=12),
    Field(description="One of the desk's languages, as in `en`, `uk` or `zh-hant`.", examples=["en"]),
]
TimeZone = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9_+\-/]+$", max_length=64),
    Field(description="A name of the IANA time zone database.", examples=["Europe/Helsinki"]),
]
