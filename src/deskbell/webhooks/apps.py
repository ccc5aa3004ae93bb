"""The Django application of webhooks."""

from django.apps import AppConfig
from typing_extensions import override


class WebhooksConfig(AppConfig):
    name = "deskbell.webhooks"
    label = "webhooks"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Webhooks"

    @override
    def ready(self) -> None:
        from deskbell.webhooks import (  # noqa: F401  registers what they declare
            access,
            carried,
            events,
            merged_people,
            options,
        )
