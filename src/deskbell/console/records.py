"""What the records named in events are called, and where each is opened."""

from __future__ import annotations

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import ForeignKey, Model
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deskbell.channels import api as channels
from deskbell.kernel.api import options, permissions
from deskbell.people import api as people
from deskbell.tickets import api as tickets
from deskbell.webhooks import api as webhooks

Words = str | Promise

# Subject of events → its model, what it is called, and the view that opens one by its id.
_SUBJECTS: dict[str, tuple[type[Model] | None, Words, str | None]] = {
    "user": (people.User, gettext_lazy("Person"), "console:colleague"),
    "organisation": (people.Organisation, gettext_lazy("Organisation"), "console:organisation"),
    "department": (people.Department, gettext_lazy("Department"), "console:department"),
    "team": (people.Team, gettext_lazy("Team"), "console:team"),
    "role": (people.Role, gettext_lazy("Role"), "console:role"),
    "ticket": (tickets.Ticket, gettext_lazy("Ticket"), "agent:ticket"),
    "config": (None, gettext_lazy("Setting of tickets"), None),
    "category": (tickets.Category, gettext_lazy("Category"), "console:category"),
    "kind": (tickets.Kind, gettext_lazy("Kind"), "console:kind"),
    "state": (tickets.State, gettext_lazy("State"), "console:state"),
    "transition": (None, gettext_lazy("Step between states"), None),
    "priority": (tickets.Priority, gettext_lazy("Priority"), "console:priority"),
    "waitingreason": (tickets.WaitingReason, gettext_lazy("Waiting reason"), "console:waiting_reason"),
    "customfield": (tickets.CustomField, gettext_lazy("Custom field"), "console:field"),
    "mailbox": (channels.Mailbox, gettext_lazy("Mailbox"), "console:mailbox"),
    "acknowledgement": (None, gettext_lazy("Acknowledgement"), "console:template"),
    "mail": (None, gettext_lazy("Received mail"), "console:mail_log_mail"),
    "webhook": (webhooks.Webhook, gettext_lazy("Webhook"), "console:webhook"),
    "option": (None, gettext_lazy("Setting"), None),
}

_NAMED_BY: dict[type[Model], str] = {tickets.Ticket: "pk", tickets.CustomField: "label"}

# Fields of changes and data that hold ids, beside the foreign keys of the record itself.
_IDS: dict[str, type[Model]] = {
    "user_id": people.User,
    "substitute_id": people.User,
    "added": people.User,
    "removed": people.User,
    "mentioned": people.User,
    "department_id": people.Department,
    "department_before_id": people.Department,
    "department_after_id": people.Department,
    "organisation_id": people.Organisation,
    "team_id": people.Team,
    "assignee_id": people.User,
    "owner_id": people.User,
    "requester_id": people.User,
    "affected_id": people.User,
    "head_id": people.User,
    "source_id": tickets.State,
    "target_id": tickets.State,
    "priority_id": tickets.Priority,
    "role_id": people.Role,
}

_FIELDS: dict[str, Words] = {
    "value": gettext_lazy("Value"),
    "kind": gettext_lazy("Kind"),
    "name": gettext_lazy("Name"),
    "domain": gettext_lazy("Mail domain"),
    "role": gettext_lazy("Role"),
    "user_id": gettext_lazy("Person"),
    "added": gettext_lazy("Added"),
    "removed": gettext_lazy("Removed"),
    "other_name": gettext_lazy("Other person"),
    "starts_at": gettext_lazy("From"),
    "ends_at": gettext_lazy("Until"),
    "substitute_id": gettext_lazy("Substitute"),
    "state": gettext_lazy("State"),
    "tags": gettext_lazy("Tags"),
    "permissions": gettext_lazy("Permissions"),
    "address": gettext_lazy("Address"),
    "error": gettext_lazy("Error"),
}


# What events carry for programs: people see the same in the record's name or in other words.
UNTOLD = {
    "table",
    "name",
    "message_id",
    "message_ids",
    "sign",
    "category_before",
    "category_after",
    "path",
    "absence_id",
}

_CHOICES: dict[str, tuple[type[models.TextChoices], ...]] = {
    "channel": (tickets.Channel,),
    "direction": (tickets.Direction,),
    "kind": (tickets.MessageKind, people.ContactKind),
    "state": (tickets.DeliveryState,),
}


def choice_label(subject: type[Model] | None, field: str, value: object) -> str:
    """A coded value in words; nothing for a value that stands for itself."""
    if not isinstance(value, str | int) or isinstance(value, bool):
        return ""
    for choices in _CHOICES.get(field, ()):
        if value in choices.values:
            return str(choices(value).label)
    try:
        found = subject._meta.get_field(field) if subject is not None else None  # noqa: SLF001  documented by Django
    except FieldDoesNotExist:
        return ""
    words = dict(getattr(found, "flatchoices", None) or ())
    return str(words.get(value, ""))


def subjects() -> list[tuple[str, str]]:
    """The sorts of record there are, for a filter."""
    return [(key, str(words)) for key, (_model, words, _view) in _SUBJECTS.items()]


def model_of(subject_type: str) -> type[Model] | None:
    return _SUBJECTS.get(subject_type, (None, "", None))[0]


def view_of(subject_type: str) -> str | None:
    return _SUBJECTS.get(subject_type, (None, "", None))[2]


def naming_field(model: type[Model]) -> str:
    """The field that says in words which record it is."""
    return _NAMED_BY.get(model, "name")


def in_words(subject_type: str, pk: int, name: str) -> str:
    """As in "Department Billing" or "Ticket #10023"; the id stands for a name nobody knows any more."""
    what = str(_SUBJECTS[subject_type][1]) if subject_type in _SUBJECTS else subject_type
    if subject_type == "ticket" or not name:
        return _("%(what)s #%(id)d") % {"what": what, "id": pk}
    return _("%(what)s “%(name)s”") % {"what": what, "name": name}


def option_label(name: str) -> str:
    """A setting by its label; by its name when it no longer exists."""
    return str(options.get(name).label) if name in options else name or str(_SUBJECTS["option"][1])


def permission_label(name: str) -> str:
    return str(permissions.get(name).label) if name in permissions else name


def referenced(field: str, subject: type[Model] | None) -> type[Model] | None:
    """The model whose ids a field of a change holds, or None."""
    if subject is not None and field.endswith("_id"):
        try:
            found = subject._meta.get_field(field.removesuffix("_id"))  # noqa: SLF001  documented by Django
        except FieldDoesNotExist:
            found = None
        if isinstance(found, ForeignKey) and isinstance(found.related_model, type):
            return found.related_model
    return _IDS.get(field)


def field_label(subject: type[Model] | None, field: str) -> str:
    """What a field is called on the pages."""
    if subject is not None:
        try:
            found = subject._meta.get_field(field.removesuffix("_id"))  # noqa: SLF001  documented by Django
            return capfirst(str(getattr(found, "verbose_name", field)))
        except FieldDoesNotExist:
            pass
    if field in _FIELDS:
        return str(_FIELDS[field])
    return capfirst(field.removesuffix("_id").replace("_", " ").replace(".", " "))
