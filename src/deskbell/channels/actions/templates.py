"""Texts of acknowledgements."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from deskbell.channels import events
from deskbell.channels.access import CONFIGURE
from deskbell.channels.acknowledgement import LONGEST_TEXT, check
from deskbell.channels.models import AcknowledgementTemplate
from deskbell.kernel.api import Invalid, NotFound, Viewer, apply, record, storable
from deskbell.people.api import Department


@transaction.atomic
def set_acknowledgement(
    viewer: Viewer, *, department_id: int | None, language: str, subject: str, body: str, is_active: bool = True
) -> AcknowledgementTemplate:
    """Write the acknowledgement of a department (None: of all) in a language; Liquid.

    Raises NotAllowed, or Invalid naming the field.
    """
    viewer.require(CONFIGURE)
    subject, body = " ".join(storable(subject).split()), storable(body).strip()
    _require_usable(department_id, language, subject, body)
    owner = Q(department__isnull=True) if department_id is None else Q(department_id=department_id)
    row = AcknowledgementTemplate.objects.filter(owner, language=language).first()
    row = row or AcknowledgementTemplate(department_id=department_id, language=language)
    changes = apply(row, subject=subject, body=body, is_active=is_active)
    row.failing_since, row.last_error = None, ""
    row.save()
    if changes:
        record(viewer, events.ACKNOWLEDGEMENT_CHANGED, row.pk, changes=changes)
    return row


@transaction.atomic
def remove_acknowledgement(viewer: Viewer, template_id: int) -> None:
    """Remove a template; the common one or none takes its place. Raises NotFound, NotAllowed."""
    viewer.require(CONFIGURE)
    row = AcknowledgementTemplate.objects.filter(pk=template_id).first()
    if row is None:
        raise NotFound
    row.delete()
    record(viewer, events.ACKNOWLEDGEMENT_REMOVED, template_id)


def _require_usable(department_id: int | None, language: str, subject: str, body: str) -> None:
    problems: dict[str, str] = {}
    if department_id is not None and not Department.objects.filter(pk=department_id).exists():
        problems["department"] = _("Choose a department.")
    if language not in dict(settings.LANGUAGES):
        problems["language"] = _("Deskbell does not speak this language yet.")
    for name, source, longest in (("subject", subject, 300), ("body", body, LONGEST_TEXT)):
        if not source:
            problems[name] = _("Write something first.")
        elif len(source) > longest:
            problems[name] = _("At most %(count)d characters.") % {"count": longest}
        else:
            try:
                check(source)
            except Invalid as error:
                problems[name] = str(error)
    if problems:
        raise Invalid(fields=problems)
