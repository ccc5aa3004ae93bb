from __future__ import annotations

from typing import Any

import pytest

from deskbell.kernel.api import SYSTEM, Event, Invalid, NotAllowed
from deskbell.tickets import api as tickets
from deskbell.tickets.tests import factories as make

pytestmark = pytest.mark.django_db


def everything(*rows: tickets.Ticket) -> list[dict[str, Any]]:
    """The tickets and all that hangs on them, without what only counts changes."""
    found: list[dict[str, Any]] = []
    for row in rows:
        values: dict[str, Any] = dict(tickets.Ticket.objects.filter(pk=row.pk).values().get())
        del values["version"], values["updated_at"]
        values["messages"] = list(tickets.Message.objects.filter(ticket=row).order_by("pk").values())
        values["participants"] = list(
            tickets.Participant.objects.filter(ticket=row).order_by("user_id").values("user_id", "role")
        )
        values["watchers"] = list(tickets.Watcher.objects.filter(ticket=row).values_list("user_id", flat=True))
        values["mentions"] = list(tickets.Mention.objects.filter(ticket=row).values_list("user_id", flat=True))
        values["links"] = list(tickets.TicketLink.objects.filter(source=row).values_list("target_id", "kind"))
        found.append(values)
    return found


@pytest.fixture
def desk() -> dict[str, Any]:
    it = make.department("IT")
    maria = make.viewer(make.colleague(it, name="Maria"))
    anna, oleh = make.person("Anna"), make.person("Oleh")
    source = make.ticket(it, anna, subject="Printer is broken", text="first words")
    target = make.ticket(it, oleh, subject="Printer again", text="second words")
    tickets.add_participant(maria, source.pk, make.person("Copied").pk)
    tickets.watch(maria, source.pk)
    tickets.add_note(maria, source.pk, tickets.MessageContent(text="a note", mentioned=[maria.user_id or 0]))
    tickets.reply(maria, target.pk, tickets.MessageContent(text="an answer"))
    return {"maria": maria, "anna": anna, "oleh": oleh, "source": source, "target": target, "it": it}


def test_a_merge_moves_messages_and_unites_people(desk: dict[str, Any]) -> None:
    maria, source, target = desk["maria"], desk["source"], desk["target"]
    tickets.merge(maria, source.pk, target.pk)
    moved, goal = make.reload(source), make.reload(target)
    assert (moved.state_category, moved.merged_into_id, moved.message_count) == ("closed", target.pk, 0)
    assert (goal.message_count, goal.is_open) == (4, True)
    names = {row.user.name for row in tickets.ticket_page(maria, target.pk).participants}
    assert names == {"Anna", "Copied"}
    texts = [each.message.text for each in tickets.timeline(maria, target.pk) if each.message]
    assert texts == ["first words", "second words", "a note", "an answer"]
    assert [each.label for each in tickets.ticket_page(maria, target.pk).links] == ["is duplicated by"]
    assert [row.id for row in tickets.search_tickets(maria, "first words")] == [target.pk]
    assert goal.customer_waiting_since == source.customer_waiting_since  # Anna still waits


def test_undoing_a_merge_restores_exactly_and_the_log_keeps_both(desk: dict[str, Any]) -> None:
    maria, source, target = desk["maria"], desk["source"], desk["target"]
    before = everything(source, target)
    merged = tickets.merge(maria, source.pk, target.pk)
    assert everything(source, target) != before
    tickets.undo_merge(maria, merged.pk)
    assert everything(source, target) == before
    for row in (source, target):
        kinds = list(Event.objects.filter(subject_id=row.pk).order_by("pk").values_list("kind", flat=True))
        assert [kind for kind in kinds if "merged" in kind] == ["ticket.merged", "ticket.unmerged"]
    assert [row.id for row in tickets.search_tickets(maria, "first words")] == [source.pk]


