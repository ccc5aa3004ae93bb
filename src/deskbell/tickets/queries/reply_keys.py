"""Which ticket a reply address names."""

from __future__ import annotations

from collections.abc import Sequence
from secrets import compare_digest

from django.db.models import Q

from deskbell.tickets.models import Ticket
from deskbell.tickets.models.ticket import OLD_TOKEN


def by_reply_key(keys: Sequence[str]) -> dict[str, Ticket]:
    """The ticket of each key (`Ticket.reply_key`), whoever may see it; one that names none is left out. One query.

    A key with a number names its ticket only with the right token; how long that is compared tells nothing of it.
    """
    numbers = {key: int(number) for key in keys for number, dot, _token in (key.partition("."),) if dot}
    old = [key for key in keys if key not in numbers]
    wanted = Q(pk__in=set(numbers.values())) | Q(OLD_TOKEN, reply_token__in=old)
    found: dict[int | str, Ticket] = {}
    for ticket in Ticket.objects.filter(wanted):
        found[ticket.pk] = found[ticket.reply_token] = ticket
    named = {key: found.get(numbers.get(key, key)) for key in keys}
    return {key: ticket for key, ticket in named.items() if ticket and compare_digest(ticket.reply_key, key)}
