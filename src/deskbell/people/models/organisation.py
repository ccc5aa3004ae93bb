"""Organisations people belong to: customers, external partners and our own."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Lower, Upper
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from deskbell.kernel.api import clock


class OrganisationKind(models.TextChoices):
    CUSTOMER = "customer", _("Customer")
    PARTNER = "partner", _("External partner")
    OWN = "own", _("Our own organisation")


class Organisation(models.Model):
    """An organisation. People whose mail domain is one of its domains are assigned to it when first seen."""

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=OrganisationKind, default=OrganisationKind.CUSTOMER)
    language = models.CharField(_("language"), max_length=12, blank=True, default="")
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True, default="")
    shares_tickets = models.BooleanField(
        _("people may follow each other's tickets"),
        default=False,
        help_text=_("Everyone of the organisation sees all its tickets in the portal."),
    )
    notes = models.TextField(_("notes"), blank=True, default="", help_text=_("Only colleagues see this."))
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("organisation")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("name"), name="organisation_name_unique"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(OpClass(Upper("name"), "gin_trgm_ops"), name="organisation_name_trigrams"),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class OrganisationDomain(models.Model):
    """A mail domain that belongs to one organisation; lower case, ASCII (IDNA)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(_("mail domain"), max_length=253, unique=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(OpClass(Upper("domain"), "gin_trgm_ops"), name="organisation_domain_trigrams"),
        ]

    @override
    def __str__(self) -> str:
        return self.domain
