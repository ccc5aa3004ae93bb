"""The Django application of people."""

from django.apps import AppConfig
from typing_extensions import override


class PeopleConfig(AppConfig):
    name = "deskbell.people"
    label = "people"
    default_auto_field = "django.db.models.AutoField"
    verbose_name = "People"

    @override
    def ready(self) -> None:
        from deskbell.people import access, events, options  # noqa: F401  fill the kernel's registries
