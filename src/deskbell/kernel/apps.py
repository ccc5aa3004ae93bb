"""The kernel's Django application."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "deskbell.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Kernel"
