"""Mail of the desk itself to a person: codes, links, notices of what happened to their account."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from deskbell.kernel.api import DESK_NAME, Invalid, Viewer
from deskbell.people.actions.setup import invite_user
from deskbell.people.models import User

logger = logging.getLogger(__name__)
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}  # RFC 3834


def mail_person(user: User | None, address: str, template: str, context: Mapping[str, object]) -> None:
    """Send a text mail in the person's language (the current one for nobody known), after the transaction.

    template: its first line is the subject. A server that refuses is logged: the page that asked for the mail
    says where it went, and the person asks again.
    """
    language = user.language if user is not None else translation.get_language() or "en"
    with translation.override(language):
        text = render_to_string(template, {"user": user, "desk_name": DESK_NAME.get(), **context}, using="jinja2")
    subject, _newline, body = text.strip().partition("\n")
    message = EmailMessage(" ".join(subject.split()), body.strip() + "\n", to=[address], headers=AUTOMATIC)
    transaction.on_commit(lambda: _send(message), robust=True)


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except OSError:
        # smtplib's errors are OSErrors. The address says enough; subject and text may hold a code to sign in with.
        logger.exception("Not sent to %s", ", ".join(message.recipients()))


@transaction.atomic
def send_invitation(viewer: Viewer, user_id: int, link: Callable[[str], str]) -> str:
    """Invite a person by mail and return the link, for handing it over in another way.

    link: makes the absolute address of a token (`request.build_absolute_uri(reverse("account:set_up", …))`).
    Raises what `invite_user` raises.
    """
    token = invite_user(viewer, user_id)
    user = User.objects.get(pk=user_id)
    if user.email is None:
        raise Invalid
    address = link(token)
    mail_person(user, user.email, "people/mail/invitation.txt", {"link": address, "by": viewer.name})
    return address
