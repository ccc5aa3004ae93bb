"""The places of the console, each with the permission that opens it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from deskbell.channels import api as channels
from deskbell.kernel.api import CHANGE_OPTIONS, Viewer
from deskbell.people import api as people
from deskbell.tickets import api as tickets
from deskbell.webhooks import api as webhooks

Label = str | Promise


@dataclass(frozen=True, slots=True)
class Place:
    """view: name of the list's view; every view of the area has a name that begins with `area`."""

    view: str
    label: Label
    icon: str
    needs: tuple[str, ...]
    area: str
    desk_wide: bool = False

    @property
    def href(self) -> str:
        return reverse(f"console:{self.view}")

    def opens_to(self, viewer: Viewer) -> bool:
        return any(viewer.may(name) if self.desk_wide else viewer.may_somewhere(name) for name in self.needs)


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    label: Label
    places: tuple[Place, ...]


PEOPLE = (people.MANAGE_PEOPLE,)
DEPARTMENTS = (people.MANAGE_DEPARTMENTS,)
ROLES = (people.MANAGE_ROLES,)
AUDIT = (people.SEE_AUDIT,)
TOKENS = (*PEOPLE, *AUDIT)
TICKETS = (tickets.access.CONFIGURE,)
MAIL = (channels.CONFIGURE,)
DESK = (CHANGE_OPTIONS,)
WEBHOOKS = (webhooks.MANAGE,)
ANY = (*PEOPLE, *DEPARTMENTS, *ROLES, *AUDIT, *TICKETS, *MAIL, *DESK, *WEBHOOKS)

OVERVIEW = Place("overview", _("Overview"), "activity", ANY, "overview")

GROUPS = (
    Group(
        "people",
        _("People"),
        (
            Place("colleagues", _("Colleagues"), "users", PEOPLE, "colleague"),
            Place("invitations", _("Invitations"), "mail-plus", PEOPLE, "invitation", desk_wide=True),
            Place("contacts", _("Contacts"), "circle-user-round", PEOPLE, "contact"),
            Place("organisations", _("Organisations"), "building-2", PEOPLE, "organisation"),
            Place("departments", _("Departments"), "layers", DEPARTMENTS, "department"),
            Place("teams", _("Teams"), "users-round", DEPARTMENTS, "team"),
            Place("roles", _("Roles"), "shield-check", ROLES, "role"),
            Place("tokens", _("API tokens"), "key-round", TOKENS, "token", desk_wide=True),
        ),
    ),
    Group(
        "mail",
        _("Mail"),
        (
            Place("mailboxes", _("Mailboxes"), "mail", MAIL, "mailbox", desk_wide=True),
            Place("parked", _("Parked mail"), "mail-warning", MAIL, "parked", desk_wide=True),
            Place("mail_log", _("Received mail"), "inbox", MAIL, "mail_log", desk_wide=True),
            Place("outbox", _("Sent mail"), "send", MAIL, "outbox", desk_wide=True),
            Place("templates", _("Mail templates"), "file-text", MAIL, "template", desk_wide=True),
        ),
    ),
    Group(
        "tickets",
        _("Tickets"),
        (
            Place("categories", _("Categories"), "folder-tree", TICKETS, "categor", desk_wide=True),
            Place("kinds", _("Kinds"), "ticket", TICKETS, "kind", desk_wide=True),
            Place("states", _("States"), "workflow", TICKETS, "state", desk_wide=True),
            Place("priorities", _("Priorities"), "flag", TICKETS, "priorit", desk_wide=True),
            Place("waiting_reasons", _("Waiting reasons"), "hourglass", TICKETS, "waiting", desk_wide=True),
            Place("fields", _("Custom fields"), "list-plus", TICKETS, "field", desk_wide=True),
            Place("unread_files", _("Unread files"), "paperclip", TICKETS, "unread_file", desk_wide=True),
        ),
    ),
    Group(
        "desk",
        _("Desk"),
        (
            Place("options", _("Settings"), "sliders-horizontal", DESK, "option", desk_wide=True),
            Place("webhooks", _("Webhooks"), "plug", WEBHOOKS, "webhook", desk_wide=True),
            Place("audit", _("Audit log"), "history", AUDIT, "audit"),
        ),
    ),
)


def groups_for(viewer: Viewer) -> list[tuple[Group, list[Place]]]:
    """The groups with the places that open to the viewer; empty groups are left out."""
    found = ((group, [place for place in group.places if place.opens_to(viewer)]) for group in GROUPS)
    return [(group, places) for group, places in found if places]


def is_current(place: Place, view_name: str) -> bool:
    return view_name.startswith(place.area)
