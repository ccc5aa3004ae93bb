"""The queue's filters as people meet them: names of views, chips that can be taken away, addresses to share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deskbell.agent import context
from deskbell.kernel.api import Viewer, one_line, reference, visible
from deskbell.people import api as people
from deskbell.tickets import api as tickets
from deskbell.ui.addresses import url_for

_LONGEST_MARK = 400  # characters of a cursor


@dataclass(frozen=True, slots=True)
class View:
    label: str | Promise
    icon: str
    empty_title: str | Promise
    empty_text: str | Promise


VIEWS: dict[str, View] = {
    "mine": View(
        gettext_lazy("Mine"), "user-round", gettext_lazy("Nothing is assigned to you"),
        gettext_lazy("Take a ticket from those without an assignee."),
    ),
    "unassigned": View(
        gettext_lazy("Unassigned"), "inbox", gettext_lazy("Every ticket has somebody"),
        gettext_lazy("New tickets of your departments appear here by themselves."),
    ),
    "departments": View(
        gettext_lazy("My departments"), "building-2", gettext_lazy("Nothing waits here"),
        gettext_lazy("New tickets of your departments appear here by themselves."),
    ),
    "mentions": View(
        gettext_lazy("Mentions"), "at-sign", gettext_lazy("Nobody mentioned you"),
        gettext_lazy("When a colleague writes @ and your name in a note, the ticket appears here."),
    ),
    "watched": View(
        gettext_lazy("Watched"), "eye", gettext_lazy("You watch no ticket"),
        gettext_lazy("Choose Watch on a ticket to hear of every change."),
    ),
    "all": View(
        gettext_lazy("All"), "layers", gettext_lazy("No open tickets"),
        gettext_lazy("Everything you may see is answered and closed."),
    ),
}  # fmt: skip


OPEN = "open"  # in the form: the open states, which the address leaves out

# Field of the filter → its name in the address and its label.
FIELDS: dict[str, tuple[str, str | Promise]] = {
    "departments": ("department", gettext_lazy("Department")),
    "teams": ("team", gettext_lazy("Team")),
    "assignees": ("assignee", gettext_lazy("Assignee")),
    "states": ("state", gettext_lazy("State")),
    "kinds": ("kind", gettext_lazy("Kind")),
    "categories": ("category", gettext_lazy("Category")),
    "priorities": ("priority", gettext_lazy("Priority")),
    "tags": ("tag", gettext_lazy("Tag")),
    "channels": ("channel", gettext_lazy("Channel")),
    "requesters": ("requester", gettext_lazy("Person")),
    "organisations": ("organisation", gettext_lazy("Organisation")),
}
Options = context.Options


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter in force, and the address without it."""

    label: str
    value: str
    without: str


def read(query: QueryDict, view: str) -> tuple[tickets.QueueFilter, list[str]]:
    """The filter of an address whose view stands in its path, and what of it could not be used."""
    given = query.copy()
    given["view"] = view
    if given.get("status") == OPEN:
        del given["status"]
    return tickets.QueueFilter.from_query(given)


def mark_of(query: QueryDict, name: str) -> str | None:
    """A place in the list, as the pages before gave it."""
    return one_line(query.get(name, ""), _LONGEST_MARK) or None


def address(wanted: tickets.QueueFilter, **marks: str | None) -> str:
    """The address that shows this filter; marks: after or before."""
    parts = (wanted.to_query(with_view=False), urlencode([pair for pair in marks.items() if pair[1]]))
    query = "&".join(filter(None, parts))
    base = bare(wanted.view)
    return f"{base}?{query}" if query else base


def bare(view: str) -> str:
    return url_for("agent:queue", view)


def options(viewer: Viewer) -> Mapping[str, Options]:
    """What can be chosen for each filter, by its name in the address. Kept: the same objects from page to page."""
    return _options(viewer, translation.get_language() or "en")


@reference.cached_up_to(200)
def _options(viewer: Viewer, _language: str) -> Mapping[str, Options]:
    choices = tickets.choices_of(viewer, [])
    others = (option for option in context.agents(viewer) if option[0] != viewer.user_id)
    return {
        "department": tuple(context.seen_departments(viewer)),
        "assignee": (("me", _("Me")), ("none", _("Nobody")), *others),
        "kind": tuple((each.code, str(each)) for each in choices.kinds),
        "category": tuple((each.id, each.trail) for each in choices.categories),
        "priority": tuple((each.pk, str(each)) for each in choices.priorities),
        "state": tuple((each.code, str(each)) for each in choices.states),
        "channel": tuple((value, str(label)) for value, label in tickets.Channel.choices),
    }


