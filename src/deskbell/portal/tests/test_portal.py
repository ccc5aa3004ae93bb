"""What somebody who asks can do in the portal, and what comes of odd input."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from deskbell.kernel.api import SYSTEM, change, clock
from deskbell.kernel.testing import QueryCounts
from deskbell.people.tests.factories import agent, department, person, viewer
from deskbell.tickets import api as tickets

pytestmark = pytest.mark.django_db
counts = QueryCounts(__file__.rpartition("/")[0])
ODD = {
    "emoji": "The printer 🖨️ is 🔥",
    "right to left": "\u202eevil\u202c file",
    "sql": "'; DROP TABLE tickets_ticket; --",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "template": "{{ 7*7 }}{% raise %}",
    "chinese": "印表機壞了",
}


@pytest.fixture
def billing():
    return department("Billing")


@pytest.fixture
def anna():
    return person("Anna Kern", time_zone="Asia/Taipei")


def ask(browser, where, **values):
    sent = {"department": where.pk, "kind": "question", "subject": "Invoice", "text": "It is wrong.", **values}
    return browser.post("/portal/tickets/new/", sent)


def newest() -> tickets.Ticket:
    return tickets.Ticket.objects.latest("pk")


def test_a_new_ticket_is_made_with_its_files(as_, anna, billing):
    browser = as_(anna)
    file = SimpleUploadedFile("rechnung \u202efdp.exe", b"%PDF", content_type="application/pdf")
    response = ask(browser, billing, files=[file])
    ticket = newest()
    assert response["Location"] == f"/portal/tickets/{ticket.pk}/"
    page = browser.get(response["Location"]).content.decode()
    assert "It is wrong." in page
    assert "<bdi>rechnung" in page
    assert "Billing has it. Somebody reads it next" in page
    attachment = tickets.Attachment.objects.get(message__ticket=ticket)
    answer = browser.get(f"/portal/attachments/{attachment.pk}/")
    assert b"".join(answer.streaming_content) == b"%PDF"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize("name", sorted(ODD))
def test_odd_text_is_kept_as_it_is_and_shown_harmlessly(as_, anna, billing, name):
    browser = as_(anna)
    assert ask(browser, billing, subject=ODD[name], text=ODD[name]).status_code == 303
    ticket = newest()
    assert ticket.subject == ODD[name]
    assert tickets.Message.objects.get(ticket=ticket).text == ODD[name]
    page = browser.get(f"/portal/tickets/{ticket.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert browser.get("/portal/tickets/", {"q": ODD[name]}).status_code == 200


def test_a_nul_is_refused_with_a_word(as_, anna, billing):
    response = ask(as_(anna), billing, subject="a\x00b")
    assert response.status_code == 422
    assert "Null characters" in response.content.decode()
    assert not tickets.Ticket.objects.exists()


def test_ten_megabytes_of_text_are_refused_and_nothing_is_made(as_, anna, billing):
    response = ask(as_(anna), billing, text="x" * 10_000_000)
    assert response.status_code in (413, 422)
    assert not tickets.Ticket.objects.exists()


def test_too_long_a_text_is_refused_and_kept_in_the_form(as_, anna, billing):
    response = ask(as_(anna), billing, text="y" * 200_001)
    assert response.status_code == 422
    body = response.content.decode()
    assert "too long: at most 200000 characters" in body
    assert "y" * 200_001 in body


def test_megabytes_of_text_do_not_come_back_to_the_browser(as_, anna, billing):
    response = ask(as_(anna), billing, text="y" * 5_000_000)
    assert response.status_code == 422
    body = response.content.decode()
    assert "far too long: at most 200000 characters" in body
    assert "y" * 900_000 in body
    assert len(body) < 1_100_000
    assert not tickets.Ticket.objects.exists()


def test_a_file_over_the_limit_is_named_and_the_rest_is_kept(as_, anna, billing):
    change(SYSTEM, "tickets.attachment_mb", 1)
    files = [SimpleUploadedFile("big.bin", b"0" * 1_100_000), SimpleUploadedFile("small.txt", b"fine")]
    response = ask(as_(anna), billing, files=files)
    body = response.content.decode()
    assert response.status_code == 422
    assert "“big.bin” is larger than 1 MB" in body
    kept = re.search(r'name="files" value="(\d+)" checked', body).group(1)
    assert not tickets.Ticket.objects.exists()
    again = ask(as_(anna), billing, files=[kept])
    assert again.status_code == 303
    assert tickets.Attachment.objects.get(message__ticket=newest()).name == "small.txt"


@pytest.mark.parametrize(
    "query",
    [
        "after=zzz",
        "after=" + "A" * 3000,
        "after=%00",
        "state=%27",
        "scope=organisation",
        "q=%00",
        "q=%F0%9F%98%80",
        "state=all&after=W10",
        "q=" + "x" * 5000,
    ],
)
def test_odd_query_strings_give_a_page(as_, anna, query):
    assert as_(anna).get(f"/portal/tickets/?{query}").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/portal/tickets/9223372036854775808/",
        "/portal/tickets/99999999999999999999999/",
        "/portal/tickets/0/",
        "/portal/attachments/99999999999999999999/",
    ],
)
def test_numbers_that_are_none_are_not_found(as_, anna, address):
    assert as_(anna).get(address).status_code == 404


def test_an_answer_goes_into_the_ticket_and_a_missing_one_is_asked_for(as_, anna, billing):
    browser = as_(anna)
    ask(browser, billing)
    ticket = newest()
    assert browser.post(f"/portal/tickets/{ticket.pk}/answer/", {"text": "  "}).status_code == 422
    assert browser.post(f"/portal/tickets/{ticket.pk}/answer/", {"text": "More"}).status_code == 303
    assert [each.text for each in ticket.messages.order_by("pk")] == ["It is wrong.", "More"]


def test_a_draft_is_kept_and_offered_again(as_, anna, billing):
    browser = as_(anna)
    ask(browser, billing)
    address = f"/portal/tickets/{newest().pk}/"
    assert browser.post(f"{address}draft/", {"text": "Half a thought"}).status_code == 204
    assert "Half a thought" in browser.get(address).content.decode()
    browser.post(f"{address}answer/", {"text": "Whole"})
    assert "Half a thought" not in browser.get(address).content.decode()


def test_a_draft_of_a_new_ticket_is_kept(as_, anna, billing):
    browser = as_(anna)
    browser.post(
        "/portal/tickets/new/draft/", {"subject": "Kept subject", "text": "Kept text", "department": billing.pk}
    )
    page = browser.get("/portal/tickets/new/").content.decode()
    assert "Kept subject" in page
    assert "Kept text" in page


def test_closing_and_reopening(as_, anna, billing):
    browser = as_(anna)
    ask(browser, billing)
    ticket = newest()
    address = f"/portal/tickets/{ticket.pk}/"
    browser.post(f"{address}close/")
    ticket.refresh_from_db()
    assert not ticket.is_open
    assert "Reopen" in browser.get(address).content.decode()
    browser.post(f"{address}answer/", {"text": "Still wrong"})
    ticket.refresh_from_db()
    assert ticket.is_open
    assert ticket.reopen_count == 1


def test_after_too_long_a_new_linked_ticket_is_offered_and_filled_in(as_, anna, billing):
    browser = as_(anna)
    ask(browser, billing)
    old = newest()
    browser.post(f"/portal/tickets/{old.pk}/close/")
    with clock.moved_to(clock.now() + timedelta(days=60)):
        browser.force_login(anna)
        page = browser.get(f"/portal/tickets/{old.pk}/").content.decode()
        assert "closed long ago" in page
        form = browser.get(f"/portal/tickets/new/?follows={old.pk}").content.decode()
        assert 'value="Invoice"' in form
        assert f"ticket #{old.pk}" in form
        assert ask(browser, billing, follows=old.pk).status_code == 303
    made = newest()
    assert made.pk != old.pk
    assert (
        tickets.TicketLink.objects.filter(source=made, target=old).exists()
        or tickets.TicketLink.objects.filter(source=old, target=made).exists()
    )


def test_custom_fields_of_the_portal_are_asked_and_checked(as_, anna, billing):
    row = {
        "code": "machine",
        "label": "Machine",
        "type": "choice",
        "choices": ["A", "B"],
        "in_portal": True,
        "is_required": True,
        "kinds": ["incident"],
    }
    tickets.CustomField.objects.create(**row)
    browser = as_(anna)
    assert "Machine" not in browser.get("/portal/tickets/new/?kind=question").content.decode()
    assert "Machine" in browser.get("/portal/tickets/new/?kind=incident").content.decode()
    assert ask(browser, billing, kind="incident").status_code == 422
    assert ask(browser, billing, kind="incident", custom_machine="C").status_code == 422
    assert ask(browser, billing, kind="incident", custom_machine="B").status_code == 303
    assert newest().custom == {"machine": "B"}
    assert "Machine" in browser.get(f"/portal/tickets/{newest().pk}/").content.decode()


def test_a_department_closed_to_the_portal_is_not_offered_nor_taken(as_, anna, billing):
    hidden = department("Board", takes_portal_tickets=False)
    browser = as_(anna)
    assert "Board" not in browser.get("/portal/tickets/new/").content.decode()
    assert ask(browser, hidden).status_code == 422
    assert not tickets.Ticket.objects.exists()


def test_without_any_department_the_page_says_what_to_do(as_, anna):
    assert "No department takes tickets here yet" in as_(anna).get("/portal/tickets/new/").content.decode()


def test_times_are_in_the_readers_own_zone(as_, anna, billing):
    from datetime import UTC, datetime

    with clock.moved_to(datetime(2026, 11, 21, 20, 30, tzinfo=UTC)):
        browser = as_(anna)
        ask(browser, billing)
        assert "04:30" in browser.get(f"/portal/tickets/{newest().pk}/").content.decode()


def test_the_list_pages_by_key(as_, anna, billing):
    browser = as_(anna)
    for number in range(27):
        ask(browser, billing, subject=f"Ticket no {number:02}")
    first = browser.get("/portal/tickets/").content.decode()
    assert first.count('class="item') >= 25
    link = re.search(r'href="([^"]+after=[^"]+)"[^>]*rel="next"', first).group(1).replace("&amp;", "&")
    second = browser.get(link).content.decode()
    assert "Ticket no 01" in second
    assert "Ticket no 26" not in second


def test_htmx_gets_the_conversation_alone(as_, anna, billing):
    browser = as_(anna)
    ask(browser, billing)
    part = browser.get(f"/portal/tickets/{newest().pk}/", headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    body = part.content.decode()
    assert body.lstrip().startswith('<div id="conversation"')
    assert "<html" not in body


def test_the_number_of_queries_of_each_page_is_known(as_, anna, billing):
    browser = as_(anna)
    tom = agent(where=billing)
    for _each in range(3):
        ask(browser, billing)
    ticket = newest()
    for text in ("One", "Two"):
        tickets.reply(viewer(tom), ticket.pk, tickets.MessageContent(text=text))
    pages = {
        "home": "/portal/",
        "list": "/portal/tickets/",
        "ticket": f"/portal/tickets/{ticket.pk}/",
        "new": "/portal/tickets/new/",
    }
    for address in pages.values():
        browser.get(address)
    for name, address in pages.items():
        with counts.check(name):
            assert browser.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/portal/", "/portal/tickets/", "/portal/tickets/new/"])
def test_no_page_has_inline_style_or_script(as_, anna, billing, address):
    body = as_(anna).get(address).content.decode()
    assert not re.search(r"<[^>]+ (style|on[a-z]+)=", body)
    assert not re.search(r"<script(?![^>]*src=)[^>]*>\s*\S", body)
