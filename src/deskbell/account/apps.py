"""The Django application of the account pages."""

from django.apps import AppConfig
from typing_extensions import override


class AccountConfig(AppConfig):
    name = "deskbell.account"
    label = "deskbell_account"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from deskbell.account import receivers

        receivers.connect()
