from django.apps import AppConfig
from typing_extensions import override


class AgentConfig(AppConfig):
    name = "deskbell.agent"
    label = "agent"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from deskbell.agent import found

        found.register()
