"""States and transitions are data; the category of a state is fixed, for rules and reports build on it."""

from __future__ import annotations

from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class StateCategory(models.TextChoices):
    """What every state means to the rest of the desk."""

    NEW = "new", _("New")
    ACTIVE = "active", _("In progress")
    WAITING = "waiting", _("Waiting")
    RESOLVED = "resolved", _("Resolved")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")

    @classmethod
    def open(cls) -> tuple[StateCategory, ...]:
        """Categories in which somebody still has to do something."""
        return (cls.NEW, cls.ACTIVE, cls.WAITING)

    @classmethod
    def ended(cls) -> tuple[StateCategory, ...]:
        """Categories in which the desk holds the matter done."""
        return (cls.RESOLVED, cls.CLOSED, cls.CANCELLED)

    @classmethod
    def final(cls) -> tuple[StateCategory, ...]:
        """Categories in which nothing is expected any more: what is written there is nothing new to anybody."""
        return (cls.CLOSED, cls.CANCELLED)


FINAL: Final = ", ".join(f"'{category.value}'" for category in StateCategory.final())  # as SQL has it


class State(models.Model):
    """A state an administrator may name and add. is_default: the state entered for its category.

    customer_name: the state in plain words for the person who asked; empty = name.
    """

    id = models.AutoField(primary_key=True)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    customer_name = models.CharField(_("name for the person who asked"), max_length=60, blank=True, default="")
    category = models.CharField(_("category"), max_length=12, choices=StateCategory)
    is_default = models.BooleanField(_("default of its category"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["category"],
                condition=models.Q(is_default=True),
                name="state_one_default_per_category",
            ),
        ]

    @override
    def __str__(self) -> str:
        return gettext(self.name)

    @property
    def name_for_customer(self) -> str:
        return gettext(self.customer_name or self.name)


class Transition(models.Model):
    """A step allowed between two states.

    guards: names of `tickets.guards`, each a condition that must hold ("has_follow_up", "has_resolution", …).
    permission: what an agent needs in the ticket's department.
    by_requester: the person who asked may take the step in the portal.
    """

    source = models.ForeignKey(State, on_delete=models.CASCADE, related_name="transitions_out")
    target = models.ForeignKey(State, on_delete=models.CASCADE, related_name="transitions_in")
    guards = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    permission = models.CharField(max_length=60, default="ticket.work")
    by_requester = models.BooleanField(_("the person who asked may do it"), default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source", "target"], name="transition_once"),
        ]


class WaitingSide(models.TextChoices):
    """Who the ticket waits for; delays are put down to them."""

    REQUESTER = "requester", _("The person who asked")
    SUPPLIER = "supplier", _("A supplier or partner")
    COLLEAGUE = "colleague", _("A colleague or another department")
    APPROVAL = "approval", _("An approval")
    CHANGE = "change", _("A change or release")
    DATE = "date", _("A date")


class WaitingReason(models.Model):
    """Why a ticket waits."""

    id = models.AutoField(primary_key=True)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    side = models.CharField(_("waits for"), max_length=12, choices=WaitingSide)
    is_active = models.BooleanField(_("active"), default=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    @override
    def __str__(self) -> str:
        return gettext(self.name)
