"""The settings the packages declare, on one page, by group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deskbell.console import changes, pages
from deskbell.console.forms.options import OptionsForm, default_in_words
from deskbell.console.gate import console_page, viewer_of
from deskbell.console.submit import submit
from deskbell.kernel.api import CHANGE_OPTIONS, OptionValue, change, options, values

GROUPS: dict[str, str | Promise] = {
    "desk": gettext_lazy("The desk"),
    "people": gettext_lazy("People and sign-in"),
    "tickets": gettext_lazy("Tickets"),
    "channels": gettext_lazy("Mail"),
    "mail": gettext_lazy("Mail"),
    "webhooks": gettext_lazy("Webhooks"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    field: BoundField
    default: str
    changed: changes.LastChange | None


@console_page(CHANGE_OPTIONS, desk_wide=True)
def option_list(request: HttpRequest) -> HttpResponse:
    """All settings; saved together, each change its own event."""
    viewer = viewer_of(request)
    in_force = values()
    form = OptionsForm(request.POST or None, options=list(options), initial=in_force)
    if request.method == "POST":

        @transaction.atomic
        def save(cleaned: dict[str, Any]) -> int:
            changed = [name for name in options.keys() if cleaned[name] != in_force[name]]  # noqa: SIM118  a Registry
            for name in changed:
                change(viewer, name, cleaned[name])
            return len(changed)

        count = submit(form, save)
        if count is not None:
            return pages.done(request, request.path, _("Saved.") if count else _("Nothing was changed."))
    stored = dict(OptionValue.objects.values_list("name", "pk"))
    last = changes.last_changes("option", stored.values())
    groups: dict[str, list[Entry]] = {}
    for option in options:
        prefix = option.name.split(".", 1)[0]
        title = str(GROUPS.get(prefix, capfirst(prefix)))
        entry = Entry(form[option.name], default_in_words(option), last.get(stored.get(option.name, 0)))
        groups.setdefault(title, []).append(entry)
    context = {"groups": sorted(groups.items(), key=lambda group: group[0] != str(GROUPS["desk"]))}
    return pages.form_page(request, viewer, "console/desk/options.html", context, form=form)
