"""From a change to a request at the receiver: what is sent, when again, and what stops it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_httpserver import HTTPServer

from deskbell.kernel.api import SYSTEM, Conflict, Event, as_history, clock
from deskbell.kernel.testing import events_read, write_long_log
from deskbell.people import api as people
from deskbell.people.tests.factories import administrator, agent, department, person, viewer
from deskbell.tickets import api as tickets
from deskbell.webhooks import api as webhooks
from deskbell.webhooks.actions.cleaning import delete_old, find_forgotten
from deskbell.webhooks.actions.delivering import heads, prepare
from deskbell.webhooks.retrying import LEASE, MOST_TRIES, asked_to_wait, wait_after
from deskbell.webhooks.tests.factories import allow, fresh, send, ticket, webhook
from deskbell.webhooks.tests.receivers import verify
from deskbell.webhooks.updates import tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(receiver: HTTPServer) -> str:
    receiver.expect_request("/in", method="POST").respond_with_data("ok")
    return f"http://127.0.0.1:{receiver.port}/in"


def answering(receiver: HTTPServer, status: int, **headers: str) -> str:
    receiver.clear()
    receiver.expect_request("/in").respond_with_data("no", status=status, headers=headers)
    return f"http://127.0.0.1:{receiver.port}/in"


def received(receiver: HTTPServer) -> list[dict]:
    return [json.loads(request.get_data()) for request, _response in receiver.log]


def jobs(hook: webhooks.Webhook) -> int:
    return ProcrastinateJob.objects.filter(task_name="webhooks.send", args={"webhook_id": hook.pk}).count()


def test_a_change_is_told_signed_and_with_the_record_as_it_is(receiver: HTTPServer, place: str) -> None:
    hook = webhook(place, headers={"X-Key": "open sesame"})
    billing = department("Billing")
    row = ticket(billing, person("Anna Kern"), subject="Invoice 311", text="It is wrong.")
    assert jobs(hook) == 2
    assert send(hook) == 2
    (first, _answer), (second, _answer) = receiver.log
    created = verify(hook.secret, first, now=clock.now().timestamp())
    assert created["type"] == "ticket.created"
    assert created["id"] == first.headers["webhook-id"]
    assert created["data"]["subject"] == {"type": "ticket", "id": row.pk}
    assert created["data"]["actor"] == {"type": "system", "id": None, "name": "Deskbell"}
    assert created["data"]["ticket"]["subject"] == "Invoice 311"
    assert created["data"]["ticket"]["department"] == {"id": billing.pk, "name": "Billing"}
    added = verify(hook.secret, second, now=clock.now().timestamp())
    assert added["data"]["message"]["text"] == "It is wrong."
    assert first.headers["X-Key"] == "open sesame"
    with pytest.raises(AssertionError):
        verify(webhook("https://other.example/").secret, first, now=clock.now().timestamp())
    with pytest.raises(AssertionError, match="too old"):
        verify(hook.secret, first, now=clock.now().timestamp() + 3600)
    log = webhooks.delivery_log(viewer(hook.owner), webhooks.Delivery.objects.earliest("pk").pk)
    assert (log.delivery.state, log.attempts[0].status, log.attempts[0].response) == ("delivered", 200, "ok")
    assert log.attempts[0].request_headers["X-Key"] == webhooks.MASK
    assert "sesame" not in json.dumps(log.attempts[0].request_headers)


def test_only_chosen_events_are_written_down_and_none_of_the_past(place: str) -> None:
    hook = webhook(place, kinds=["ticket.tagged", "organisation.*"])
    row = ticket(department())
    with as_history():
        tickets.set_tags(SYSTEM, row.pk, ["old"])
    tickets.set_tags(SYSTEM, row.pk, ["urgent"])
    people.create_organisation(SYSTEM, name="Kern")
    kinds = webhooks.Delivery.objects.filter(webhook=hook).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["ticket.tagged", "organisation.created"]
    webhooks.pause(viewer(hook.owner), hook.pk)
    tickets.set_tags(SYSTEM, row.pk, ["later"])
    assert kinds.count() == 2


def test_departments_narrow_it_to_themselves_and_those_below(receiver: HTTPServer, place: str) -> None:
    top = department("Finance")
    below, other = department("Billing", parent=top), department("IT")
    hook = webhook(place, kinds=["ticket.created", "ticket.transferred"], department_ids=[top.pk])
    inside, outside = ticket(below), ticket(other)
    tickets.transfer(SYSTEM, inside.pk, other.pk, note="Theirs.")
    send(hook)
    assert [(each["type"], each["data"]["ticket"]["id"]) for each in received(receiver)] == [
        ("ticket.transferred", inside.pk)
    ]
    assert not webhooks.Delivery.objects.filter(webhook=hook, subject_id=outside.pk).exists()


def test_it_carries_only_what_its_owner_may_see(receiver: HTTPServer, place: str) -> None:
    billing, other = department("Billing"), department("IT")
    role = people.create_role(SYSTEM, name="Integrator", permissions=["webhooks.manage"])
    owner = agent(where=billing, name="Ina Tegrator")
    people.assign_role(SYSTEM, owner.pk, role.pk, None)
    hook = webhook(place, owner=owner, kinds=["ticket.created", "user.created"])
    mine, theirs = ticket(billing), ticket(other)
    secret = ticket(billing)
    tickets.Ticket.objects.filter(pk=secret.pk).update(is_restricted=True)
    send(hook)
    told = [each["data"]["subject"]["id"] for each in received(receiver) if each["type"] == "ticket.created"]
    assert told == [mine.pk]
    # What is withheld leaves no trace, so that the log tells nobody of it either.
    assert not webhooks.Delivery.objects.filter(subject_id__in=[theirs.pk, secret.pk], subject_type="ticket").exists()
    people.set_blocked(SYSTEM, owner.pk, blocked=True)
    ticket(billing)
    send(hook)
    hook = fresh(hook)
    assert (hook.is_active, hook.pause_reason) == (False, "owner")
    assert [each.sentence for each in webhooks.check_webhooks() if "Ina Tegrator" in each.sentence]
    boss = viewer(administrator())
    with pytest.raises(Conflict):
        webhooks.resume(boss, hook.pk)
    webhooks.take_over(boss, hook.pk)
    webhooks.resume(boss, hook.pk)
    before = len(receiver.log)
    send(hook)
    assert len(receiver.log) > before


def test_the_permission_to_manage_lost_pauses_too(place: str) -> None:
    owner = administrator()
    hook = webhook(place, owner=owner)
    administrator(name="Another")
    ticket(department())
    people.RoleAssignment.objects.filter(user=owner).delete()
    assert send(hook) == 0
    assert fresh(hook).pause_reason == "owner"


def test_what_failed_is_sent_again_later_under_its_id_and_in_its_order(receiver: HTTPServer) -> None:
    hook = webhook(answering(receiver, 503), kinds=["ticket.created", "ticket.tagged"])
    row, other = ticket(department()), ticket(department())
    tickets.set_tags(SYSTEM, row.pk, ["urgent"])
    start = clock.now() + timedelta(seconds=1)
    with clock.moved_to(start) as moved:
        assert send(hook) == 1
        # The target is down: nothing else is tried while it is left alone, and somebody comes back by himself.
        assert send(hook) == 0
        assert ProcrastinateJob.objects.filter(task_name="webhooks.wake").count() == 1
        assert fresh(hook).failing_since == start
        place = answering(receiver, 200)
        assert place == hook.url
        moved.advance(timedelta(seconds=6))
        assert send(hook) == 1  # the other ticket; the first waits for its time, and its second event with it
        assert received(receiver)[-1]["data"]["subject"]["id"] == other.pk
        moved.advance(timedelta(seconds=15))
        assert send(hook) == 2
    told = [(each["type"], each["data"]["subject"]["id"]) for each in received(receiver)]
    assert told[-2:] == [("ticket.created", row.pk), ("ticket.tagged", row.pk)]
    delivery = webhooks.Delivery.objects.get(kind="ticket.created", subject_id=row.pk)
    ids = {attempt.request_headers["webhook-id"] for attempt in delivery.attempts.all()}
    assert (delivery.state, delivery.tries, ids) == ("delivered", 2, {delivery.message_id})
    assert fresh(hook).failing_since is None


def test_a_server_is_given_up_after_a_day_of_tries_and_paused_after_days(receiver: HTTPServer) -> None:
    hook = webhook(answering(receiver, 400), kinds=["ticket.created"])
    ticket(department())
    start = clock.now() + timedelta(seconds=1)
    with clock.moved_to(start) as moved:
        while (delivery := webhooks.Delivery.objects.get()).state == "waiting":
            moved.move_to(max(delivery.next_try_at, moved.moment))
            assert send(hook) == 1
        assert delivery.tries == MOST_TRIES
        assert timedelta(hours=16) < moved.moment - start < timedelta(hours=32)
        assert "400" in delivery.last_error
        assert not webhooks.check_webhooks()[0].is_well
        moved.advance(timedelta(days=5))
        ticket(department())
        send(hook)
        assert fresh(hook).pause_reason == "failing"
        assert Event.objects.filter(kind="webhook.paused").count() == 1


def test_gone_pauses_at_once(receiver: HTTPServer) -> None:
    hook = webhook(answering(receiver, 410), kinds=["ticket.created"])
    ticket(department())
    ticket(department())
    assert send(hook) == 1
    assert fresh(hook).pause_reason == "gone"
    assert sorted(webhooks.Delivery.objects.values_list("state", flat=True)) == ["failed", "waiting"]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120), ("Sat, 21 Nov 2026 10:10:00 GMT", 600), ("99999999999", 86400), ("-5", 0), ("soon", 0), ("", 0)],
)
def test_retry_after_is_honoured(value: str, seconds: int) -> None:
    now = datetime.fromisoformat("2026-11-21T10:00:00Z")
    assert asked_to_wait({"Retry-After": value}, now) == timedelta(seconds=seconds)


def test_retry_after_is_longer_than_the_usual_wait(receiver: HTTPServer) -> None:
    hook = webhook(answering(receiver, 429, **{"Retry-After": "1800"}), kinds=["ticket.created"])
    ticket(department())
    send(hook)
    delivery = webhooks.Delivery.objects.get()
    assert delivery.next_try_at - clock.now() > timedelta(minutes=29)
    rest_until = fresh(hook).rest_until
    assert rest_until is not None
    assert rest_until - clock.now() > timedelta(minutes=29)


def test_the_waits_grow_to_about_a_day_in_all() -> None:
    waits = [wait_after(tries, 0.5) for tries in range(1, MOST_TRIES)]
    assert waits == sorted(waits)
    assert timedelta(hours=20) < sum(waits, timedelta()) < timedelta(hours=28)
    assert wait_after(1, 0) < wait_after(1, 1)


def test_a_try_cut_off_by_a_crash_is_made_again_with_the_same_id(receiver: HTTPServer, place: str) -> None:
    """The process dies between writing down the try and its answer; the job runs again, and once more by mistake."""
    hook = webhook(place, kinds=["ticket.created"])
    ticket(department())
    start = clock.now() + timedelta(seconds=1)
    with clock.moved_to(start) as moved:
        assert prepare(hook.pk) is not None
        assert send(hook) == 0  # whoever prepared it may still be sending
        moved.advance(LEASE + timedelta(seconds=1))
        assert send(hook) == 1
        assert send(hook) == 0
    delivery = webhooks.Delivery.objects.get()
    assert (delivery.state, delivery.tries, len(receiver.log)) == ("delivered", 2, 1)
    interrupted = delivery.attempts.earliest("pk")
    assert (interrupted.seconds, interrupted.status) == (None, None)


def test_a_lost_job_is_found(place: str) -> None:
    hook = webhook(place, kinds=["ticket.created"])
    ticket(department())
    ProcrastinateJob.objects.all().delete()
    assert find_forgotten() == 0
    with clock.moved_to(clock.now() + timedelta(minutes=4)):
        assert find_forgotten() == 1
    assert jobs(hook) == 1


def test_a_test_tells_at_once_what_became_of_it(receiver: HTTPServer, place: str) -> None:
    hook = webhook(place)
    webhooks.pause(viewer(hook.owner), hook.pk)
    good = webhooks.send_test(viewer(hook.owner), hook.pk)
    assert (good.state, good.last_status) == ("delivered", 200)
    assert received(receiver)[0]["type"] == "webhook.test"
    answering(receiver, 302, Location="https://elsewhere.example/")
    bad = webhooks.send_test(viewer(hook.owner), hook.pk)
    assert bad.state == "failed"
    assert "elsewhere.example" in bad.last_error
    assert fresh(hook).failing_since is None


def test_resending_uses_the_same_id(receiver: HTTPServer, place: str) -> None:
    hook = webhook(place, kinds=["ticket.created"])
    row = ticket(department())
    send(hook)
    tickets.change_subject(SYSTEM, row.pk, "Another subject")
    delivery = webhooks.Delivery.objects.get()
    webhooks.resend(viewer(hook.owner), delivery.pk)
    send(hook)
    first, second = received(receiver)
    assert first["id"] == second["id"] == delivery.message_id
    assert second["data"]["ticket"]["subject"] == "Another subject"
    webhooks.pause(viewer(hook.owner), hook.pk)
    with pytest.raises(Conflict):
        webhooks.resend(viewer(hook.owner), delivery.pk)


def test_after_rotating_both_secrets_sign_for_a_day(receiver: HTTPServer, place: str) -> None:
    hook = webhook(place, kinds=["ticket.created"])
    old = webhooks.show_secret(viewer(hook.owner), hook.pk)
    new = webhooks.rotate_secret(viewer(hook.owner), hook.pk).secret
    ticket(department())
    send(hook)
    for secret in (old, new):
        verify(secret, receiver.log[0][0], now=clock.now().timestamp())
    with clock.moved_to(clock.now() + timedelta(days=1, seconds=1)):
        ticket(department())
        send(hook)
        verify(new, receiver.log[1][0], now=clock.now().timestamp())
        with pytest.raises(AssertionError):
            verify(old, receiver.log[1][0], now=clock.now().timestamp())
        delete_old()
    assert fresh(hook).previous_secret == ""
    assert {"webhook.secret_shown", "webhook.secret_rotated"} <= set(Event.objects.values_list("kind", flat=True))


def test_the_log_is_kept_for_its_days(place: str) -> None:
    hook = webhook(place, kinds=["ticket.created"])
    ticket(department())
    send(hook)
    with clock.moved_to(clock.now() + timedelta(days=29)):
        assert delete_old() == 0
    with clock.moved_to(clock.now() + timedelta(days=31)):
        assert delete_old() == 2
    assert not webhooks.Delivery.objects.exists()


def test_one_head_for_each_subject(place: str) -> None:
    hook = webhook(place)
    first, second = ticket(department()), ticket(department())
    assert sorted(heads(hook).values_list("subject_id", flat=True)) == sorted([first.pk, second.pk])


def test_a_target_that_is_no_longer_allowed_is_not_sent_to(receiver: HTTPServer, place: str) -> None:
    hook = webhook(place, kinds=["ticket.created"])
    ticket(department())
    allow()
    send(hook)
    delivery = webhooks.Delivery.objects.get()
    assert (delivery.state, len(receiver.log)) == ("waiting", 0)
    assert "127.0.0.1" in delivery.last_error


def test_the_event_of_a_delivery_is_read_with_its_block_however_long_the_log(place: str) -> None:
    hook = webhook(place)
    ticket(department("Billing"))
    write_long_log("ticket.tagged", 1, count=20_000)
    (rows,) = events_read(lambda: prepare(hook.pk))
    assert rows <= 64
    (rows,) = events_read(lambda: tell(hook.pk))
    assert rows <= 2 * 64
