"""Absences with a substitute."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Absence(models.Model):
    """A person is away from starts_at until ends_at; the substitute is offered in their place."""

    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="absences")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    substitute = models.ForeignKey(
        "people.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="substitutes_in",
        verbose_name=_("substitute"),
    )  # fmt: skip
    note = models.CharField(_("note"), max_length=200, blank=True, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="absence_ends_after_it_starts"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["user", "ends_at"], name="absence_user")]
