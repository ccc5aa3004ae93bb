"""Every row of the access matrix for every person, and that a refusal changes and shows nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from deskbell.kernel.api import Event, NotAllowed, NotFound, Viewer
from deskbell.live import api as live
from deskbell.tickets import api as tickets
from deskbell.tickets.tests import access_matrix as matrix

pytestmark = pytest.mark.django_db

RESTRICTED_SEE = {"head", "administrator", "referred_reader", "referred_worker"}


def state_of(scene: matrix.Scene) -> list[Any]:
    rows = tickets.Ticket.objects.filter(pk__in=[scene.ticket.pk, scene.other.pk]).order_by("pk")
    return [
        list(rows.values()),
        Event.objects.count(),
        tickets.Ticket.objects.count(),
        list(tickets.Message.objects.order_by("pk").values_list("pk", "ticket_id")),
        list(tickets.Participant.objects.order_by("pk").values_list("pk", "user_id")),
        list(tickets.Referral.objects.order_by("pk").values_list("pk", "can_work")),
        tickets.Watcher.objects.count(),
        tickets.TicketLink.objects.count(),
    ]


def attempt(scene: matrix.Scene, action: str, viewer: Viewer) -> str:
    try:
        matrix.ACTIONS[action](scene, viewer)
    except NotFound:
        return matrix.UNSEEN
    except NotAllowed:
        return matrix.REFUSED
    return matrix.ALLOWED


def test_each_person_may_do_what_the_table_says_and_a_refusal_changes_nothing() -> None:
    scene = matrix.scene()
    before = state_of(scene)
    found = {}
    for column in matrix.COLUMNS:
        viewer = scene.viewer(column)
        for action in matrix.ACTIONS:
            savepoint = transaction.savepoint()
            mark = attempt(scene, action, viewer)
            if mark != matrix.ALLOWED:
                assert state_of(scene) == before, (action, column)
            transaction.savepoint_rollback(savepoint)
            # Whoever works in no department is told so, without a word about the ticket.
            nothing_said = action == "see_as_colleague" and mark == matrix.REFUSED
            found[action, column] = matrix.UNSEEN if nothing_said else mark
    assert found == matrix.table()


def test_the_table_names_every_action() -> None:
    assert {action for action, _column in matrix.table()} == set(matrix.ACTIONS)


@pytest.mark.parametrize("kind", ["incident", "security_incident"])
def test_a_ticket_shows_in_lists_counts_search_live_and_files_only_to_those_who_see_it(kind: str) -> None:
    scene = matrix.scene(kind=kind)
    for column in matrix.COLUMNS:
        _check_what_shows(scene, kind, column)


def _check_what_shows(scene: matrix.Scene, kind: str, column: str) -> None:
    viewer = scene.viewer(column)
    as_colleague = matrix.table()["see_as_colleague", column] == matrix.ALLOWED
    if kind == "security_incident":
        as_colleague = column in RESTRICTED_SEE
    as_requester = matrix.table()["see_as_requester", column] == matrix.ALLOWED
    if kind == "security_incident" and column == "organisation":
        as_requester = False
    sees = as_colleague or as_requester
    pk = scene.ticket.pk

    shown = {
        "queue": _in_queue(viewer, pk),
        "counts": _counted(viewer) > 0,
        "search": _found(viewer, "kaleidoscope", pk),
        "number": _found(viewer, f"#{pk}", pk),
        "file name": _found(viewer, "secretplan", pk),
        "note": _found(viewer, "hush", pk),
        "note itself": _opens(lambda: tickets.message_for_viewer(viewer, scene.note_id)),
        "card": _opens(lambda: tickets.requester_card(viewer, pk)),
        "mentions": _opens(lambda: tickets.mentionable(viewer, pk, "")),
    }
    assert shown == dict.fromkeys(shown, as_colleague), column
    in_portal = {"list": pk in _portal(viewer), "search": pk in _portal(viewer, "kaleidoscope")}
    assert in_portal == dict.fromkeys(in_portal, as_requester), column
    assert pk not in _portal(viewer, "hush"), column
    assert bool(live.allowed_topics(viewer, [live.Topic("ticket", pk)])) == as_colleague, column
    either = {
        "live": bool(live.allowed_topics(viewer, [live.Topic(kind, pk) for kind in ("ticket", "customer-ticket")])),
        "file": _opens(lambda: tickets.attachment_for_viewer(viewer, scene.attachment_id)),
        "timeline": _opens(lambda: tickets.timeline(viewer, pk)),
        "jump": tickets.jump_to(viewer, f"#{pk}") == pk,
    }
    assert either == dict.fromkeys(either, sees), column


def test_colleagues_of_the_department_hear_nothing_of_a_restricted_ticket() -> None:
    scene = matrix.scene(kind="security_incident")
    told = next(iter(_updates(scene)))
    assert live.allowed_topics(scene.viewer("head"), told) != []
    for column in ("viewer", "agent", "lead", "parent_agent"):
        viewer = scene.viewer(column)
        assert live.allowed_topics(viewer, told) == []
        assert all(not count for count in tickets.view_counts(viewer).values())
        assert tickets.queue(viewer, tickets.QueueFilter(state_categories=())).rows == []


def _updates(scene: matrix.Scene) -> list[list[live.Topic]]:
    from deskbell.tickets.updates import as_updates

    batch = list(Event.objects.filter(subject_type="ticket", subject_id=scene.ticket.pk))
    return [sorted(each.topics) for each in as_updates(batch)]


def test_an_organisation_colleague_does_not_see_a_restricted_ticket() -> None:
    scene = matrix.scene(kind="security_incident")
    with pytest.raises(NotFound):
        tickets.customer_ticket(scene.viewer("organisation"), scene.ticket.pk)


def test_the_portal_shows_no_note_and_no_name_of_a_colleague_who_did_not_write() -> None:
    scene = matrix.scene()
    agent, lead = scene.people["agent"], scene.people["lead"]
    assert agent
    assert lead
    tickets.assign(scene.viewer("lead"), scene.ticket.pk, agent.pk)
    tickets.change_state(scene.viewer("lead"), scene.ticket.pk, "resolved", resolution="Glued")
    shown = tickets.timeline(scene.viewer("requester"), scene.ticket.pk)
    text = repr([(each.message and each.message.text, each.changes) for each in shown])
    assert "Hush" not in text
    assert agent.name not in text
    assert lead.name not in text
    assert "Solved" in text


def _in_queue(viewer: Viewer, pk: int) -> bool:
    try:
        page = tickets.queue(viewer, tickets.QueueFilter(state_categories=()))
    except NotAllowed:
        return False
    return pk in {row.id for row in page.rows}


def _counted(viewer: Viewer) -> int:
    return sum(tickets.view_counts(viewer).values())


def _found(viewer: Viewer, text: str, pk: int) -> bool:
    try:
        return pk in {row.id for row in tickets.search_tickets(viewer, text)}
    except NotAllowed:
        return False


def _portal(viewer: Viewer, text: str = "") -> set[int]:
    try:
        return {
            row.id
            for scope in ("mine", "organisation")
            for row in tickets.customer_tickets(viewer, scope=scope, state="all", text=text).rows
        }
    except NotAllowed:
        return set()


def _opens(door: Any) -> bool:
    try:
        door()
    except (NotFound, NotAllowed):
        return False
    return True
