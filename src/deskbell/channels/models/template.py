"""Texts the desk sends by itself, and how many of them one address got."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class AcknowledgementTemplate(models.Model):
    """What a person reads when their mail became a ticket; Liquid (see `acknowledgement.VARIABLES`).

    department: null is the template of all departments that have none of their own in that language.
    failing_since, last_error: when it could not be rendered for a ticket, and why; null and empty while all is well.
    """

    department = models.ForeignKey("people.Department", on_delete=models.CASCADE, null=True, related_name="+")
    language = models.CharField(_("language"), max_length=12)
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("text"))
    is_active = models.BooleanField(_("active"), default=True)
    failing_since = models.DateTimeField(null=True, editable=False)
    last_error = models.TextField(blank=True, default="", editable=False)

    class Meta:
        verbose_name = _("acknowledgement")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["department", "language"], name="acknowledgement_once", nulls_distinct=False
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.language} {self.subject}"


class AutomaticMailCount(models.Model):
    """How many automatic mails an address got on a day (UTC): whoever answers robots is a robot's victim."""

    address = models.CharField(max_length=320)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["address", "day"], name="automatic_mail_counted_once"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.address} {self.day} {self.count}"
