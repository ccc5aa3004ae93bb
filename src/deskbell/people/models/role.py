"""Roles are data: a named set of permissions, held in a department or everywhere."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from deskbell.kernel.api import clock


class Role(models.Model):
    """A named set of permissions.

    code: stable name of the roles Deskbell brings ("agent", "lead", "head", "viewer", "administrator");
    empty for roles of one's own. The role "customer" needs no row: everyone sees what they asked themselves.
    """

    code = models.SlugField(max_length=40, blank=True, default="")
    name = models.CharField(_("name"), max_length=100, unique=True)
    description = models.CharField(_("description"), max_length=300, blank=True, default="")
    permissions = ArrayField(models.CharField(max_length=60), verbose_name=_("permissions"), default=list, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code"], condition=~models.Q(code=""), name="role_code_unique"),
        ]

    @override
    def __str__(self) -> str:
        return gettext(self.name) if self.code else self.name


class RoleAssignment(models.Model):
    """A person holds a role in a department and everything below it; without a department, everywhere."""

    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="role_assignments")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="assignments")
    department = models.ForeignKey(
        "people.Department", on_delete=models.CASCADE, null=True, blank=True, related_name="role_assignments"
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "role", "department"], name="role_assignment_once", nulls_distinct=False
            ),
        ]
