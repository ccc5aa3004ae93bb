"""What the search of the desk finds, and how each kind of record is drawn there. Registered when the desk is loaded.

Later packages register theirs themselves (`search.register_findable`); nothing here knows of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deskbell.kernel.api import Viewer
from deskbell.people import api as people
from deskbell.search import api as search
from deskbell.tickets import api as tickets
from deskbell.ui.addresses import url_for

_PLACES = {
    "message": gettext_lazy("Message"),
    "note": gettext_lazy("Internal note"),
    "attachment": gettext_lazy("Attachment"),
}


def _show_ticket(hit: search.Hit[tickets.QueueRow]) -> search.Shown:
    row = hit.row
    url = url_for("agent:ticket", hit.id)
    message = f"?message={hit.message_id}#m{hit.message_id}" if hit.message_id else ""
    place = str(_PLACES.get(hit.place, ""))
    return search.Shown(
        url=f"{url}{message}",
        title=hit.title,
        number=row.number,
        state=(row.state, row.state_category),
        details=tuple(filter(None, (row.requester, row.organisation, row.department))),
        at=row.last_message_at,
        excerpt=hit.excerpt,
        place=_("%(place)s: %(name)s") % {"place": place, "name": hit.source} if hit.source else place,
    )


def _found(kind: str, asked: str, rows: Sequence[Any], limit: int, offset: int) -> search.Found[Any]:
    """A page of records that were compared by letters; rows: those up to its end, and one more if there is one."""
    shown = rows[offset : offset + limit]
    more = len(rows) > offset + limit
    hits = [search.Hit(kind, row.pk, row, search.mark_pieces(str(row), asked)) for row in shown]
    return search.Found(hits=hits, total=len(rows), is_more=more, next=offset + limit if more else None)


def _find_people(viewer: Viewer, text: str, *, limit: int, offset: int) -> search.Found[people.User]:
    return _found("person", text, people.suggest_people(viewer, text, limit=offset + limit + 1), limit, offset)


def _show_person(hit: search.Hit[people.User]) -> search.Shown:
    row = hit.row
    details = (row.email or "", str(row.organisation) if row.organisation else "")
    return search.Shown(url_for("agent:person", hit.id), hit.title, details=tuple(filter(None, details)))


def _find_organisations(viewer: Viewer, text: str, *, limit: int, offset: int) -> search.Found[people.Organisation]:
    rows = people.suggest_organisations(viewer, text, limit=offset + limit + 1)
    return _found("organisation", text, rows, limit, offset)


def _show_organisation(hit: search.Hit[people.Organisation]) -> search.Shown:
    return search.Shown(url_for("agent:organisation", hit.id), hit.title)


def register() -> None:
    search.register_findable(
        search.Findable(
            name="ticket",
            side=search.DESK,
            label=gettext_lazy("Tickets"),
            icon="inbox",
            find=tickets.find_tickets,
            show=_show_ticket,
            rank=10,
            filters=tickets.search_filters,
            values=tickets.search_values,
        )
    )
    named: tuple[tuple[str, Any, str, search.Find, Callable[[search.Hit[Any]], search.Shown]], ...] = (
        ("person", gettext_lazy("People"), "user-round", _find_people, _show_person),
        ("organisation", gettext_lazy("Organisations"), "building-2", _find_organisations, _show_organisation),
    )
    for rank, (name, label, icon, find, show) in enumerate(named, start=2):
        search.register_findable(search.Findable(name, search.DESK, label, icon, find, show, rank=rank * 10))
