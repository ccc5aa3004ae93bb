"""Departments, teams, roles: what they reach, and who may change them."""

from __future__ import annotations

import pytest

from deskbell.kernel.api import SYSTEM, Event, Invalid, NotAllowed, NotFound, permissions
from deskbell.people import api as people
from deskbell.people.tests.factories import administrator, agent, department, person, viewer

pytestmark = pytest.mark.django_db


def role(code: str) -> people.Role:
    return people.Role.objects.get(code=code)


def test_a_role_reaches_everything_below_its_department():
    top = department("Top")
    middle = department("Middle", parent=top)
    leaf = department("Leaf", parent=middle)
    other = department("Other")
    seen = viewer(agent(where=middle))
    assert [seen.may("ticket.work", each.pk) for each in (top, middle, leaf, other)] == [False, True, True, False]


def test_moving_a_department_takes_all_below_it_along():
    first, second = department("First"), department("Second")
    middle = department("Middle", parent=first)
    leaf = department("Leaf", parent=middle)
    people.move_department(SYSTEM, middle.pk, second.pk)
    leaf.refresh_from_db()
    assert leaf.path == f"/{second.pk}/{middle.pk}/{leaf.pk}/"
    assert Event.objects.filter(kind="department.moved", subject_id=middle.pk).exists()
    assert viewer(agent(where=second)).may("ticket.work", leaf.pk)
    assert not viewer(agent(where=first, name="Old")).may("ticket.work", leaf.pk)


def test_a_department_cannot_be_part_of_itself():
    top = department("Top")
    leaf = department("Leaf", parent=department("Middle", parent=top))
    paths = list(people.Department.objects.order_by("pk").values_list("path", flat=True))
    for target in (top.pk, leaf.pk):
        with pytest.raises(Invalid):
            people.move_department(SYSTEM, top.pk, target)
    assert list(people.Department.objects.order_by("pk").values_list("path", flat=True)) == paths


def test_a_head_gets_the_heads_role_and_the_former_one_loses_it():
    first, second = person("First"), person("Second")
    where = department(head_id=first.pk)
    assert viewer(first).may("ticket.restricted", where.pk)
    people.update_department(SYSTEM, where.pk, head_id=second.pk)
    assert not viewer(first).is_agent
    assert viewer(second).may("departments.manage", where.pk)


def test_a_head_manages_their_department_and_no_other():
    boss = person()
    mine, other = department(head_id=boss.pk), department()
    people.create_department(viewer(boss), parent_id=mine.pk, name="Below")
    for attempt in (
        lambda: people.create_department(viewer(boss), name="At the top"),
        lambda: people.update_department(viewer(boss), other.pk, name="Mine now"),
        lambda: people.move_department(viewer(boss), mine.pk, other.pk),
        lambda: people.deactivate_department(viewer(boss), other.pk),
        lambda: people.create_team(viewer(boss), other.pk, "Team"),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    other.refresh_from_db()
    assert (other.name != "Mine now", other.is_active, other.teams.count()) == (True, True, 0)
    assert not people.Department.objects.filter(name="At the top").exists()


def test_a_department_with_active_parts_stays_active():
    top = department()
    below = department(parent=top)
    with pytest.raises(Invalid):
        people.deactivate_department(SYSTEM, top.pk)
    people.deactivate_department(SYSTEM, below.pk)
    people.deactivate_department(SYSTEM, top.pk)
    with pytest.raises(Invalid):
        people.reactivate_department(SYSTEM, below.pk)


def test_the_tree_is_in_order_and_says_its_depth():
    top = department("Alpha")
    department("Beta")
    department("Child", parent=top)
    rows = people.departments_tree(SYSTEM)
    assert [(row.department.name, row.depth) for row in rows] == [("Alpha", 0), ("Child", 1), ("Beta", 0)]


def test_customers_know_only_departments_of_the_portal():
    department("Open")
    department("Closed", takes_portal_tickets=False)
    assert [row.department.name for row in people.departments_tree(viewer(person()))] == ["Open"]


def test_a_team_has_exactly_the_members_it_was_given():
    team = people.create_team(SYSTEM, department().pk, "First line")
    first, second, third = person(), person(), person()
    people.set_team_members(SYSTEM, team.pk, [first.pk, second.pk], lead_ids=[second.pk])
    people.set_team_members(SYSTEM, team.pk, [second.pk, third.pk])
    assert set(team.memberships.values_list("user_id", "is_lead")) == {(second.pk, False), (third.pk, False)}
    event = Event.objects.filter(kind="team.members_changed").latest("pk")
    assert (event.data["added"], event.data["removed"]) == ([third.pk], [first.pk])


def test_nobody_gives_what_they_do_not_hold():
    boss = person()
    where = department(head_id=boss.pk)
    tom = person()
    people.assign_role(viewer(boss), tom.pk, role("agent").pk, where.pk)
    for code, place in (
        ("administrator", where.pk),
        ("agent", None),
        ("administrator", None),
        ("agent", department().pk),
    ):
        with pytest.raises(NotAllowed):
            people.assign_role(viewer(boss), tom.pk, role(code).pk, place)
    assert tom.role_assignments.count() == 1


def test_an_agent_gives_no_roles():
    tom, where = person(), department()
    with pytest.raises(NotAllowed):
        people.assign_role(viewer(agent(where=where)), tom.pk, role("viewer").pk, where.pk)
    assert not tom.role_assignments.exists()


def test_a_role_of_ones_own_holds_only_known_permissions():
    ada = viewer(administrator())
    made = people.create_role(ada, name="Reader", permissions=["ticket.see"])
    with pytest.raises(Invalid, match="no permission"):
        people.update_role(ada, made.pk, permissions=["ticket.see", "world.rule"])
    made.refresh_from_db()
    assert made.permissions == ["ticket.see"]
    people.delete_role(ada, made.pk)
    assert Event.objects.filter(kind="role.deleted", subject_id=made.pk).exists()


def test_roles_that_came_with_deskbell_or_are_held_stay():
    ada = viewer(administrator())
    with pytest.raises(Invalid):
        people.delete_role(ada, role("agent").pk)
    with pytest.raises(Invalid):
        people.update_role(ada, role("administrator").pk, permissions=["ticket.see"])
    made = people.create_role(ada, name="Held", permissions=[])
    people.assign_role(ada, person().pk, made.pk)
    with pytest.raises(Invalid):
        people.delete_role(ada, made.pk)
    assert role("administrator").permissions != ["ticket.see"]


def test_the_administrator_holds_every_permission_there_is():
    assert set(permissions.keys()) - set(role("administrator").permissions) == set()


def test_the_last_administrator_stays():
    ada = administrator()
    assignment = ada.role_assignments.get()
    with pytest.raises(Invalid, match="last administrator"):
        people.remove_role_assignment(viewer(ada), assignment.pk)
    with pytest.raises(Invalid, match="last administrator"):
        people.deactivate_user(SYSTEM, ada.pk)
    ada.refresh_from_db()
    assert ada.is_active
    second = administrator(name="Second")
    people.deactivate_user(viewer(second), ada.pk)
    assert people.has_administrator()


def test_a_role_assignment_that_is_not_there_is_not_found():
    with pytest.raises(NotFound):
        people.remove_role_assignment(viewer(administrator()), 10**12)
