"""Kind, category, and impact × urgency = priority (ITIL 4, incident management)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class Kind(models.Model):
    """What sort of matter a ticket is. Deskbell brings six; practices add more, with behaviour in code.

    code: stable name ("incident", "request", "question", "complaint", "suggestion", "security_incident").
    is_restricted: tickets of this kind exist only for those on their list (design: restricted record).
    """

    id = models.AutoField(primary_key=True)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    icon = models.CharField(max_length=40, default="circle-help")
    is_restricted = models.BooleanField(_("visible only to those on its list"), default=False)
    in_portal = models.BooleanField(_("people may choose it in the portal"), default=True)
    is_active = models.BooleanField(_("active"), default=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    @override
    def __str__(self) -> str:
        return gettext(self.name)


class Category(models.Model):
    """A node of the category tree. path: ids from the root to this node, "/3/17/"."""

    id = models.AutoField(primary_key=True)
    name = models.CharField(_("name"), max_length=100)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    path = models.CharField(max_length=400, default="", db_index=True, editable=False)
    department = models.ForeignKey(
        "people.Department", on_delete=models.CASCADE, null=True, blank=True, related_name="+",
        verbose_name=_("department"), help_text=_("Empty: offered in every department."),
    )  # fmt: skip
    in_portal = models.BooleanField(_("people may choose it in the portal"), default=True)
    is_active = models.BooleanField(_("active"), default=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("category")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["parent", "name"], name="category_name_unique", nulls_distinct=False),
        ]

    @override
    def __str__(self) -> str:
        return gettext(self.name)


class Impact(models.IntegerChoices):
    """How much of the business is affected."""

    EXTENSIVE = 1, _("Everyone or a whole service")
    SIGNIFICANT = 2, _("A department or a group")
    LIMITED = 3, _("One person")


class Urgency(models.IntegerChoices):
    """How soon it starts to hurt."""

    CRITICAL = 1, _("Work has stopped")
    HIGH = 2, _("Work is hindered")
    NORMAL = 3, _("Can wait")


class Priority(models.Model):
    """A priority; rank 1 is the most pressing and sorts first."""

    id = models.AutoField(primary_key=True)
    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=60)
    rank = models.PositiveSmallIntegerField(_("rank"), unique=True)

    @override
    def __str__(self) -> str:
        return gettext(self.name)


class PriorityCell(models.Model):
    """One cell of the priority matrix."""

    impact = models.PositiveSmallIntegerField(choices=Impact)
    urgency = models.PositiveSmallIntegerField(choices=Urgency)
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="cells")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["impact", "urgency"], name="priority_cell_once"),
        ]
