from __future__ import annotations

import pytest
from django.db.models import QuerySet
from typing_extensions import override

from deskbell.kernel import access
from deskbell.kernel import api as kernel
from deskbell.kernel.options import OptionValue


def test_a_permission_is_held_in_a_department_or_everywhere() -> None:
    viewer = kernel.Viewer(user_id=1, grants={3: frozenset({"a.see"})}, everywhere=frozenset({"b.see"}))
    assert viewer.may("a.see", 3)
    assert not viewer.may("a.see", 4)
    assert not viewer.may("a.see")
    assert viewer.may("b.see", 4)
    assert viewer.may("b.see")
    assert viewer.may_somewhere("a.see")
    assert viewer.departments_with("a.see") == frozenset({3})
    assert viewer.departments_with("b.see") is None
    assert viewer.departments_with("c.see") == frozenset()


def test_nobody_and_the_system() -> None:
    assert not kernel.ANONYMOUS.is_authenticated
    assert not kernel.ANONYMOUS.is_agent
    assert kernel.SYSTEM.may("anything")
    assert kernel.on_behalf_of(5).user_id == 5
    assert not kernel.Viewer(user_id=1, grants={3: frozenset()}).is_agent
    with pytest.raises(kernel.NotAllowed):
        kernel.ANONYMOUS.require("a.see")


class OptionPolicy(kernel.Policy[OptionValue]):
    model = OptionValue

    @override
    def visible(self, viewer: kernel.Viewer, queryset: QuerySet[OptionValue]) -> QuerySet[OptionValue]:
        return queryset.filter(name=viewer.name)

    @override
    def may(self, viewer: kernel.Viewer, permission: str, instance: OptionValue) -> bool:
        return viewer.name == instance.name and permission == "option.read"


@pytest.fixture
def own_policies(monkeypatch) -> access.PolicyRegistry:
    """An empty registry: what a test registers must not outlive it."""
    registry = access.PolicyRegistry()
    monkeypatch.setattr(access, "policies", registry)
    return registry


@pytest.mark.django_db
def test_rows_are_fetched_through_the_policy_of_their_model(own_policies) -> None:
    own_policies.register(OptionPolicy())
    mine, other = OptionValue.objects.create(name="mine", value=1), OptionValue.objects.create(name="other", value=2)
    viewer = kernel.Viewer(user_id=1, name="mine")
    assert list(kernel.visible(viewer, OptionValue)) == [mine]
    assert kernel.get_visible(viewer, OptionValue, mine.pk) == mine
    with pytest.raises(kernel.NotFound):
        kernel.get_visible(viewer, OptionValue, other.pk)
    kernel.require(viewer, "option.read", mine)
    with pytest.raises(kernel.NotAllowed):
        kernel.require(viewer, "option.write", mine)


def test_a_model_without_policy_is_closed_and_a_second_policy_is_an_error(own_policies) -> None:
    with pytest.raises(LookupError, match="no access policy"):
        own_policies.of(kernel.Event)

    class Other(OptionPolicy):
        pass

    own_policies.register(OptionPolicy())
    with pytest.raises(LookupError, match="two access policies"):
        own_policies.register(Other())
