"""Departments as a tree, and teams inside them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class Department(models.Model):
    """A unit that answers tickets; isolated from the others (design: access).

    path: ids from the root to this department, "/1/4/", kept by the actions; a role on a department reaches
    every department whose path begins with its path.
    """

    name = models.CharField(_("name"), max_length=200)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    head = models.ForeignKey(
        "people.User",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="heads",
        verbose_name=_("head"),
    )
    path = models.CharField(max_length=400, default="", db_index=True, editable=False)
    description = models.TextField(_("description"), blank=True, default="")
    takes_portal_tickets = models.BooleanField(_("people may choose it in the portal"), default=True)
    is_active = models.BooleanField(_("active"), default=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("department")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("name"), "parent", name="department_name_unique", nulls_distinct=False),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A group of agents inside one department, to whom tickets can be handed."""

    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(_("name"), max_length=200)
    members: models.ManyToManyField[models.Model, TeamMembership] = models.ManyToManyField(
        "people.User", through="people.TeamMembership", related_name="teams"
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("name"), "department", name="team_name_unique"),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class TeamMembership(models.Model):
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="team_memberships")
    is_lead = models.BooleanField(_("leads the team"), default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["team", "user"], name="team_membership_once"),
        ]
