"""The kernel's Django application."""

from django.apps import AppConfig
from typing_extensions import override


class KernelConfig(AppConfig):
    name = "deskbell.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Kernel"

    @override
    def ready(self) -> None:
        from deskbell.kernel import moments

        moments.use()
