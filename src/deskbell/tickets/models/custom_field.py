"""Fields an administrator adds without restart or migration; values live in Ticket.custom (JSONB)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class FieldType(models.TextChoices):
    TEXT = "text", _("Text")
    LONG_TEXT = "long_text", _("Long text")
    INTEGER = "integer", _("Whole number")
    DECIMAL = "decimal", _("Decimal number")
    BOOLEAN = "boolean", _("Yes or no")
    DATE = "date", _("Date")
    DATETIME = "datetime", _("Date and time")
    CHOICE = "choice", _("One of a list")
    CHOICES = "choices", _("Several of a list")
    URL = "url", _("Link")
    EMAIL = "email", _("E-mail address")


class CustomField(models.Model):
    """One field. code: key in Ticket.custom, never changed; type: never changed once values exist.

    kinds: codes of the kinds it belongs to; empty = all. Required is asked of people, not of mail intake.
    """

    code = models.SlugField(max_length=40, unique=True)
    label = models.CharField(_("label"), max_length=100)
    help = models.CharField(_("help"), max_length=300, blank=True, default="")
    type = models.CharField(_("type"), max_length=12, choices=FieldType)
    choices = ArrayField(models.CharField(max_length=200), verbose_name=_("choices"), default=list, blank=True)
    kinds = ArrayField(models.CharField(max_length=40), verbose_name=_("kinds"), default=list, blank=True)
    department = models.ForeignKey(
        "people.Department", on_delete=models.CASCADE, null=True, blank=True, related_name="+",
        verbose_name=_("department"), help_text=_("Empty: in every department."),
    )  # fmt: skip
    is_required = models.BooleanField(_("required"), default=False)
    in_portal = models.BooleanField(_("shown in the portal"), default=False)
    in_list = models.BooleanField(_("shown as a filter in the queue"), default=True)
    is_active = models.BooleanField(_("active"), default=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(code__regex=r"^[a-z][a-z0-9_]*$"), name="custom_field_code"),
        ]

    @override
    def __str__(self) -> str:
        return self.label
