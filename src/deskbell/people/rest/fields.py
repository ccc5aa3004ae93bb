"""Types of fields that the endpoints of people share."""

from __future__ import annotations

from typing import Annotated

from ninja import Query
from pydantic import Field, StringConstraints

from deskbell.kernel.rest import api as rest

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
