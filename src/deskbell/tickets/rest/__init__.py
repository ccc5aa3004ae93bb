"""REST endpoints of tickets, over the same actions and queries as the pages."""

from deskbell.tickets.rest import (  # noqa: F401  each publishes its endpoints
    conversation,
    feed,
    files,
    mine,
    reading,
    relations,
    vocabulary,
    work,
    writing,
)
