"""Types of fields that the endpoints of tickets share, and who may come in."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import Field, WithJsonSchema

from deskbell.kernel.api import NotAllowed, Viewer
from deskbell.kernel.rest import api as rest

READ = "tickets:read"
WRITE = "tickets:write"
LONGEST_MESSAGE = 200_000  # characters

Subject = Annotated[str, rest.text(500, shortest=1), Field(examples=["Printer does not print"])]
Text = Annotated[str, rest.text(LONGEST_MESSAGE, shortest=1), Field(examples=["It blinks red since this morning."])]
Note = Annotated[str, rest.text(20_000, shortest=1), Field(examples=["They asked about the contract."])]
Reason = Annotated[str, rest.text(300), Field(examples=["Same outage as yesterday"])]
Code = Annotated[rest.Word, Field(examples=["incident"])]
Tag = Annotated[str, rest.text(60, shortest=1), Field(examples=["printer"])]
Tags = Annotated[list[Tag], Field(max_length=50)]
Ids = Annotated[list[rest.Id], Field(max_length=rest.LONGEST_LIST)]
Level = Annotated[Literal[1, 2, 3], Field(description="1 is the worst.", examples=[3])]
Version = Annotated[
    int,
    Field(
        ge=1,
        le=2**31 - 1,
        description="The version you have read. When the ticket has changed since, the call answers 409.",
        examples=[7],
    ),
]
SeenMessage = Annotated[
    rest.Id, Field(description="The newest message you have read. When there is a newer one, the call answers 409.")
]
FieldCode = Annotated[str, rest.text(40), Field(pattern="^[a-z][a-z0-9_]*$")]
FieldValue = (
    bool
    | Annotated[int, Field(ge=-(2**53), le=2**53)]
    | Annotated[float, Field(allow_inf_nan=False)]
    | Annotated[str, rest.text(20_000)]
    | Annotated[list[Annotated[str, rest.text(200)]], Field(max_length=100)]
    | None
)
# Written by hand: pydantic leaves open what keys outside the pattern mean.
_CUSTOM_SCHEMA = {
    "type": "object",
    "propertyNames": {"pattern": "^[a-z][a-z0-9_]*$", "maxLength": 40},
    "additionalProperties": {
        "anyOf": [
            {"type": "boolean"},
            {"type": "integer", "minimum": -(2**53), "maximum": 2**53},
            {"type": "number"},
            {"type": "string", "maxLength": 20_000, "pattern": "^[^\\x00]*$"},
            {"type": "array", "maxItems": 100, "items": {"type": "string", "maxLength": 200, "pattern": "^[^\\x00]*$"}},
            {"type": "null"},
        ]
    },
    "maxProperties": 100,
    "description": "Custom fields by their code.",
    "examples": [{"asset": "PC-12"}],
}
Custom = Annotated[dict[FieldCode, FieldValue], Field(max_length=100), WithJsonSchema(_CUSTOM_SCHEMA)]
Next = Annotated[str | None, Field(description="The cursor of the page after this one; null at the end.")]


def colleague(request: rest.ApiRequest) -> Viewer:
    """The viewer, if they work at the desk. Raises NotAllowed: what others see is below /my."""
    if not request.viewer.is_agent:
        raise NotAllowed(_("This is for colleagues. What you asked yourself is below /my/tickets."))
    return request.viewer
