"""Reading through the API: what is there, in pages, in a constant number of queries."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from deskbell.kernel.testing import QueryCounts
from deskbell.tickets import api as tickets
from deskbell.tickets.tests import factories as make
from deskbell.tickets.tests.rest_client import Program

pytestmark = pytest.mark.django_db
counts = QueryCounts(__file__.rpartition("/")[0])


@pytest.fixture
def support():
    return make.department("Support")


@pytest.fixture
def anna(support):
    return make.colleague(support, "lead", "Anna")


@pytest.fixture
def program(anna):
    found = Program(anna)
    found.get("/tickets", limit=1)  # notes that the token was used, which is written once a minute
    return found


def test_a_list_goes_on_where_its_page_ended(program, support):
    made = [make.ticket(support, subject=f"Number {number}") for number in range(5)]
    first = program.get("/tickets", limit=2, sort="oldest")
    second = program.get("/tickets", limit=2, sort="oldest", cursor=first.json["next"])
    third = program.get("/tickets", limit=2, sort="oldest", cursor=second.json["next"])
    assert [row["id"] for page in (first, second, third) for row in page.json["items"]] == [row.pk for row in made]
    assert third.json["next"] is None


def test_a_cursor_is_for_the_same_filters(program, support):
    for _number in range(3):
        make.ticket(support)
    cursor = program.get("/tickets", limit=1).json["next"]
    assert program.get("/tickets", limit=1, cursor=cursor).status_code == 200
    assert program.get("/tickets", limit=1, cursor=cursor, sort="oldest").problem == "invalid-cursor"
    assert program.get("/tickets", limit=1, cursor="aGVsbG8").problem == "invalid-cursor"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "toner"}, ["Toner"]),
        ({"tag": "Paper"}, ["Tagged"]),
        ({"kind": "incident"}, ["Broken"]),
        ({"assignee": "none", "tag": "paper"}, ["Tagged"]),
        ({"assignee": "me"}, []),
        ({"status": "any", "kind": "complaint"}, []),
        ({"priority": "no-such", "status": "any"}, []),
        ({"created_from": "2100-01-01T00:00:00Z"}, []),
        ({"custom": "asset:PC-12"}, []),
    ],
)
def test_filters(program, support, query, found):
    make.ticket(support, subject="Toner")
    make.ticket(support, subject="Tagged", tags=["paper"])
    make.ticket(support, subject="Broken", kind="incident")
    assert [row["subject"] for row in program.get("/tickets", **query).json["items"]] == found


@pytest.mark.parametrize(
    "query",
    [
        {"q": "a" * 10_000},
        {"q": "a\0b"},
        {"colour": "red"},
        {"status": "openish"},
        {"assignee": "99999999999999999999"},
        {"department": "-1"},
        {"sort": "subject"},
        {"created_from": "yesterday"},
        {"custom": "asset"},
        {"tag": "x" * 61},
        {"limit": "101"},
    ],
)
def test_filters_that_do_not_fit(program, query):
    answer = program.get("/tickets", **query)
    assert (answer.status_code, answer.problem) == (400, "invalid-request")
    assert answer.json["errors"][0]["in"] == "query"


@pytest.mark.parametrize("words", ["a' OR 1=1 --", '"', "((", "!!&|", "\\", "%_", "from:", "<->", ":*", "'\"\u202e"])
def test_any_words_can_be_asked(program, support, words):
    make.ticket(support)
    assert program.get("/tickets", q=words).status_code == 200
    assert program.get("/search", q=words).status_code == 200


def test_a_ticket_with_all_around_it(program, support, anna):
    row = make.ticket(support, subject="Printer", tags=["paper"])
    answer = program.get(f"/tickets/{row.pk}")
    assert answer.json["subject"] == "Printer"
    assert answer.json["requester"]["id"] == answer.json["requester_id"] == row.requester_id
    assert answer.json["department"] == {"id": support.pk, "name": "Support"}
    assert "ticket.work" in answer.json["may"]
    assert {each["state"] for each in answer.json["next_states"]}
    assert answer.json["created_at"].endswith("Z")
    assert answer.headers["ETag"] == f'"{row.version}"'
    assert "reply_token" not in answer.content.decode()


def test_search_finds_by_number(program, support):
    row = make.ticket(support, subject="Printer")
    assert [each["id"] for each in program.get("/search", q=f"#{row.pk}").json["items"]] == [row.pk]
    assert program.get("/search").problem == "invalid-request"


def test_search_says_why_and_what_it_could_not_use(program, support):
    row = make.ticket(support, subject="Printer", text="The printers are on fire.")
    make.ticket(support, subject="Another printer")
    first = program.get("/search", q="printers from:nobodyatall", limit=1).json
    assert (first["total"], len(first["items"]), len(first["problems"])) == (2, 1, 1)
    again = program.get("/search", q="printers from:nobodyatall", limit=1, cursor=first["next"]).json
    assert {first["items"][0]["subject"], again["items"][0]["subject"]} == {"Printer", "Another printer"}
    assert again["next"] is None
    answer = program.get("/search", q="priners fire").json
    assert answer["corrections"] == [{"asked": "priners", "found": "printers"}]
    (hit,) = answer["items"]
    assert (hit["id"], hit["match"]["place"]) == (row.pk, "message")
    assert [part["text"] for part in hit["match"]["excerpt"] if part["is_match"]] == ["printers", "fire"]
    assert "".join(part["text"] for part in hit["match"]["title"]) == "Printer"


def test_a_searched_queue_says_what_it_could_not_use_or_left_out(support, anna, monkeypatch):
    monkeypatch.setattr("deskbell.tickets.queries.conditions.MOST_IDS", 1)
    make.ticket(support, subject="Printer")
    wanted = tickets.QueueFilter(text="printer from:nobodyatall")
    assert len(tickets.queue(make.viewer(anna), wanted).problems) == 2


def test_messages_come_in_both_orders_with_their_attachments(program, support, anna):
    row = make.ticket(support, text="First")
    viewer = make.viewer(anna)
    tickets.add_note(viewer, row.pk, tickets.MessageContent(text="Second"))
    kept = tickets.upload_attachment(viewer, "a.txt", "text/plain", b"bytes")
    tickets.add_note(viewer, row.pk, tickets.MessageContent(text="Third", attachment_ids=[kept.pk]))
    page = program.get(f"/tickets/{row.pk}/messages", limit=2)
    rest = program.get(f"/tickets/{row.pk}/messages", limit=2, cursor=page.json["next"])
    assert [each["text"] for each in page.json["items"] + rest.json["items"]] == ["First", "Second", "Third"]
    assert rest.json["items"][0]["attachments"][0]["size"] == 5
    newest = program.get(f"/tickets/{row.pk}/messages", order="newest", limit=1)
    assert newest.json["items"][0]["text"] == "Third"
    assert newest.json["items"][0]["author"] == {"id": anna.pk, "name": "Anna"}
    one = program.get(f"/messages/{newest.json['items'][0]['id']}")
    assert one.json == newest.json["items"][0]


def test_the_timeline_folds_changes_between_messages(program, support, anna):
    row = make.ticket(support, text="First")
    tickets.assign(make.viewer(anna), row.pk, anna.pk)
    items = program.get(f"/tickets/{row.pk}/timeline").json["items"]
    assert [item["message"]["text"] for item in items if item["message"]] == ["First"]
    assert [change["actor"] for item in items for change in item["changes"]] == ["Deskbell", "Anna"]


def test_a_file_goes_up_and_comes_down_as_a_download(program):
    sent = program.upload(SimpleUploadedFile("../évil\r\n.html", b"<script>", content_type="text/html"))
    assert sent.status_code == 201
    assert sent.json["message_id"] is None
    got = program.get(f"/attachments/{sent.json['id']}/content")
    assert b"".join(got.streaming_content) == b"<script>"
    assert got.headers["Content-Type"] == "application/octet-stream"
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["Content-Length"] == "8"
    assert "sandbox" in got.headers["Content-Security-Policy"]
    assert program.delete(f"/attachments/{sent.json['id']}").status_code == 204
    assert program.get(f"/attachments/{sent.json['id']}").problem == "not-found"


def test_a_body_that_is_no_upload(program):
    assert program.post("/attachments", {"file": "x"}).problem == "unsupported-media-type"


def test_the_vocabulary_names_what_tickets_can_be_called(program, support):
    make.ticket(support, tags=["paper"])
    known = program.get("/vocabulary").json
    assert {"code": "incident", "name": "Incident"}.items() <= next(
        each for each in known["kinds"] if each["code"] == "incident"
    ).items()
    assert len(known["matrix"]) == 9
    assert known["transitions"]
    assert known["states"][0]["category"] == "new"
    assert program.get("/tags", q="pa").json["items"] == [{"name": "paper", "count": 1}]


CALLS = {
    "list tickets": "/tickets?limit=50",
    "list tickets searched": "/tickets?q=printer",
    "get a ticket": "/tickets/{ticket}",
    "search": "/search?q=printer",
    "list messages": "/tickets/{ticket}/messages",
    "timeline": "/tickets/{ticket}/timeline",
    "ticket events": "/tickets/{ticket}/events",
    "follow events": "/events?since=0",
    "get a message": "/messages/{message}",
    "my tickets": "/my/tickets",
    "vocabulary": "/vocabulary",
    "tags": "/tags",
}


@pytest.mark.parametrize("name", CALLS)
def test_queries_do_not_grow_with_the_rows(program, support, anna, name):
    viewer = make.viewer(anna)

    def more():
        row = make.ticket(support, requester=make.person("Client"))
        tickets.assign(viewer, row.pk, anna.pk)
        for number in range(2):
            kept = tickets.upload_attachment(viewer, "a.txt", "text/plain", b"bytes")
            tickets.add_note(viewer, row.pk, tickets.MessageContent(text=f"Note {number}", attachment_ids=[kept.pk]))
        return row

    row = more()
    path = CALLS[name].format(ticket=row.pk, message=make.reload(row).last_message_id)
    program.call("GET", path)
    for _times in range(2):
        with counts.check(f"API: {name}"):
            assert program.call("GET", path).status_code == 200
        more()
