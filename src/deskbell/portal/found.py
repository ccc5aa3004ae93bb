"""What the search of the portal finds: the tickets people have part in. Registered when the portal is loaded."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deskbell.portal.words import state_words
from deskbell.search import api as search
from deskbell.tickets import api as tickets
from deskbell.ui.addresses import urls


def _show(hits: Sequence[search.Hit[tickets.CustomerRow]]) -> list[search.Shown]:
    url, in_file = urls(), _("Attachment: %(name)s")

    def shown(hit: search.Hit[tickets.CustomerRow]) -> search.Shown:
        row = hit.row
        return search.Shown(
            url=url("portal:ticket", hit.id),
            title=hit.title,
            number=row.number,
            state=(state_words(row.state, waits_for_me=row.waits_for_me), row.state_category),
            details=(row.requester,),
            at=row.last_message_at,
            excerpt=hit.excerpt,
            place=in_file % {"name": hit.source} if hit.source else "",
        )

    return [shown(hit) for hit in hits]


def register() -> None:
    search.register_findable(
        search.Findable(
            name="ticket",
            side=search.PORTAL,
            label=gettext_lazy("Your tickets"),
            icon="inbox",
            find=tickets.find_customer_tickets,
            show=_show,
            rank=10,
            filters=tickets.search_filters,
            values=tickets.search_values,
        )
    )
