"""The migrations say all that the models say."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection


@pytest.mark.django_db
def test_no_migration_is_missing():
    # Raises SystemExit, with the missing changes on standard output.
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


@pytest.mark.django_db
def test_keys_and_what_refers_to_them_are_as_wide_as_the_models_say():
    """Some migrations change columns by SQL of their own, beside what Django knows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND data_type IN ('smallint', 'integer', 'bigint')"
        )
        there = {(table, column): width for table, column, width in cursor.fetchall()}
    said = {
        (model._meta.db_table, field.column): field.db_type(connection)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_concrete_fields
        if field.is_relation or (field.primary_key and model.__module__.startswith("deskbell."))
    }
    both = said.keys() & there.keys()
    assert len(both) > 100
    assert {place: there[place] for place in both} == {place: said[place] for place in both}
