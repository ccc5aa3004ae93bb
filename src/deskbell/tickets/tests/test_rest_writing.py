"""Writing through the API: the same actions as in the pages."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from deskbell.kernel.api import SYSTEM, Event
from deskbell.kernel.testing import QueryCounts
from deskbell.people.api import User
from deskbell.tickets import api as tickets
from deskbell.tickets.models import Ticket
from deskbell.tickets.tests import factories as make
from deskbell.tickets.tests.rest_client import Program

pytestmark = pytest.mark.django_db
counts = QueryCounts(__file__.rpartition("/")[0])


@pytest.fixture
def support():
    return make.department("Support")


@pytest.fixture
def anna(support):
    return make.colleague(support, "head", "Anna")


@pytest.fixture
def program(anna):
    found = Program(anna)
    found.get("/tickets", limit=1)
    return found


@pytest.fixture
def ticket(support):
    return make.ticket(support)


def new(support, **values):
    asks = {} if "requester" in values else {"requester_id": make.person("Client").pk}
    return {"subject": "Printer", "text": "It blinks.", "department_id": support.pk, **asks, **values}


def test_a_ticket_is_created_with_its_message(program, support, anna):
    answer = program.post("/tickets", new(support, kind="incident", tags=["Paper"], impact=2, urgency=2))
    assert answer.status_code == 201
    row = Ticket.objects.get(pk=answer.json["id"])
    assert answer.headers["Location"] == f"/api/v1/tickets/{row.pk}"
    assert (row.subject, row.tags, row.channel, row.kind.code) == ("Printer", ["paper"], "api", "incident")
    assert answer.json["version"] == row.version
    assert answer.json["priority"] == row.priority.code
    assert make.first_message(row).text == "It blinks."
    event = Event.objects.filter(subject_type="ticket", subject_id=row.pk).earliest("pk")
    assert (event.kind, event.actor_id) == ("ticket.created", anna.pk)


def test_what_is_answered_after_creating_is_what_can_be_read(program, support):
    made = program.post("/tickets", new(support)).json
    read = program.get(f"/tickets/{made['id']}").json
    assert {name: read[name] for name in made} == made


def test_who_asks_may_be_given_by_address(program, support):
    answer = program.post("/tickets", new(support, requester={"email": "New.Client@firm.example", "name": "New"}))
    assert User.objects.get(pk=answer.json["requester_id"]).email == "new.client@firm.example"
    again = program.post("/tickets", new(support, requester={"email": "new.client@firm.example"}))
    assert again.json["requester_id"] == answer.json["requester_id"]


def test_a_ticket_the_desk_begins_goes_out_by_mail(program, support):
    answer = program.post("/tickets", new(support, direction="out"))
    message = make.first_message(Ticket.objects.get(pk=answer.json["id"]))
    assert (message.direction, message.channel, len(message.to)) == ("out", "email", 1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"department_id": 2**62}, "department"),
        ({"requester_id": 2**62}, "requester"),
        ({"kind": "nothing"}, "kind"),
        ({"assignee_id": 2**62}, "assignee"),
        ({"team_id": 2**62}, "team"),
        ({"category_id": 2**62}, "category"),
        ({"affected_id": 2**62}, "affected"),
        ({"owner_id": 2**62}, "owner"),
        ({"participants": [{"user_id": 2**62}]}, "participants"),
        ({"subject": "   "}, "subject"),
        ({"text": " \n "}, "text"),
        ({"custom": {"nothing": 1}}, "custom.nothing"),
        ({"attachment_ids": [2**62]}, None),
        ({"requester": {"email": "nobody"}, "requester_id": None}, None),
    ],
)
def test_values_that_cannot_be_accepted_change_nothing(program, support, wrong, field):
    body = new(support) | wrong
    if body["requester_id"] is None:
        del body["requester_id"]
    before = Event.objects.count()
    answer = program.post("/tickets", body)
    assert (answer.status_code, answer.problem) == (422, "refused"), answer.content
    if field:
        assert field in [each["field"] for each in answer.json["errors"]]
    assert Ticket.objects.count() == 0
    assert Event.objects.count() == before


def test_the_same_creation_sent_twice_makes_one_ticket(program, support):
    body = new(support)
    first = program.post("/tickets", body, Idempotency_Key="k1")
    again = program.post("/tickets", body, Idempotency_Key="k1")
    assert first.json == again.json
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.headers["Location"] == first.headers["Location"]
    assert Ticket.objects.count() == 1
    other = program.post("/tickets", body | {"subject": "Another"}, Idempotency_Key="k1")
    assert (other.status_code, other.problem) == (422, "key-reused")
    assert Ticket.objects.count() == 1


def test_many_things_are_changed_in_one_call(program, ticket, anna):
    answer = program.patch(
        f"/tickets/{ticket.pk}",
        {"subject": "New", "kind": "incident", "impact": 1, "urgency": 1, "assignee_id": anna.pk, "tags": ["b", "a"],
         "owner_id": anna.pk, "version": ticket.version},
    )  # fmt: skip
    assert answer.status_code == 200, answer.content
    row = make.reload(ticket)
    assert (row.subject, row.kind.code, row.assignee_id, row.tags) == ("New", "incident", anna.pk, ["a", "b"])
    assert (answer.json["subject"], answer.json["version"], answer.json["tags"]) == ("New", row.version, ["a", "b"])
    assert answer.json["priority"] == row.priority.code


def test_all_is_changed_or_nothing(program, ticket, anna):
    answer = program.patch(f"/tickets/{ticket.pk}", {"subject": "New", "assignee_id": 2**62})
    assert answer.problem == "refused"
    assert make.reload(ticket).subject == ticket.subject
    assert program.patch(f"/tickets/{ticket.pk}", {}).problem == "refused"


@pytest.mark.parametrize("body", [{"subject": "New"}, {"tags": ["a"]}, {"subject": "New", "tags": ["a"]}])
def test_a_change_of_an_older_version_is_stopped(program, ticket, body):
    stale = ticket.version
    program.patch(f"/tickets/{ticket.pk}", {"subject": "Meanwhile"})
    answer = program.patch(f"/tickets/{ticket.pk}", body | {"version": stale})
    assert (answer.status_code, answer.problem) == (409, "conflict")
    assert (make.reload(ticket).subject, make.reload(ticket).tags) == ("Meanwhile", [])


def test_changes_bound_to_a_version_happen_to_no_other(program, ticket):
    read = program.get(f"/tickets/{ticket.pk}").headers["ETag"]
    changed = program.patch(f"/tickets/{ticket.pk}", {"subject": "Newer"}, If_Match=read)
    assert changed.status_code == 200
    assert changed.headers["ETag"] != read
    refused = [
        program.patch(f"/tickets/{ticket.pk}", {"subject": "Newest"}, If_Match=read),
        program.post(f"/tickets/{ticket.pk}/state", {"state": "in_progress"}, If_Match=f"W/{changed.headers['ETag']}"),
        program.post(f"/tickets/{ticket.pk}/notes", {"text": "A note."}, If_Match='"0", "1000"'),
        program.call("PUT", f"/tickets/{ticket.pk}/watch", headers={"If-Match": "nonsense"}),
    ]
    assert {(answer.status_code, answer.problem) for answer in refused} == {(412, "precondition-failed")}
    assert refused[0].headers["ETag"] == changed.headers["ETag"]
    assert make.reload(ticket).subject == "Newer"
    for any_of in (f'"0", {changed.headers["ETag"]}', "*"):
        assert program.post(f"/tickets/{ticket.pk}/notes", {"text": "A note."}, If_Match=any_of).status_code == 201
    assert program.patch("/tickets/99999999", {"subject": "None"}, If_Match="*").status_code == 404


@pytest.mark.parametrize("given", ["", " ", "é", '"' * 1001])
def test_an_if_match_that_names_no_version_is_no_request(program, ticket, given):
    answer = program.patch(f"/tickets/{ticket.pk}", {"subject": "Newer"}, If_Match=given)
    assert (answer.status_code, answer.problem) == (400, "invalid-request")
    assert answer.json["errors"][0]["field"] == "If-Match"
    assert make.reload(ticket).subject == ticket.subject


def test_an_upload_sent_twice_with_a_key_is_kept_once(program):
    def send(content, key="upload-1"):
        return program.upload(SimpleUploadedFile("a.txt", content, content_type="text/plain"), Idempotency_Key=key)

    first, again, other, new = send(b"bytes"), send(b"bytes"), send(b"other"), send(b"bytes", "upload-2")
    assert (first.status_code, again.json) == (201, first.json)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (other.status_code, other.problem) == (422, "key-reused")
    assert new.json["id"] != first.json["id"]


def test_a_state_asks_for_its_fields(program, ticket):
    path = f"/tickets/{ticket.pk}/state"
    program.post(path, {"state": "in_progress"})
    refused = program.post(path, {"state": "resolved"})
    assert [each["field"] for each in refused.json["errors"]] == ["resolution"]
    answer = program.post(path, {"state": "resolved", "resolution": "New toner."})
    assert (answer.json["state"], answer.json["resolution"]) == ("resolved", "New toner.")
    assert answer.json["resolved_at"]


def test_replies_notes_and_a_newer_message(program, ticket):
    note = program.post(f"/tickets/{ticket.pk}/notes", {"text": "Ask her."})
    assert (note.status_code, note.json["kind"], note.json["direction"]) == (201, "note", "internal")
    seen = note.json["id"]
    reply = program.post(f"/tickets/{ticket.pk}/replies", {"text": "Try this.", "seen_message_id": seen})
    assert (reply.json["direction"], reply.json["channel"]) == ("out", "email")
    assert [each["address"] for each in reply.json["to"]] == [ticket.requester.email]
    late = program.post(f"/tickets/{ticket.pk}/replies", {"text": "Or this.", "seen_message_id": seen})
    assert (late.status_code, late.problem) == (409, "conflict")
    silent = program.post(f"/tickets/{ticket.pk}/replies", {"text": "For the portal.", "to": []})
    assert (silent.json["channel"], silent.json["delivery_state"]) == ("api", "none")


def test_links_participants_watchers_and_reading(program, support, ticket):
    other, client = make.ticket(support), make.person("Client")
    linked = program.post(f"/tickets/{ticket.pk}/links", {"ticket_id": other.pk, "kind": "child_of"})
    assert linked.status_code == 201
    assert program.put(f"/tickets/{ticket.pk}/participants/{client.pk}", {"role": "to"}).status_code == 204
    assert program.put(f"/tickets/{ticket.pk}/watch").status_code == 204
    assert program.put(f"/tickets/{ticket.pk}/read").status_code == 204
    read = program.get(f"/tickets/{ticket.pk}").json
    assert [(each["ticket_id"], each["kind"]) for each in read["links"]] == [(other.pk, "child_of")]
    assert [each["user"]["id"] for each in read["participants"]] == [client.pk]
    assert read["is_watching"]
    assert read["read_up_to"] == read["last_message_id"]
    assert program.delete(f"/tickets/{make.ticket(support).pk}/links/{linked.json['id']}").problem == "not-found"
    for path in ("watch", "read", f"links/{linked.json['id']}", f"participants/{client.pk}"):
        assert program.delete(f"/tickets/{ticket.pk}/{path}").status_code == 204
    read = program.get(f"/tickets/{ticket.pk}").json
    assert (read["links"], read["participants"], read["is_watching"], read["read_up_to"]) == ([], [], False, 0)
    tickets.change_state(SYSTEM, ticket.pk, "cancelled", reason="Spam")
    closed = program.get(f"/tickets/{ticket.pk}").json
    assert closed["read_up_to"] == closed["last_message_id"]
    assert program.delete(f"/tickets/{ticket.pk}/read").problem == "refused"


def test_merge_undo_split_transfer_and_refer(program, support, ticket):
    other, finance = make.ticket(support), make.department("Finance")
    merged = program.post(f"/tickets/{other.pk}/merge", {"target_id": ticket.pk})
    assert merged.status_code == 201
    assert make.reload(other).merged_into_id == ticket.pk
    assert program.delete(f"/merges/{merged.json['id']}").status_code == 204
    assert make.reload(other).merged_into_id is None
    split = program.post(f"/tickets/{ticket.pk}/split", {"message_id": make.first_message(ticket).pk})
    assert split.json["id"] != ticket.pk
    referred = program.post(f"/tickets/{ticket.pk}/referrals", {"department_id": finance.pk, "reason": "Invoice"})
    assert referred.status_code == 201
    assert program.delete(f"/tickets/{ticket.pk}/referrals/{referred.json['id']}").status_code == 204
    handed = program.post(f"/tickets/{ticket.pk}/transfer", {"department_id": finance.pk, "note": "Yours."})
    assert handed.json == {"ticket_id": ticket.pk, "department_id": finance.pk, "still_visible": False}
    assert program.get(f"/tickets/{ticket.pk}").problem == "not-found"


def test_many_tickets_are_changed_and_failures_named(program, support, ticket):
    hidden = make.ticket(make.department("Finance"))
    answer = program.post("/tickets/bulk", {"ticket_ids": [ticket.pk, hidden.pk], "add_tags": ["outage"]})
    assert answer.json["done"] == [ticket.pk]
    assert [each["ticket_id"] for each in answer.json["failed"]] == [hidden.pk]
    assert (make.reload(ticket).tags, make.reload(hidden).tags) == (["outage"], [])
    assert program.post("/tickets/bulk", {"ticket_ids": [ticket.pk]}).problem == "refused"


def test_what_the_caller_asks_themselves(support):
    client = make.person("Client")
    from deskbell.kernel.api import SYSTEM, change
    from deskbell.people.api import TOKENS_FOR_CUSTOMERS

    change(SYSTEM, TOKENS_FOR_CUSTOMERS.name, True)
    program = Program(client)
    made = program.post("/my/tickets", {"subject": "Printer", "text": "It blinks.", "department_id": support.pk})
    assert made.status_code == 201, made.content
    pk = made.json["id"]
    agent = make.viewer(make.colleague(support, "head"))
    tickets.add_note(agent, pk, tickets.MessageContent(text="Secret"))
    tickets.reply(agent, pk, tickets.MessageContent(text="Try this"))
    texts = [each["text"] for each in program.get(f"/my/tickets/{pk}/messages").json["items"]]
    assert texts == ["It blinks.", "Try this"]
    written = program.post(f"/my/tickets/{pk}/messages", {"text": "It works"})
    assert (written.json["ticket_id"], written.json["is_new_ticket"]) == (pk, False)
    assert program.post(f"/my/tickets/{pk}/close", {"text": ""}).json["state_category"] in {"closed", "resolved"}
    assert [each["id"] for each in program.get("/my/tickets", state="ended").json["items"]] == [pk]
    assert program.get("/vocabulary").json["transitions"] == []


WRITES = {
    "create a ticket": ("POST", "/tickets", lambda desk: new(desk["support"])),
    "create a ticket once": ("POST", "/tickets", lambda desk: new(desk["support"])),
    "change the subject": ("PATCH", "/tickets/{ticket}", lambda _desk: {"subject": "New"}),
    "assign": ("PATCH", "/tickets/{ticket}", lambda desk: {"assignee_id": desk["anna"].pk}),
    "classify": ("PATCH", "/tickets/{ticket}", lambda _desk: {"impact": 1, "urgency": 1}),
    "change much": (
        "PATCH",
        "/tickets/{ticket}",
        lambda desk: {"subject": "N", "impact": 1, "assignee_id": desk["anna"].pk, "tags": ["a"]},
    ),
    "change the state": ("POST", "/tickets/{ticket}/state", lambda _desk: {"state": "in_progress"}),
    "reply": ("POST", "/tickets/{ticket}/replies", lambda _desk: {"text": "Try this."}),
    "note": ("POST", "/tickets/{ticket}/notes", lambda _desk: {"text": "Ask her."}),
    "note that mentions": (
        "POST",
        "/tickets/{ticket}/notes",
        lambda desk: {"text": "Ask her.", "mentioned": [desk["anna"].pk]},
    ),
    "reply once": ("POST", "/tickets/{ticket}/replies", lambda _desk: {"text": "Try this."}),
    "change the people": (
        "PATCH",
        "/tickets/{ticket}",
        lambda desk: {"requester_id": make.person("Other").pk, "owner_id": desk["anna"].pk, "subject": "N"},
    ),
}


@pytest.mark.parametrize("name", WRITES)
def test_queries_of_writes(program, support, anna, ticket, name):
    method, path, body = WRITES[name]
    sent = body({"support": support, "anna": anna})
    headers = {"Idempotency-Key": "k1"} if name.endswith("once") else {}
    program.post("/tickets", new(support))  # what each process keeps is read
    with counts.check(f"API: {name}"):
        assert program.call(method, path.format(ticket=ticket.pk), sent, headers=headers).status_code in {200, 201}
