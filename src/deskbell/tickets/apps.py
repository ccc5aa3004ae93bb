"""The Django application of tickets."""

from django.apps import AppConfig
from typing_extensions import override


class TicketsConfig(AppConfig):
    name = "deskbell.tickets"
    label = "tickets"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Tickets"

    @override
    def ready(self) -> None:
        from deskbell.tickets import access, handlers, merged_people  # noqa: F401  permissions, policies, subscribers
