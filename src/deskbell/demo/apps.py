"""The Django application of the demo."""

from django.apps import AppConfig
from typing_extensions import override


class DemoConfig(AppConfig):
    name = "deskbell.demo"
    label = "demo"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Demo"

    @override
    def ready(self) -> None:
        from deskbell.demo import events  # noqa: F401  registers event kinds
