"""Setting up mailboxes and texts, and who may see what came in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from deskbell.channels import api as channels
from deskbell.channels.models import Mailbox
from deskbell.channels.tests.factories import mailbox, raw_mail
from deskbell.kernel.api import SYSTEM, Event, Invalid, NotAllowed, NotFound, Viewer
from deskbell.people.api import Department
from deskbell.tickets import api as tickets
from deskbell.tickets.tests import factories as desk

pytestmark = pytest.mark.django_db


def administrator() -> Viewer:
    return desk.viewer(desk.colleague(None, "administrator"))


def agent(where: Department) -> Viewer:
    return desk.viewer(desk.colleague(where))


def test_a_password_is_encrypted_and_never_in_the_log() -> None:
    box = mailbox(in_password="open sesame", protocol="imap", in_host="mail.example", in_user="desk")
    assert Mailbox.objects.get(pk=box.pk).in_password == "open sesame"
    with connection.cursor() as cursor:
        cursor.execute("select in_password from channels_mailbox where id = %s", [box.pk])
        stored = cursor.fetchone()[0]
    assert stored.startswith("fernet:")
    assert "sesame" not in stored
    channels.update_mailbox(SYSTEM, box.pk, in_password="new secret")
    channels.update_mailbox(SYSTEM, box.pk, in_password="", name="Renamed")
    assert Mailbox.objects.get(pk=box.pk).in_password == "new secret"
    assert not any("se" in str(event.changes.get("in_password")) for event in Event.objects.all())


@pytest.mark.parametrize("way", ["in", "out"])
@pytest.mark.parametrize(
    ("name", "value"),
    [("host", "evil.example"), ("port", 4143), ("security", "none"), ("verify", False), ("user", "other")],
)
def test_a_stored_password_goes_nowhere_else(way: str, name: str, value: object) -> None:
    server: Any = {f"{way}_host": "mail.example", f"{way}_user": "desk", f"{way}_password": "open sesame"}
    box = mailbox(**{f"{way}_security": "tls", **server})
    change: Any = {f"{way}_{name}": value}
    with pytest.raises(Invalid) as caught:
        channels.update_mailbox(SYSTEM, box.pk, **change)
    assert list(caught.value.fields) == [f"{way}_password"]
    kept = Mailbox.objects.get(pk=box.pk)
    assert getattr(kept, f"{way}_{name}") == getattr(box, f"{way}_{name}")
    # The same one given again is fine.
    values: Any = {f"{way}_{name}": value, f"{way}_password": "open sesame"}
    channels.update_mailbox(SYSTEM, box.pk, **values)
    assert getattr(Mailbox.objects.get(pk=box.pk), f"{way}_{name}") == value


def test_a_password_without_a_server_is_forgotten() -> None:
    box = mailbox(out_host="mail.example", out_user="desk", out_password="open sesame")
    channels.update_mailbox(SYSTEM, box.pk, out_host="")
    assert not Mailbox.objects.get(pk=box.pk).out_password


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"address": "nonsense"}, "address"),
        ({"aliases": ["nonsense"]}, "aliases"),
        ({"protocol": "carrier pigeon"}, "protocol"),
        ({"in_port": 70000}, "in_port"),
        ({"protocol": "imap"}, "in_host"),
        ({"protocol": "imap", "in_host": "x", "in_user": "y", "after_reading": "move"}, "move_to"),
        ({"protocol": "pop3", "in_host": "x", "in_user": "y", "after_reading": "move"}, "after_reading"),
        ({"department_id": 0}, "department"),
        ({"default_kind_id": 0}, "default_kind"),
    ],
)
def test_wrong_settings_are_refused_by_name(values: dict[str, Any], field: str) -> None:
    box = mailbox()
    with pytest.raises(Invalid) as caught:
        channels.update_mailbox(SYSTEM, box.pk, **values)
    assert field in caught.value.fields
    box.refresh_from_db()
    assert (box.protocol, box.version) == ("direct", 1)


def test_no_two_mailboxes_share_an_address() -> None:
    box = mailbox(aliases=["help@desk.example"])
    for address in (box.address.upper(), "help@desk.example"):
        with pytest.raises(Invalid):
            mailbox(address=address)
    with pytest.raises(Invalid):
        mailbox(aliases=[box.address])


def test_a_change_is_seen_by_running_readers() -> None:
    box = mailbox()
    assert channels.update_mailbox(SYSTEM, box.pk, name="Other").version == box.version + 1
    assert channels.update_mailbox(SYSTEM, box.pk, name="Other").version == box.version + 1


@pytest.mark.parametrize(
    "change",
    [
        lambda viewer, box: channels.create_mailbox(viewer, address="x@y.example", department_id=box.department_id),
        lambda viewer, box: channels.update_mailbox(viewer, box.pk, name="Mine"),
        lambda viewer, box: channels.remove_mailbox(viewer, box.pk),
        lambda viewer, box: channels.start_mailbox_test(viewer, box.pk),
        lambda viewer, box: channels.set_acknowledgement(
            viewer, department_id=box.department_id, language="en", subject="x", body="y"
        ),
    ],
)
def test_only_whoever_configures_channels_changes_them(change: Callable[[Viewer, Mailbox], object]) -> None:
    box = mailbox()
    before = Event.objects.count()
    texts = channels.AcknowledgementTemplate.objects.count()
    for viewer in (agent(box.department), Viewer()):
        events = Event.objects.count()
        with pytest.raises(NotAllowed):
            change(viewer, box)
        assert Event.objects.count() == events
    assert before
    assert Mailbox.objects.get().name == box.name
    assert channels.AcknowledgementTemplate.objects.count() == texts


def test_trace_and_source_are_for_colleagues_who_see_the_ticket() -> None:
    box = mailbox()
    raw = raw_mail()
    message_id = channels.deliver_raw(raw, mailbox=box).message_id
    assert message_id is not None
    colleague = agent(box.department)
    found = channels.trace_for_message(colleague, message_id)
    assert found is not None
    assert [entry["stage"] for entry in found.entries][:2] == ["received", "parsed"]
    assert channels.raw_source(colleague, message_id) == raw
    requester = desk.viewer(tickets.Message.objects.get(pk=message_id).ticket.requester)
    for viewer in (agent(desk.department()), requester, Viewer()):
        with pytest.raises(NotFound):
            channels.trace_for_message(viewer, message_id)
        with pytest.raises(NotFound):
            channels.raw_source(viewer, message_id)


def test_the_list_of_parked_mail_is_for_administrators() -> None:
    box = mailbox()
    parked = channels.deliver_raw(raw_mail("<b>x</b>", sender=""), mailbox=box)
    viewer = administrator()
    assert [row.pk for row in channels.list_inbound(viewer)] == [parked.inbound_id]
    assert channels.parked_signs(viewer) == [("no_sender", 1)]
    assert channels.inbound(viewer, parked.inbound_id).reason
    assert b"<b>x</b>" in channels.inbound_source(viewer, parked.inbound_id)
    assert channels.preview(channels.inbound_source(viewer, parked.inbound_id)).text.strip() == "<b>x</b>"
    colleague = agent(box.department)
    assert channels.list_inbound(colleague) == []
    assert channels.parked_signs(colleague) == []
    assert channels.list_outbox(colleague) == []
    with pytest.raises(NotFound):
        channels.inbound(colleague, parked.inbound_id)
    with pytest.raises(NotAllowed):
        channels.list_outbound(colleague)


def test_colleagues_see_the_mailboxes_of_their_departments_only() -> None:
    one, two = mailbox(), mailbox()
    assert channels.list_mailboxes(agent(one.department)) == [one]
    assert {box.pk for box in channels.list_mailboxes(administrator())} == {one.pk, two.pk}
    with pytest.raises(NotFound):
        channels.mailbox(agent(one.department), two.pk)


def test_health_tells_what_is_wrong_and_since_when() -> None:
    from deskbell.channels.mail.service.status import mark_failing, mark_well

    box = mailbox(protocol="imap", in_host="mail.example", in_user="desk")
    assert "has not been read yet" in channels.check_mailboxes()[0].sentence
    mark_failing(box.pk, "Nothing listens at mail.example:993.")
    first = channels.check_mailboxes()[0]
    mark_failing(box.pk, "Nothing listens at mail.example:993.")
    again = channels.check_mailboxes()[0]
    assert (first.since, first.sentence) == (again.since, "Nothing listens at mail.example:993.")
    assert first.since is not None
    mark_well(box.pk)
    assert channels.check_mailboxes()[0].is_well


def test_a_template_of_the_department_comes_before_the_common_one() -> None:
    box = mailbox()
    channels.set_acknowledgement(
        administrator(), department_id=box.department_id, language="en", subject="Got {{ ticket.number }}", body="Hi {{ person.name }}"
    )  # fmt: skip
    channels.deliver_raw(
        raw_mail("hello, the printer on the third floor does not print again, please help"), mailbox=box
    )
    message = tickets.Message.objects.get(is_automatic=True)
    assert (message.subject, message.text) == (f"Got #{message.ticket_id}", "Hi Anna Kern")


@pytest.mark.parametrize("body", ["{% if %}", "{{ x", "{% for i in (1..100000000) %}x{% endfor %}", ""])
def test_a_template_that_cannot_work_is_refused(body: str) -> None:
    with pytest.raises(Invalid) as caught:
        channels.set_acknowledgement(SYSTEM, department_id=None, language="en", subject="x", body=body)
    assert "body" in caught.value.fields


def test_there_is_an_acknowledgement_in_every_language() -> None:
    assert {row.language for row in channels.list_acknowledgements(SYSTEM)} == {"en", "uk", "ru", "fi", "pl", "zh-hant"}
