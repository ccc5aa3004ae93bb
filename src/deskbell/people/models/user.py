"""A person: whoever asks and whoever answers are the same kind of record."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Lower, Upper
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from deskbell.kernel.api import clock


class Theme(models.TextChoices):
    SYSTEM = "system", _("As the system")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Density(models.TextChoices):
    COMFORTABLE = "comfortable", _("Comfortable")
    COMPACT = "compact", _("Compact")


class UserManager(BaseUserManager["User"]):
    """Looks people up by their sign-in address without regard to case."""

    @override
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Django's own command line expects this; an administrator is a person with the administrator role."""
        raise NotImplementedError("Use: deskbell user add --role administrator")


def empty_week() -> dict[str, list[list[str]]]:
    return {}


class User(AbstractBaseUser):
    """A person who asks, answers or both.

    email: the address they sign in with; null for people known only by phone. Every address and number that
    identifies them is a ContactPoint.
    time_zone: IANA name. language: one of settings.LANGUAGES.
    working_hours: ISO weekday ("1" is Monday) → list of ["09:00", "17:00"] in their own zone; empty = unknown.
    sees_organisation: may follow all tickets of their organisation in the portal.
    """

    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), max_length=254, null=True, blank=True)  # noqa: DJ001  unique
    job_title = models.CharField(_("job title"), max_length=200, blank=True, default="")
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.SET_NULL, null=True, blank=True, related_name="people"
    )
    sees_organisation = models.BooleanField(_("follows the tickets of the organisation"), default=False)
    language = models.CharField(_("language"), max_length=12, default="en", choices=settings.LANGUAGES)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    working_hours = models.JSONField(_("working hours"), default=empty_week, blank=True)
    theme = models.CharField(_("theme"), max_length=12, choices=Theme, default=Theme.SYSTEM)
    density = models.CharField(_("density"), max_length=12, choices=Density, default=Density.COMFORTABLE)
    notes = models.TextField(_("notes"), blank=True, default="", help_text=_("Only colleagues see this."))
    is_active = models.BooleanField(_("active"), default=True)
    is_blocked = models.BooleanField(
        _("blocked"), default=False, help_text=_("Their mail is parked instead of becoming a ticket.")
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="merged_from"
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(Upper("name"), name="user_name_upper"),
            GinIndex(OpClass(Upper("name"), "gin_trgm_ops"), name="user_name_trigrams"),
        ]

    @override
    def __str__(self) -> str:
        return self.name or self.email or f"#{self.pk}"

    # Django's own parts (allauth among them) ask for these; our permissions are roles (see people.access).
    @property
    def is_staff(self) -> bool:
        return False

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ", 1)[0]

    def has_perm(self, _perm: str, _obj: object = None) -> bool:
        return False

    def has_module_perms(self, _app_label: str) -> bool:
        return False
