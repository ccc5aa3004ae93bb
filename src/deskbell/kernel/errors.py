"""What an action or query may refuse with. The message is written for the person who asked."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

Text = str | Promise


class DeskbellError(Exception):
    """Base of every anticipated refusal; `str(error)` can be shown to a person."""

    default_message: Text = _("This could not be done.")

    def __init__(self, message: Text | None = None) -> None:
        self.message: Text = message if message is not None else self.default_message
        super().__init__(self.message)

    @override
    def __str__(self) -> str:
        return str(self.message)


class NotFound(DeskbellError):
    """The record does not exist *for this viewer*; nobody learns whether it exists for others. HTTP 404."""

    default_message = _("There is nothing here, or you may not see it.")


class NotAllowed(DeskbellError):
    """The viewer sees the record but may not do this with it. HTTP 403."""

    default_message = _("Your role does not allow this. Ask the head of the department.")


class Invalid(DeskbellError):
    """Input cannot be accepted. `fields` maps a field's name to what is wrong with it. HTTP 422."""

    default_message = _("Something in the form needs another look.")

    def __init__(self, message: Text | None = None, *, fields: Mapping[str, Text] | None = None) -> None:
        self.fields: dict[str, Text] = dict(fields or {})
        if message is None and self.fields:
            message = next(iter(self.fields.values()))
        super().__init__(message)


class Conflict(DeskbellError):
    """Somebody else changed the record since the viewer saw it; nothing was written. HTTP 409."""

    default_message = _("Somebody changed this meanwhile. Look at the newer version first.")
