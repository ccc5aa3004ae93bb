from __future__ import annotations

import pytest

from deskbell.kernel import api as kernel
from deskbell.kernel.options import OptionValue

pytestmark = pytest.mark.django_db

ADMINISTRATOR = kernel.Viewer(user_id=1, everywhere=frozenset({kernel.CHANGE_OPTIONS}))
DAYS = kernel.declare(kernel.Option("probe.days", int, 14, "Days"))


def test_an_option_has_its_default_until_it_is_changed() -> None:
    assert DAYS.get() == 14
    kernel.change(ADMINISTRATOR, "probe.days", "30")
    assert DAYS.get() == 30
    event = kernel.Event.objects.get(kind="option.changed")
    assert (event.changes, event.data, event.actor_id) == ({"value": [14, 30]}, {"name": "probe.days"}, 1)


def test_the_same_value_again_writes_nothing() -> None:
    kernel.change(ADMINISTRATOR, "probe.days", 14)
    assert not kernel.Event.objects.exists()


def test_a_wrong_value_is_refused_in_words_and_nothing_changes() -> None:
    with pytest.raises(kernel.Invalid) as caught:
        kernel.change(ADMINISTRATOR, "probe.days", "soon")
    assert "probe.days" in caught.value.fields
    assert not OptionValue.objects.exists()


def test_only_who_may_change_options_does_and_only_declared_ones() -> None:
    with pytest.raises(kernel.NotAllowed):
        kernel.change(kernel.Viewer(user_id=2), "probe.days", 1)
    with pytest.raises(kernel.UnknownEntry):
        kernel.change(ADMINISTRATOR, "probe.unheard_of", 1)
    assert not kernel.Event.objects.exists()
