"""Addresses and numbers that identify a person on every channel."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from deskbell.kernel.api import clock


class ContactKind(models.TextChoices):
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")


class ContactPoint(models.Model):
    """One address or number of a person; no two people share one.

    value: normalised (`people.contact_values`): an address in lower case with its domain in ASCII (IDNA),
    a phone number in E.164. display: as it was written.
    """

    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(_("kind"), max_length=12, choices=ContactKind)
    value = models.CharField(_("value"), max_length=320)
    display = models.CharField(max_length=320, blank=True, default="")
    is_primary = models.BooleanField(_("primary"), default=False)
    verified_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "value"], name="contact_point_identifies_one_person"),
            models.UniqueConstraint(
                fields=["user", "kind"], condition=models.Q(is_primary=True), name="contact_point_one_primary"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(OpClass(Upper("value"), "gin_trgm_ops"), name="contact_point_trigrams"),
        ]

    @override
    def __str__(self) -> str:
        return self.display or self.value