def status_options() -> Options:
    return _status_options(translation.get_language())


@cache
def _status_options(_language: str | None) -> Options:
    categories = tuple((value, str(label)) for value, label in tickets.StateCategory.choices)
    return ((OPEN, _("Open")), *categories, ("any", _("Open and ended")))


def sort_options() -> Options:
    return _sort_options(translation.get_language())


@cache
def _sort_options(_language: str | None) -> Options:
    return tuple((name, str(label)) for name, label in tickets.SORTS.items())


def chosen(wanted: tickets.QueueFilter) -> dict[str, Any]:
    """The values the controls show, by name in the address; of several the first."""
    values: dict[str, Any] = {
        parameter: token(field, found[0])
        for field, (parameter, _label) in FIELDS.items()
        if (found := getattr(wanted, field))
    }
    categories = wanted.state_categories
    values["status"] = OPEN if categories == tickets.OPEN_CATEGORIES else (categories[0] if categories else "any")
    values["sort"] = wanted.sort
    values["from"] = wanted.created_from.date().isoformat() if wanted.created_from else ""
    values["to"] = wanted.created_to.date().isoformat() if wanted.created_to else ""
    return values | {f"custom.{code}": value for code, value in wanted.custom.items()}


def more(wanted: tickets.QueueFilter) -> list[tuple[str, Any]]:
    """Values beyond the first of each field: hidden inputs, so that another filter does not drop them."""
    return [
        (parameter, token(field, value))
        for field, (parameter, _label) in FIELDS.items()
        for value in getattr(wanted, field)[1:]
    ]


def token(field: str, value: Any) -> Any:
    return {0: "none", -1: "me"}.get(value, value) if field == "assignees" else value


def chips(
    viewer: Viewer, wanted: tickets.QueueFilter, known: Mapping[str, Options], fields: Iterable[Any]
) -> list[Chip]:
    """Every filter in force with its value in words. known: what `options` gave."""
    found: list[Chip] = []
    for field, (parameter, label) in FIELDS.items():
        values = getattr(wanted, field)
        if not values:
            continue
        names = {key: str(text) for key, text in known.get(parameter, ())} | _names(viewer, field, values)
        for value in values:
            rest = tuple(other for other in values if other != value)
            words = names.get(token(field, value)) or _("unknown")
            found.append(
                Chip(str(label), words if field != "tags" else str(value), address(wanted.but(**{field: rest})))
            )
    return [*found, *_dates(wanted), *_custom(wanted, fields)]


def _names(viewer: Viewer, field: str, values: Iterable[Any]) -> dict[Any, str]:
    """Names of what no list on the page holds: people, organisations, teams that the viewer may see."""
    model: Any = {
        "requesters": people.User, "assignees": people.User, "organisations": people.Organisation, "teams": people.Team,
    }.get(field)  # fmt: skip
    if model is None:
        return {}
    return {row.pk: str(row) for row in visible(viewer, model).filter(pk__in=list(values))}


def _dates(wanted: tickets.QueueFilter) -> list[Chip]:
    found = []
    if wanted.created_from:
        found.append(
            Chip(_("Created from"), wanted.created_from.date().isoformat(), address(wanted.but(created_from=None)))
        )
    if wanted.created_to:
        found.append(
            Chip(_("Created until"), wanted.created_to.date().isoformat(), address(wanted.but(created_to=None)))
        )
    return found


def _custom(wanted: tickets.QueueFilter, fields: Iterable[tickets.CustomField]) -> list[Chip]:
    labels = {field.code: field.label for field in fields}
    return [
        Chip(
            labels.get(code, code),
            value,
            address(wanted.but(custom={other: kept for other, kept in wanted.custom.items() if other != code})),
        )
        for code, value in wanted.custom.items()
    ]


def empty_words(view: str, wanted: tickets.QueueFilter) -> Mapping[str, Any]:
    """What an empty list says; whether filters are to blame is decided by comparing with the bare view."""
    filtered = address(wanted.but(sort="recent")) != bare(view)
    return {"filtered": filtered, "title": VIEWS[view].empty_title, "text": VIEWS[view].empty_text}
