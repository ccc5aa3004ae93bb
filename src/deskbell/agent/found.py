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
from deskbell.ui.addresses import urls

_PLACES = {
    "message": gettext_lazy("Message"),
    "note": gettext_lazy("Internal note"),
    "attachment": gettext_lazy("Attachment"),
}


def _show_tickets(hits: Sequence[search.Hit[tickets.FoundRow]]) -> list[search.Shown]:
    url, places = urls(), {name: str(label) for name, label in _PLACES.items()}
    in_file = _("%(place)s: %(name)s")

    def shown(hit: search.Hit[tickets.FoundRow]) -> search.Shown:
        row, place = hit.row, places.get(hit.place, "")
        message = f"?message={hit.message_id}#m{hit.message_id}" if hit.message_id else ""
        return search.Shown(
            url=f"{url('agent:ticket', hit.id)}{message}",
            title=hit.title,
            number=row.number,
            state=(row.state, row.state_category),
            details=tuple(filter(None, (row.requester, row.organisation, row.department))),
            at=row.last_message_at,
            excerpt=hit.excerpt,
            place=in_file % {"place": place, "name": hit.source} if hit.source else place,
        )

    return [shown(hit) for hit in hits]


def _found(kind: str, asked: str, rows: Sequence[Any], limit: int, offset: int) -> search.Found[Any]:
    """A page of records that were compared by letters; rows: those up to its end, and one more if there is one."""
    shown = rows[offset : offset + limit]
    more = len(rows) > offset + limit
    hits = [search.Hit(kind, row.pk, row, search.mark_pieces(str(row), asked)) for row in shown]
    return search.Found(hits=hits, total=len(rows), is_more=more, next=offset + limit if more else None)


def _find_people(viewer: Viewer, text: str, *, limit: int, offset: int) -> search.Found[people.User]:
    return _found("person", text, people.suggest_people(viewer, text, limit=offset + limit + 1), limit, offset)


def _show_people(hits: Sequence[search.Hit[people.User]]) -> list[search.Shown]:
    url = urls()

    def details(row: people.User) -> tuple[str, ...]:
        return tuple(filter(None, (row.email or "", str(row.organisation) if row.organisation else "")))

    return [search.Shown(url("agent:person", hit.id), hit.title, details=details(hit.row)) for hit in hits]


def _find_organisations(viewer: Viewer, text: str, *, limit: int, offset: int) -> search.Found[people.Organisation]:
    rows = people.suggest_organisations(viewer, text, limit=offset + limit + 1)
    return _found("organisation", text, rows, limit, offset)


def _show_organisations(hits: Sequence[search.Hit[people.Organisation]]) -> list[search.Shown]:
    url = urls()
    return [search.Shown(url("agent:organisation", hit.id), hit.title) for hit in hits]


def register() -> None:
    search.register_findable(
        search.Findable(
            name="ticket",
            side=search.DESK,
            label=gettext_lazy("Tickets"),
            icon="inbox",
            find=tickets.find_tickets,
            show=_show_tickets,
            rank=10,
            filters=tickets.search_filters,
            values=tickets.search_values,
        )
    )
    named: tuple[tuple[str, Any, str, search.Find, Callable[[Sequence[search.Hit[Any]]], list[search.Shown]]], ...] = (
        ("person", gettext_lazy("People"), "user-round", _find_people, _show_people),
        ("organisation", gettext_lazy("Organisations"), "building-2", _find_organisations, _show_organisations),
    )
    for rank, (name, label, icon, find, show) in enumerate(named, start=2):
        search.register_findable(search.Findable(name, search.DESK, label, icon, find, show, rank=rank * 10))
