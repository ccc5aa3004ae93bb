"""A form's values into an action; what it refuses comes back at the fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms

from deskbell.kernel.api import Conflict, Invalid

T = TypeVar("T")


def submit(form: forms.Form, action: Callable[[dict[str, Any]], T]) -> T | None:
    """Run the action with the cleaned values. None when there is something to mend: the form says what."""
    if not form.is_valid():
        return None
    try:
        return action(dict(form.cleaned_data))
    except Invalid as error:
        take_errors(form, error)
    except Conflict as error:
        form.add_error(None, str(error))
    return None


def take_errors(form: forms.Form, error: Invalid) -> None:
    """Put each problem to its field; what has no field in this form stands above it."""
    if not error.fields:
        form.add_error(None, str(error))
    for name, problem in error.fields.items():
        field = name if name in form.fields else name.removesuffix("_id")
        form.add_error(field if field in form.fields else None, str(problem))
