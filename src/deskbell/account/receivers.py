"""django-allauth tells what happened by signals; here it becomes events of the person.

Signals of a library are the only ones this project listens to; our own packages speak by events.
"""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as mfa_signals
from django.db import transaction
from django.http import HttpRequest

from deskbell.account.middleware import HAS_FACTOR
from deskbell.kernel.api import Viewer, record
from deskbell.people import api as people


def connect() -> None:
    """Called once when the application is ready."""
    account_signals.user_logged_in.connect(signed_in, dispatch_uid="deskbell.account")
    for name in ("password_changed", "password_set", "password_reset"):
        getattr(account_signals, name).connect(_NAMED[name], dispatch_uid="deskbell.account")
    for name in ("authenticator_added", "authenticator_removed", "authenticator_reset"):
        getattr(mfa_signals, name).connect(_NAMED[name], dispatch_uid="deskbell.account")


def signed_in(request: HttpRequest, user: people.User, **_rest: Any) -> None:
    """A code sent to an address, entered, also confirms the address."""
    records = request.session.get("account_authentication_methods") or [{}]
    method = str(records[-1].get("method", ""))
    viewer = Viewer(user_id=user.pk, name=user.name)
    with transaction.atomic():
        record(viewer, people.events.USER_SIGNED_IN, user.pk, people.events.NameData(name=method))
        address = records[-1].get("email")
        if method == "code" and address:
            people.confirm_email(viewer, user.pk, address)


def _changed(name: str) -> Any:
    def receiver(request: HttpRequest, user: people.User, **_rest: Any) -> None:
        request.session.pop(HAS_FACTOR, None)
        with transaction.atomic():
            viewer = Viewer(user_id=user.pk, name=user.name)
            record(viewer, people.events.USER_SECURITY_CHANGED, user.pk, people.events.NameData(name=name))

    return receiver


_NAMED = {
    name: _changed(name)
    for name in (
        "password_changed",
        "password_set",
        "password_reset",
        "authenticator_added",
        "authenticator_removed",
        "authenticator_reset",
    )
}
