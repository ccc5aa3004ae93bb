"""Texts of acknowledgements: Liquid templates with limits, per department and language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from liquid import Environment
from liquid.exceptions import LiquidError

from deskbell.channels.built_in_texts import TEXTS
from deskbell.channels.known import known_templates
from deskbell.channels.models import AcknowledgementTemplate, Mailbox
from deskbell.kernel.api import DESK_NAME, Invalid, clock
from deskbell.people.api import Department, User
from deskbell.tickets.api import Ticket

VARIABLES = {
    "person.name": _("name of the person who wrote"),
    "ticket.number": _("number of the ticket, as in #10042"),
    "ticket.subject": _("subject of the ticket"),
    "department.name": _("name of the department"),
    "desk.name": _("name of the desk"),
    "desk.address": _("address of the portal"),
}
"""What a template may use, with what it stands for."""
LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Rendered:
    """error: why the template could not be used and the built-in text was; empty when all is well."""

    subject: str
    text: str
    language: str
    error: str = ""


class _Environment(Environment):
    """Bounds what a template can cost, whoever wrote it."""

    loop_iteration_limit = 1000
    output_stream_limit = 3 * LONGEST_TEXT  # with what the variables stand for
    local_namespace_limit = 20_000
    context_depth_limit = 20


_liquid = _Environment()


def render_acknowledgement(ticket: Ticket, mailbox: Mailbox, user: User) -> Rendered | None:
    """The acknowledgement of a new ticket; None when no template is active.

    A template that fails is marked as failing, and the built-in text of its language stands in: one person's
    mistake in a text must cost nobody their ticket.
    """
    template = template_for(mailbox.department, user.language)
    if template is None:
        return None
    values = {
        "person": {"name": user.name},
        "ticket": {"number": ticket.number, "subject": ticket.subject},
        "department": {"name": mailbox.department.name},
        "desk": {"name": DESK_NAME.get(), "address": settings.BASE_URL},
    }
    try:
        return _rendered(template.subject, template.body, values, template.language)
    except Exception as error:  # noqa: BLE001 - whatever a template makes the library raise
        reason = (str(error) or type(error).__name__)[:500]
    AcknowledgementTemplate.objects.filter(pk=template.pk).update(
        last_error=reason, failing_since=Coalesce("failing_since", Value(clock.now()))
    )
    language = template.language if template.language in TEXTS else "en"
    return replace(_rendered(*TEXTS[language], values, language), error=reason)


def _rendered(subject: str, body: str, values: dict[str, Any], language: str) -> Rendered:
    """Raises Invalid for a template that is broken or comes to nothing."""
    text = render(body, values).strip()
    title = " ".join(render(subject, values).split())[:300]
    if not text or not title:
        raise Invalid(gettext("The template comes to an empty text."))
    return Rendered(subject=title, text=text, language=language)


def template_for(department: Department, language: str) -> AcknowledgementTemplate | None:
    """The template of the department or of all, in this language or the desk's first one.

    The department's own comes before the common one, the person's language before the desk's.
    """
    languages = list(dict.fromkeys([language, settings.LANGUAGE_CODE, "en"]))
    found = {
        (row.department_id, row.language): row
        for row in known_templates()
        if row.language in languages and row.department_id in (None, department.pk)
    }
    keys = [(owner, code) for code in languages for owner in (department.pk, None)]
    return next((found[key] for key in keys if key in found), None)


def render(source: str, values: dict[str, Any]) -> str:
    """Raises Invalid, in words, for a template that is broken or too large."""
    try:
        return _liquid.from_string(source).render(**values)
    except LiquidError as error:
        raise Invalid(fields={"body": str(error)}) from None


def check(source: str) -> None:
    """Raises Invalid when `source` is no template that can be rendered, with the longest values there are."""
    render(source, {"person": {"name": "x" * 200}, "ticket": {"number": "#1000000000", "subject": "x" * 500},
                    "department": {"name": "x" * 200}, "desk": {"name": "x" * 200, "address": "x" * 200}})  # fmt: skip
