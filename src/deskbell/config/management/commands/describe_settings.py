"""`deskbell manage describe_settings`: prints docs/configuration.md."""

from typing import Any

from django.core.management.base import BaseCommand
from typing_extensions import override

from deskbell.config.installation.describe import describe


class Command(BaseCommand):
    """Print every setting, its default and what it does."""

    help = "Print docs/configuration.md: every setting, its default and what it does."
    requires_system_checks = ()

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(describe(), ending="")
