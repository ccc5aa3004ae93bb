from __future__ import annotations

from typing import Any

import pytest

from deskbell.kernel.api import Event, Invalid, NotAllowed, Viewer
from deskbell.tickets import api as tickets
from deskbell.tickets.tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Viewer:
    return make.viewer(make.colleague(None, "administrator"))


def fields_of(error: Any) -> set[str]:
    return set(error.value.fields)


def test_moving_a_category_takes_everything_below_along_and_makes_no_circle(admin: Viewer) -> None:
    root = tickets.save_category(admin, None, name="Devices")
    child = tickets.save_category(admin, None, name="Screens", parent_id=root.pk)
    leaf = tickets.save_category(admin, None, name="Cables", parent_id=child.pk)
    other = tickets.save_category(admin, None, name="Things")
    tickets.save_category(admin, child.pk, parent_id=other.pk)
    leaf.refresh_from_db()
    assert leaf.path == f"/{other.pk}/{child.pk}/{leaf.pk}/"
    for parent in (child, leaf):
        with pytest.raises(Invalid) as caught:
            tickets.save_category(admin, child.pk, parent_id=parent.pk)
        assert fields_of(caught) == {"parent"}
    with pytest.raises(Invalid):
        tickets.deactivate_category(admin, child.pk)
    tickets.deactivate_category(admin, leaf.pk)
    tickets.deactivate_category(admin, child.pk)
    trails = [each.trail for each in tickets.categories(admin)]
    assert "Devices" in trails
    assert not any("Screens" in trail for trail in trails)


def test_every_change_of_configuration_is_on_the_log_and_no_change_is_not(admin: Viewer) -> None:
    row = tickets.save_waiting_reason(admin, None, code="parts", name="Parts", side="supplier")
    tickets.save_waiting_reason(admin, row.pk, name="Spare parts")
    tickets.save_waiting_reason(admin, row.pk, name="Spare parts")
    found = Event.objects.filter(kind="config.changed", subject_id=row.pk).order_by("pk")
    assert [event.changes.get("name") for event in found] == [["", "Parts"], ["Parts", "Spare parts"]]
    assert found[0].data["table"] == "waitingreason"


def test_codes_and_the_category_of_a_state_stay(admin: Viewer) -> None:
    state = tickets.save_state(admin, None, code="parked", name="Parked", category="waiting")
    kind = tickets.Kind.objects.get(code="incident")
    for change, name in (
        (lambda: tickets.save_state(admin, state.pk, code="other"), "code"),
        (lambda: tickets.save_state(admin, state.pk, category="closed"), "category"),
        (lambda: tickets.save_kind(admin, kind.pk, code="other"), "code"),
    ):
        with pytest.raises(Invalid) as caught:
            change()
        assert fields_of(caught) == {name}
    state.refresh_from_db()
    assert (state.code, state.category) == ("parked", "waiting")


def test_a_category_of_states_always_has_one_default(admin: Viewer) -> None:
    state = tickets.save_state(admin, None, code="parked", name="Parked", category="waiting", is_default=True)
    assert list(tickets.State.objects.filter(category="waiting", is_default=True)) == [state]
    for values in ({"is_default": False}, {"is_active": False}):
        with pytest.raises(Invalid):
            tickets.save_state(admin, state.pk, **values)


def test_a_state_with_tickets_is_not_switched_off(admin: Viewer) -> None:
    state = tickets.save_state(admin, None, code="parked", name="Parked", category="active")
    source = tickets.State.objects.get(code="new")
    tickets.save_transition(admin, None, source_id=source.pk, target_id=state.pk)
    ticket = make.ticket(make.department())
    tickets.change_state(admin, ticket.pk, "parked")
    with pytest.raises(Invalid, match="There are tickets"):
        tickets.save_state(admin, state.pk, is_active=False)


def test_removing_the_last_way_out_of_a_state_is_allowed_but_told(admin: Viewer) -> None:
    cancelled = tickets.State.objects.get(code="cancelled")
    row = tickets.Transition.objects.get(source=cancelled)
    assert tickets.delete_transition(admin, row.pk) is True
    other = tickets.Transition.objects.filter(source__code="new").first()
    assert other
    assert tickets.delete_transition(admin, other.pk) is False
    assert Event.objects.filter(kind="config.removed").count() == 2


def test_a_transition_names_known_states_conditions_and_permissions(admin: Viewer) -> None:
    new = tickets.State.objects.get(code="new").pk
    with pytest.raises(Invalid) as caught:
        tickets.save_transition(admin, None, source_id=new, target_id=new, guards=["no"], permission="no.no")
    assert fields_of(caught) == {"target", "guards", "permission"}
    present = tickets.Transition.objects.filter(source_id=new).first()
    assert present
    with pytest.raises(Invalid):
        tickets.save_transition(admin, None, source_id=new, target_id=present.target_id)


def test_the_type_of_a_field_stays_once_a_ticket_has_a_value(admin: Viewer) -> None:
    it = make.department()
    field = tickets.save_custom_field(admin, None, code="room", label="Room", type="integer")
    tickets.save_custom_field(admin, field.pk, type="text")
    make.ticket(it, custom={"room": "7a"})
    with pytest.raises(Invalid) as caught:
        tickets.save_custom_field(admin, field.pk, type="integer")
    assert fields_of(caught) == {"type"}
    with pytest.raises(Invalid):
        tickets.save_custom_field(admin, field.pk, code="place")
    for values in ({"code": "Bad code"}, {"code": "x", "type": "choice"}, {"code": "y", "kinds": ["no"]}):
        with pytest.raises(Invalid):
            tickets.save_custom_field(admin, None, **{"label": "L", "type": "text", **values})


def test_the_matrix_is_changed_cell_by_cell(admin: Viewer) -> None:
    low = tickets.Priority.objects.get(code="low")
    tickets.set_priority_cell(admin, 1, 1, low.pk)
    assert tickets.priority_for(1, 1) == low.pk
    with pytest.raises(Invalid):
        tickets.set_priority_cell(admin, 4, 1, low.pk)
    with pytest.raises(Invalid):
        tickets.save_priority(admin, None, code="x", name="X", rank=1)


def test_an_unknown_setting_or_too_long_a_name_is_refused_in_words(admin: Viewer) -> None:
    for values in ({"nonsense": 1}, {"name": "x" * 200}, {"name": ""}):
        with pytest.raises(Invalid) as caught:
            tickets.save_category(admin, None, **{"name": "ok", **values})
        assert fields_of(caught) == set(values)


def test_only_who_may_configure_does() -> None:
    head = make.viewer(make.colleague(make.department(), "head"))
    before = Event.objects.count()
    for change in (
        lambda: tickets.save_category(head, None, name="x"),
        lambda: tickets.save_state(head, None, code="x", name="x", category="new"),
        lambda: tickets.save_transition(head, None, source_id=1, target_id=2),
        lambda: tickets.delete_transition(head, 1),
        lambda: tickets.save_priority(head, None, code="x", name="x", rank=9),
        lambda: tickets.set_priority_cell(head, 1, 1, 1),
        lambda: tickets.save_custom_field(head, None, code="x", label="x", type="text"),
        lambda: tickets.save_kind(head, None, code="x", name="x"),
        lambda: tickets.save_waiting_reason(head, None, code="x", name="x", side="date"),
    ):
        with pytest.raises(NotAllowed):
            change()
    assert Event.objects.count() == before
