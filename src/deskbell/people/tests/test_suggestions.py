"""Suggestions: kept statements give what freshly built ones would, for every viewer and every text."""

from __future__ import annotations

import pytest
from django.db.models.functions import Upper

from deskbell.kernel.api import SYSTEM
from deskbell.people import api as people
from deskbell.people.queries import matching as matching_module
from deskbell.people.queries.matching import clean, matching, matching_organisations
from deskbell.people.tests.factories import administrator, agent, department, organisation, person, viewer

pytestmark = pytest.mark.django_db
TEXTS = [
    "kern", "an", "a", "anna kern", "kern an", "ANNA@EXAMPLE", "töchter", "100%", "100_", "%", "_", "\\", "'", "\x00",
    "kern \x00", "a b c d e f g", "\ue000", "\ue000\ue000\ue000", "nobody at all",
]  # fmt: skip


@pytest.fixture
def directory() -> None:
    kern = organisation("Kern & Töchter")
    organisation("100% Wool")
    person("Anna Kern", email="anna@example.org", organisation_id=kern.pk)
    person("Boris 100_ \\ O'Hara", email="boris@example.org")
    administrator()
    people.deactivate_user(SYSTEM, person("Gone Kern").pk)
    agent(name="Ada Angel", where=department())


@pytest.mark.usefixtures("directory")
@pytest.mark.parametrize("text", TEXTS)
def test_they_are_those_the_words_mean(text: str) -> None:
    words = clean(text).split()
    wanted = matching(people.User.objects.filter(is_active=True), words).order_by(Upper("name"), "pk")[:10]
    for _again in range(2):
        assert people.suggest_people(SYSTEM, text) == (list(wanted) if words else [])
    owned = matching_organisations(people.Organisation.objects.filter(is_active=True), clean(text))
    assert people.suggest_organisations(SYSTEM, text) == (list(owned.order_by(Upper("name"), "pk")) if words else [])


@pytest.mark.usefixtures("directory")
def test_a_row_is_whole_and_carries_the_organisation() -> None:
    (anna,) = people.suggest_people(SYSTEM, "anna")
    stored = people.User.objects.select_related("organisation").get(name="Anna Kern")
    assert {name: getattr(anna, name) for name in vars(stored) if name != "_state"} == {
        name: value for name, value in vars(stored).items() if name != "_state"
    }
    assert anna.organisation == stored.organisation
    (wool,) = people.suggest_organisations(SYSTEM, "wool")
    assert wool.name == "100% Wool"


@pytest.mark.usefixtures("directory")
def test_colleagues_alone_are_found_where_only_they_fit_and_no_more_than_asked_for() -> None:
    assert [each.name for each in people.suggest_people(SYSTEM, "an", agents_only=True)] == ["Ada Angel"]
    assert len(people.suggest_people(SYSTEM, "example", limit=1)) == 1


@pytest.mark.usefixtures("directory")
def test_rights_are_those_of_the_moment() -> None:
    ada = people.User.objects.get(name="Ada Angel")
    assert people.suggest_people(viewer(ada), "anna kern")
    for assignment in ada.role_assignments.all():
        people.remove_role_assignment(SYSTEM, assignment.pk)
    assert people.suggest_people(viewer(ada), "anna kern") == []
    assert people.suggest_organisations(viewer(ada), "wool") == []


def test_of_a_word_that_half_the_desk_has_some_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching_module, "MOST", 2)
    for number in range(4):
        person(f"Zenobia {number}", email=f"z{number}@example.org")
    assert len(people.suggest_people(SYSTEM, "zenobia")) == 2


def test_several_words_are_looked_for_among_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching_module, "MOST", 1)
    for name in ("Zenobia Kern", "Zenobia Berg", "Zenobia Lind", "Anna Lind"):
        person(name)
    assert [each.name for each in people.suggest_people(SYSTEM, "zenobia lind")] == ["Zenobia Lind"]


def test_people_who_left_take_no_place_of_those_who_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching_module, "MOST", 1)
    administrator()
    gone, here = organisation("Zed Works of old"), organisation("Zed Works")
    for number, owner in enumerate((gone, here)):
        each = person(f"Zenobia {number}", email=f"z{number}@zed.example", organisation_id=owner.pk)
        if owner == gone:
            people.deactivate_user(SYSTEM, each.pk)
    for text in ("zenobia", "zed.example", "zed works"):
        assert [each.name for each in people.suggest_people(SYSTEM, text)] == ["Zenobia 1"], text
