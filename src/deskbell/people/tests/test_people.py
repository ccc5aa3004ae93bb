"""People: absences, preferences, merging, set-up, lists, the audit log."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from deskbell.kernel.api import ANONYMOUS, DESK_NAME, SYSTEM, Event, Invalid, NotAllowed, NotFound, change, clock
from deskbell.kernel.testing import QueryCounts, events_read, write_long_log
from deskbell.people import api as people
from deskbell.people.tests.factories import PASSWORD, administrator, agent, department, organisation, person, viewer

pytestmark = pytest.mark.django_db
counts = QueryCounts(__file__.rpartition("/")[0])
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = timedelta(days=1)
FIRST = people.FirstAdministrator("Acme desk", "Ada", "ada@example.org", PASSWORD, "Support", "uk", "Europe/Kyiv")


def test_an_absence_names_a_substitute_who_passes_on_to_theirs():
    with clock.moved_to(NOON) as now:
        anna, boris, cora = person("Anna"), person("Boris"), person("Cora")
        people.set_absence(viewer(anna), anna.pk, NOON + DAY, NOON + 3 * DAY, substitute_id=boris.pk)
        people.set_absence(viewer(boris), boris.pk, NOON + 2 * DAY, NOON + 4 * DAY, substitute_id=cora.pk)
        assert people.substitute_of(anna.pk) is None
        now.move_to(NOON + DAY)
        assert people.substitute_of(anna.pk) == boris.pk
        assert people.substitute_of(anna.pk, NOON + 2 * DAY) == cora.pk
        people.set_absence(viewer(cora), cora.pk, NOON + 2 * DAY, NOON + 4 * DAY, substitute_id=anna.pk)
        assert people.substitute_of(anna.pk, NOON + 2 * DAY) is None


@pytest.mark.parametrize(("start", "end"), [(2, 1), (-3, -2), (1, 1)])
def test_an_absence_lies_ahead_and_ends_after_it_begins(start, end):
    with clock.moved_to(NOON):
        anna = person()
        with pytest.raises(Invalid):
            people.set_absence(viewer(anna), anna.pk, NOON + start * DAY, NOON + end * DAY)
        assert not anna.absences.exists()


def test_nobody_sets_the_absence_of_another_person():
    anna, boris = person(), agent(where=department())
    now = clock.now()
    with pytest.raises(NotAllowed):
        people.set_absence(viewer(boris), anna.pk, now, now + DAY)
    with pytest.raises(NotFound):
        people.set_absence(viewer(person()), anna.pk, now, now + DAY)
    assert not anna.absences.exists()


def test_preferences_are_checked_and_written_down():
    anna = person()
    people.update_preferences(
        viewer(anna),
        time_zone="Asia/Taipei",
        theme="dark",
        working_hours={"1": [["13:00", "17:00"], ["09:00", "12:00"]], "7": []},
    )
    anna.refresh_from_db()
    assert anna.working_hours == {"1": [["09:00", "12:00"], ["13:00", "17:00"]]}
    event = Event.objects.filter(kind="user.changed", subject_id=anna.pk).latest("pk")
    assert event.changes["theme"] == ["system", "dark"]


@pytest.mark.parametrize(
    "values",
    [
        {"name": "  "}, {"time_zone": "Mars/Olympus"}, {"language": "tlh"}, {"theme": "pink"},
        {"working_hours": {"8": [["09:00", "10:00"]]}}, {"working_hours": {"1": [["10:00", "09:00"]]}},
        {"working_hours": {"1": [["9", "17"]]}}, {"working_hours": {"1": [["09:00", "12:00"], ["11:00", "13:00"]]}},
    ],
)  # fmt: skip
def test_preferences_that_make_no_sense_change_nothing(values):
    anna = person()
    with pytest.raises(Invalid):
        people.update_preferences(viewer(anna), **values)
    assert not Event.objects.filter(kind="user.changed", subject_id=anna.pk).exists()


def test_nobody_without_an_account_has_preferences():
    with pytest.raises(NotAllowed):
        people.update_preferences(ANONYMOUS, name="Anybody")


def test_merging_moves_contacts_roles_and_teams_and_ends_the_source():
    where = department()
    target, source = person("Anna Kern"), agent(where=where, name="A. Kern", password=PASSWORD)
    team = people.create_team(SYSTEM, where.pk, "Team")
    people.set_team_members(SYSTEM, team.pk, [source.pk])
    address = str(source.email)
    people.merge_people(viewer(administrator()), source.pk, target.pk)
    source.refresh_from_db()
    assert (source.is_active, source.merged_into_id, source.email, source.has_usable_password()) == (
        False,
        target.pk,
        None,
        False,
    )
    assert people.find_by_contact("email", address) == target
    assert viewer(target).may("ticket.work", where.pk)
    assert team.memberships.get().user_id == target.pk
    assert Event.objects.get(kind="user.merged").data["other_id"] == source.pk
    with pytest.raises(Invalid):
        people.reactivate_user(SYSTEM, source.pk)


def test_merging_tells_the_packages_above():
    told = []
    people.merge_hooks.register("test", hook := lambda _viewer, source, target: told.append((source, target)))
    source, target = person(), person()
    people.merge_people(SYSTEM, source.pk, target.pk)
    assert told == [(source.pk, target.pk)]
    assert hook in list(people.merge_hooks)
    people.merge_hooks._entries.pop("test")


def test_nobody_is_merged_with_themselves_or_twice():
    anna, boris = person(), person()
    with pytest.raises(Invalid):
        people.merge_people(SYSTEM, anna.pk, anna.pk)
    people.merge_people(SYSTEM, boris.pk, anna.pk)
    with pytest.raises(Invalid):
        people.merge_people(SYSTEM, boris.pk, person().pk)


def test_the_set_up_link_makes_the_first_administrator_once():
    token = people.create_setup_link()
    user = people.accept_setup_link(token, FIRST)
    seen = viewer(user)
    assert seen.may("desk.configure")
    assert (user.language, DESK_NAME.get()) == ("uk", "Acme desk")
    assert people.Department.objects.get().head_id == user.pk
    with pytest.raises(NotFound):
        people.accept_setup_link(token, FIRST)
    with pytest.raises(Invalid):
        people.create_setup_link()


def test_a_weak_password_leaves_the_link_unused_and_nothing_behind():
    token = people.create_setup_link()
    with pytest.raises(Invalid) as refused:
        people.accept_setup_link(token, replace(FIRST, password="short"))
    assert "password" in refused.value.fields
    assert not people.User.objects.exists()
    assert people.find_setup_link(token).used_at is None


def test_a_link_grows_old_and_a_new_one_ends_the_old():
    with clock.moved_to(NOON) as now:
        old = people.create_setup_link()
        new = people.create_setup_link()
        with pytest.raises(NotFound):
            people.find_setup_link(old)
        now.advance(8 * DAY)
        with pytest.raises(NotFound):
            people.find_setup_link(new)


def test_an_invitation_goes_out_in_the_persons_language_and_sets_a_password(django_capture_on_commit_callbacks):
    ada, olena = administrator(), person("Олена", language="uk", verified=False)
    with django_capture_on_commit_callbacks(execute=True):
        link = people.send_invitation(viewer(ada), olena.pk, lambda token: f"https://desk.example/{token}")
    assert link in str(mail.outbox[0].body)
    token = link.rsplit("/", 1)[1]
    people.accept_invitation(token, PASSWORD)
    olena.refresh_from_db()
    assert olena.check_password(PASSWORD)
    assert olena.contact_points.get().verified_at is not None
    with pytest.raises(NotFound):
        people.accept_invitation(token, PASSWORD)


def test_registering_is_closed_unless_opened():
    with pytest.raises(Invalid, match="closed"):
        people.register("Anna", "anna@example.org", PASSWORD, language="en")
    assert not people.User.objects.exists()
    change(SYSTEM, "people.portal_sign_up", True)
    anna = people.register("Anna", "Anna@example.org", PASSWORD, language="fi")
    assert (anna.email, anna.language) == ("anna@example.org", "fi")
    with pytest.raises(Invalid, match="already"):
        people.register("Anna", "anna@example.org", PASSWORD, language="fi")


def test_customers_see_themselves_and_nobody_else():
    anna, boris = person(), person()
    assert people.person(viewer(anna), anna.pk) == anna
    with pytest.raises(NotFound):
        people.person(viewer(anna), boris.pk)
    with pytest.raises(NotAllowed):
        people.list_people(viewer(anna))
    assert people.suggest_people(viewer(anna), "kern") == []


@pytest.mark.parametrize("text", ["kern", "anna kern", "ANNA@EXAMPLE", "töchter", "+35840"])
def test_people_are_found_by_name_address_number_and_organisation(text):
    firm = organisation("Kern & Töchter")
    anna = person("Anna Kern", email="anna@example.net", organisation_id=firm.pk)
    people.add_contact_point(SYSTEM, anna.pk, "phone", "+358 40 1234567")
    people.add_contact_point(SYSTEM, anna.pk, "email", "anna@example.com")
    person("Somebody Else")
    found = people.list_people(viewer(agent(where=department(), name="Tom")), text)
    assert [each.name for each in found.rows] == ["Anna Kern"]


@pytest.mark.parametrize("after", ["", "x", "W10", "\x00", "A" * 5000])
def test_made_up_cursors_begin_at_the_beginning(after):
    person("Anna")
    assert [each.name for each in people.list_people(SYSTEM, after=after).rows] == ["Anna"]


def test_the_list_of_people_pages_through_everybody_once():
    for number in range(7):
        person(f"Person {number}")
    names, after = [], None
    while True:
        page = people.list_people(SYSTEM, after=after, size=3)
        names += [each.name for each in page.rows]
        after = page.next
        if after is None:
            break
    assert names == [f"Person {number}" for number in range(7)]


def test_lists_make_the_same_number_of_queries_however_long_they_are():
    ada = viewer(administrator())
    for _each in range(5):
        agent(where=department(), organisation_id=organisation().pk)
    with counts.check("list_people"):
        people.list_people(ada)
    with counts.check("list_organisations"):
        people.list_organisations(ada)
    with counts.check("departments_tree"):
        people.departments_tree(ada)
    with counts.check("audit_log"):
        people.audit_log(ada)
    newest = people.User.objects.select_related("organisation").latest("pk")
    people.viewer_for(newest)
    with counts.check("viewer_for"):
        people.viewer_for(newest)


def test_the_audit_log_is_for_those_who_may_and_heads_see_their_department():
    boss, ada = person(), administrator()
    mine = department("Mine", head_id=boss.pk)
    other = department("Other")
    assert {row.event.subject_id for row in people.audit_log(viewer(boss)).rows} == {mine.pk}
    everything = people.audit_log(viewer(ada), people.AuditFilter(kind="department")).rows
    assert {row.event.subject_id for row in everything} == {mine.pk, other.pk}
    assert everything[0].label == "Department added"
    with pytest.raises(NotAllowed):
        people.audit_log(viewer(agent(where=mine, name="Tom")))


def test_a_page_of_the_audit_log_reads_a_page_of_the_log():
    ada = viewer(administrator())
    write_long_log("ticket.tagged", 1, count=20_000)
    for wanted in (people.AuditFilter(), people.AuditFilter(kind="ticket.tagged")):
        after = None
        for _page in range(3):
            (rows,) = events_read(lambda: people.audit_log(ada, wanted, after=after))  # noqa: B023
            assert rows <= 51 + 2 * 64
            page = people.audit_log(ada, wanted, after=after)
            assert len(page.rows) == 50
            after = page.next


def test_blocking_and_deactivating_are_written_down():
    ada, anna = administrator(), person()
    people.set_blocked(viewer(ada), anna.pk, blocked=True)
    people.deactivate_user(viewer(ada), anna.pk)
    kinds = list(Event.objects.filter(subject_type="user", subject_id=anna.pk).values_list("kind", flat=True))
    assert kinds[-2:] == ["user.blocked", "user.deactivated"]
    with pytest.raises(Invalid):
        people.deactivate_user(viewer(ada), ada.pk)
