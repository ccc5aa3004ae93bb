"""What every page knows without its view saying so."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from deskbell.kernel.api import DESK_NAME


def desk(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001  (Django's signature)
    """The desk's name, read when a page first shows it."""
    return {"desk_name": SimpleLazyObject(DESK_NAME.get)}
