from __future__ import annotations

import pytest

from deskbell.kernel.api import DuplicateEntry, Registry, UnknownEntry


def test_entries_stand_in_the_order_of_registration() -> None:
    registry: Registry[str] = Registry("thing")
    registry.register("b", "second letter")
    registry.register("a", "first letter")
    assert (registry.keys(), list(registry), len(registry)) == (["b", "a"], ["second letter", "first letter"], 2)
    assert "a" in registry
    assert "c" not in registry


def test_the_same_entry_twice_is_harmless_another_one_is_an_error_that_names_both() -> None:
    registry: Registry[list[int]] = Registry("thing")
    one = [1]
    registry.register("a", one)
    assert registry.register("a", one) is one
    with pytest.raises(DuplicateEntry, match=r"thing 'a' .*\[1\] and \[2\]"):
        registry.register("a", [2])


def test_an_unknown_id_is_an_error_that_names_the_known_ones() -> None:
    registry: Registry[int] = Registry("thing")
    with pytest.raises(UnknownEntry, match="Known: none"):
        registry.get("x")
    registry.register("b", 1)
    registry.register("a", 1)
    with pytest.raises(UnknownEntry, match=r"No thing 'x'. Known: a, b."):
        registry.get("x")
