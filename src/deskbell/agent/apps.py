from django.apps import AppConfig


class AgentConfig(AppConfig):
    name = "deskbell.agent"
    label = "agent"
    default_auto_field = "django.db.models.BigAutoField"
