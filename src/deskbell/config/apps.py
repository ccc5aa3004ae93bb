from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Management commands and the checks of the installation itself."""

    name = "deskbell.config"
    label = "config"