def test_what_happened_to_the_target_since_stays_with_it(desk: dict[str, Any]) -> None:
    maria, source, target = desk["maria"], desk["source"], desk["target"]
    merged = tickets.merge(maria, source.pk, target.pk)
    tickets.reply(maria, target.pk, tickets.MessageContent(text="an answer to both"))
    tickets.undo_merge(maria, merged.pk)
    goal, apart = make.reload(target), make.reload(source)
    assert (goal.message_count, goal.last_message_preview) == (3, "an answer to both")
    assert (apart.message_count, apart.last_message_preview, apart.state_category) == (2, "a note", "new")


def test_a_merge_is_undone_once(desk: dict[str, Any]) -> None:
    merged = tickets.merge(desk["maria"], desk["source"].pk, desk["target"].pk)
    tickets.undo_merge(desk["maria"], merged.pk)
    before = everything(desk["source"], desk["target"])
    with pytest.raises(Invalid, match="already undone"):
        tickets.undo_merge(desk["maria"], merged.pk)
    assert everything(desk["source"], desk["target"]) == before


def test_mail_to_the_merged_ticket_lands_in_the_other(desk: dict[str, Any]) -> None:
    tickets.merge(desk["maria"], desk["source"].pk, desk["target"].pk)
    message = tickets.receive(make.viewer(desk["anna"]), desk["source"].pk, tickets.MessageContent(text="still broken"))
    assert message.ticket_id == desk["target"].pk


def test_a_ticket_is_not_merged_twice_nor_into_itself_nor_out_of_its_restriction(desk: dict[str, Any]) -> None:
    maria, source, target = desk["maria"], desk["source"], desk["target"]
    with pytest.raises(Invalid):
        tickets.merge(maria, source.pk, source.pk)
    head = make.viewer(make.colleague(desk["it"], "head"))
    secret = make.ticket(desk["it"], kind="security_incident")
    with pytest.raises(Invalid, match="restricted"):
        tickets.merge(head, secret.pk, target.pk)
    tickets.merge(maria, source.pk, target.pk)
    third = make.ticket(desk["it"])
    before = everything(source, target, third)
    with pytest.raises(Invalid, match="already merged"):
        tickets.merge(maria, source.pk, third.pk)
    assert everything(source, target, third) == before


def test_who_may_not_merge_changes_nothing(desk: dict[str, Any]) -> None:
    viewer = make.viewer(make.colleague(desk["it"], "viewer"))
    before = everything(desk["source"], desk["target"])
    with pytest.raises(NotAllowed):
        tickets.merge(viewer, desk["source"].pk, desk["target"].pk)
    assert everything(desk["source"], desk["target"]) == before


def test_a_message_becomes_a_ticket_of_its_own_with_a_link(desk: dict[str, Any]) -> None:
    maria, source = desk["maria"], desk["source"]
    message = make.first_message(source)
    finance = make.department("Finance")
    new = tickets.split(maria, source.pk, message.pk, subject="Something else", department_id=finance.pk)
    new = make.reload(new)
    copied = make.first_message(new)
    assert (new.requester_id, new.department_id, copied.text) == (desk["anna"].pk, finance.pk, "first words")
    assert make.first_message(source).pk == message.pk
    assert tickets.TicketLink.objects.filter(source=new, target=source, kind="related_to").exists()
    jan = make.viewer(make.colleague(finance))
    lines = [line.text for entry in tickets.timeline(jan, new.pk) for line in entry.changes]
    assert lines[0] == f"Split from #{source.pk}"


def test_an_answer_of_ours_cannot_be_split_off(desk: dict[str, Any]) -> None:
    answer = tickets.Message.objects.get(ticket=desk["target"], direction="out")
    count = tickets.Ticket.objects.count()
    with pytest.raises(Invalid):
        tickets.split(desk["maria"], desk["target"].pk, answer.pk, subject="x")
    assert tickets.Ticket.objects.count() == count


def test_a_restricted_ticket_stays_restricted_when_split() -> None:
    it = make.department()
    secret = make.ticket(it, kind="security_incident", text="stolen")
    new = tickets.split(SYSTEM, secret.pk, make.first_message(secret).pk, subject="second laptop")
    assert make.reload(new).is_restricted
