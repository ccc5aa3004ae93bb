"""The Django application of channels."""

from django.apps import AppConfig
from typing_extensions import override


class ChannelsConfig(AppConfig):
    name = "deskbell.channels"
    label = "channels"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Channels"

    @override
    def ready(self) -> None:
        from deskbell.channels import access, events, handlers, options  # noqa: F401  registers what they declare
