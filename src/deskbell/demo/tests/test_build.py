"""What the built demonstration is like: made by actions, replayable, and sending nothing."""

from __future__ import annotations

import subprocess
from collections import defaultdict

import pytest
from django.contrib.auth import authenticate
from procrastinate.contrib.django.models import ProcrastinateJob

from deskbell.demo.api import NotEmpty, build, introduction, is_built, sign_ins
from deskbell.demo.tests.conftest import UNTIL
from deskbell.kernel.api import Event
from deskbell.people import api as people
from deskbell.tickets import api as tickets

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
REPLAYED = (
    "state", "assignee_id", "department_id", "priority_id", "team_id", "category_id", "impact", "urgency", "subject",
    "tags", "custom", "owner_id", "affected_id", "requester_id",
)  # fmt: skip


def test_every_ticket_follows_from_its_events(demo):
    replayed: defaultdict[int, dict[str, object]] = defaultdict(dict)
    for event in Event.objects.filter(subject_type="ticket").order_by("pk"):
        for name, (_old, new) in event.changes.items():
            _replay(replayed[event.subject_id], name, new)
    defaults = {"tags": [], "custom": {}}
    for ticket in tickets.Ticket.objects.select_related("state"):
        told = replayed[ticket.pk]
        for name in REPLAYED:
            actual = ticket.state.code if name == "state" else getattr(ticket, name)
            if name == "requester_id" and name not in told:
                told[name] = Event.objects.get(kind="ticket.created", subject_id=ticket.pk).data["requester_id"]
            assert told.get(name, defaults.get(name)) == actual, f"{ticket} {name}"


def _replay(known: dict[str, object], name: str, value: object) -> None:
    """Custom fields change one by one: custom.<code>, None when cleared."""
    if not name.startswith("custom."):
        known[name] = dict(value) if isinstance(value, dict) else value
        return
    fields = known.setdefault("custom", {})
    assert isinstance(fields, dict)
    fields[name.removeprefix("custom.")] = value
    if value is None:
        del fields[name.removeprefix("custom.")]


def test_each_change_begins_where_the_one_before_ended(demo):
    known: defaultdict[int, dict[str, object]] = defaultdict(dict)
    for event in Event.objects.filter(subject_type="ticket").order_by("pk"):
        for name, (old, new) in event.changes.items():
            if name in REPLAYED and name in known[event.subject_id]:
                assert known[event.subject_id][name] == old, f"{event} {name}"
            known[event.subject_id][name] = new


def test_messages_follow_from_the_events_too(demo):
    for ticket in tickets.Ticket.objects.filter(merged_into=None):
        if Event.objects.filter(subject_id=ticket.pk, kind__in=["ticket.merged", "ticket.unmerged"]).exists():
            continue
        added = Event.objects.filter(subject_id=ticket.pk, kind="ticket.message_added").count()
        assert added == ticket.message_count == ticket.messages.count()


def test_events_stand_in_the_order_of_time_and_nothing_lies_ahead(demo):
    moments = list(Event.objects.filter(subject_type="ticket").order_by("pk").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments[-1] < UNTIL


def test_nothing_waits_to_be_sent(demo):
    assert not ProcrastinateJob.objects.exclude(queue_name="files").exists()  # attached files are read afterwards
    assert not tickets.Message.objects.exclude(delivery_state__in=["none", "sent"]).exists()
    assert tickets.Message.objects.filter(delivery_state="sent").exists()
    assert not Event.objects.filter(historic=False).exists()


def test_the_four_can_sign_in(demo):
    assert [each.role for each in sign_ins()] == ["Administrator", "Head of IT", "Agent in IT", "Customer"]
    for each in sign_ins():
        user = authenticate(None, email=each.email, password=each.password)
        assert user is not None
        assert user.name == each.name


def test_there_is_something_to_do(demo):
    open_tickets = tickets.Ticket.objects.filter(state_category__in=["new", "active", "waiting"])
    assert open_tickets.filter(assignee=None).exists()
    assert open_tickets.filter(state_category="waiting", follow_up_at__date=UNTIL.date()).exists()
    assert tickets.Attachment.objects.exists()
    assert tickets.Draft.objects.exists()
    assert tickets.Mention.objects.filter(seen_at=None).exists()
    assert people.Absence.objects.filter(starts_at__lte=UNTIL, ends_at__gt=UNTIL).exists()


def test_it_says_how_to_begin(demo):
    assert is_built()
    lines = introduction()
    assert any("ilona.berg@lumikko.example" in line for line in lines)


def test_the_line_to_try_is_a_new_mail_each_time(demo, settings):
    settings.DESKBELL = settings.DESKBELL.model_copy(update={"smtp_in_port": 2525})
    line = next(line for line in introduction() if "curl" in line)
    script = f'date() {{ echo "$1 $NOW"; }}; curl() {{ cat; }}; {line}'
    first, second = (
        subprocess.run(["sh", "-c", script], env={"NOW": now}, capture_output=True, text=True, check=True).stdout
        for now in ("05:13:53", "05:14:02")
    )
    assert first.startswith("Date: -R 05:13:53\nFrom: ")
    assert first.endswith("\n\nSince this morning.\n")
    assert first != second


def test_it_refuses_a_database_with_people_in_it(demo):
    before = people.User.objects.count()
    with pytest.raises(NotEmpty):
        build(until=UNTIL, tickets_count=5, share=0.1)
    assert people.User.objects.count() == before
