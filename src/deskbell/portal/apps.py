from django.apps import AppConfig
from typing_extensions import override


class PortalConfig(AppConfig):
    name = "deskbell.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from deskbell.portal import found

        found.register()
