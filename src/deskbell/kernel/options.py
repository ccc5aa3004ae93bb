"""Options an administrator changes in the page; each is declared in code with a type, default and label.

What the machine needs to start (addresses, secrets) is a setting of `deskbell.config`, not an option.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import TypeAdapter, ValidationError
from typing_extensions import override

from deskbell.kernel import reference
from deskbell.kernel.access import Permission, Viewer, permissions
from deskbell.kernel.errors import Invalid
from deskbell.kernel.events.kinds import EventData, event_kind
from deskbell.kernel.registry import Registry

ValueT = TypeVar("ValueT")

CHANGE_OPTIONS = "desk.configure"
permissions.register(CHANGE_OPTIONS, Permission(CHANGE_OPTIONS, _("Change the desk's settings"), _("Desk")))


class OptionValue(models.Model):
    """The stored value of one option; absent means the default."""

    name = models.TextField(unique=True)
    value = models.JSONField()

    @override
    def __str__(self) -> str:
        return f"{self.name} = {self.value!r}"


class OptionChanged(EventData):
    name: str


OPTION_CHANGED = event_kind("option.changed", _("A setting was changed"), OptionChanged)


@dataclass(frozen=True, slots=True)
class Option(Generic[ValueT]):
    """One option. `type` is anything pydantic can validate."""

    name: str
    type: type[ValueT]
    default: ValueT
    label: str | Promise
    help: str | Promise = ""

    def get(self) -> ValueT:
        """The value in force; read once in a process, until an option changes."""
        found: ValueT = values()[self.name]
        return found

    def parse(self, value: object) -> ValueT:
        """Raises Invalid, in words, when `value` is not of the option's type."""
        try:
            return TypeAdapter(self.type).validate_python(value)
        except ValidationError as error:
            raise Invalid(fields={self.name: error.errors()[0]["msg"]}) from None


options: Registry[Option[Any]] = Registry("option")


def declare(option: Option[ValueT]) -> Option[ValueT]:
    options.register(option.name, option)
    return option


DESK_NAME = declare(
    Option(
        "desk.name",
        str,
        default="Deskbell",
        label=_("Name of the desk"),
        help=_("Stands at the head of every page and as the sender of the desk's own mail."),
    )
)


@reference.cached
def values() -> Mapping[str, Any]:
    """The values in force of all options, by name."""
    kept = dict(OptionValue.objects.values_list("name", "value"))
    return {option.name: option.parse(kept[option.name]) if option.name in kept else option.default
            for option in options}  # fmt: skip


@transaction.atomic
def change(viewer: Viewer, name: str, value: object) -> None:
    """Set one option. Raises NotAllowed, Invalid, or UnknownEntry for an option nobody declared."""
    from deskbell.kernel.events.log import record

    viewer.require(CHANGE_OPTIONS)
    option = options.get(name)
    parsed = option.parse(value)
    before = option.get()
    if parsed == before:
        return
    row, _created = OptionValue.objects.update_or_create(name=name, defaults={"value": parsed})
    record(viewer, OPTION_CHANGED, row.pk, OptionChanged(name=name), changes={"value": (before, parsed)})
