"""What is kept is never older than what stands in the database."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from deskbell.kernel.models import OptionValue
from deskbell.kernel.reference import cached, held, version
from deskbell.kernel.testing import queries_of

pytestmark = pytest.mark.django_db


def stored() -> dict[str, object]:
    return dict(OptionValue.objects.values_list("name", "value"))


def test_a_change_draws_a_new_version_and_what_was_kept_is_read_again():
    read, before = cached(stored), version()
    assert read() == {}
    OptionValue.objects.create(name="test.one", value=1)
    assert version() != before
    assert read() == {"test.one": 1}
    OptionValue.objects.filter(name="test.one").update(value=2)
    assert read() == {"test.one": 2}
    OptionValue.objects.all().delete()
    assert read() == {}


def test_after_a_rollback_the_old_content_is_back():
    read = cached(stored)
    assert read() == {}
    before = version()
    with transaction.atomic():
        OptionValue.objects.create(name="test.one", value=1)
        assert read() == {"test.one": 1}
        transaction.set_rollback(True)
    assert version() == before
    assert read() == {}
    OptionValue.objects.create(name="test.one", value=3)
    assert read() == {"test.one": 3}


def test_in_a_block_the_version_is_asked_once():
    read = cached(stored)
    read()
    assert queries_of(read) == 1
    with held():
        assert queries_of(lambda: [read(), read(), read()]) == 1
    with held(version()):
        assert queries_of(read) == 0


def test_what_changed_while_it_was_read_is_not_kept():
    def meanwhile() -> dict[str, object]:
        found = stored()
        OptionValue.objects.update_or_create(name="test.one", defaults={"value": len(found) + 1})
        return found

    read = cached(meanwhile)
    assert read() == {}
    assert read() == {"test.one": 1}


def test_every_watched_table_has_its_trigger():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT event_object_table FROM information_schema.triggers WHERE trigger_name LIKE '%_is_reference'"
        )
        watched = {name for (name,) in cursor.fetchall()}
    assert watched >= {
        "kernel_optionvalue", "people_department", "people_role", "people_roleassignment", "people_team", "people_user",
        "tickets_state", "tickets_transition", "tickets_customfield", "tickets_category",
    }  # fmt: skip
