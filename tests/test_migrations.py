"""The migrations say all that the models say."""

from __future__ import annotations

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_no_migration_is_missing():
    # Raises SystemExit, with the missing changes on standard output.
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
