"""The search box and the page of everything found: what is shown, to whom, and what bad questions get."""

from __future__ import annotations

import pytest

from deskbell.agent.tests.conftest import HTMX, ROLES, Desk
from deskbell.kernel.testing import QueryCounts
from deskbell.search import api as search
from deskbell.search import findables as registry
from deskbell.search.vocabulary import take_in_new_words
from deskbell.tickets import api as tickets
from deskbell.tickets.tests import factories as make

BOX, PAGE = "/desk/search/box/", "/desk/search/"
counts = QueryCounts(__file__.rsplit("/", 1)[0])


def box(desk: Desk, role: str, text: str) -> str:
    answer = desk.client(role).get(BOX, {"q": text})
    assert answer.status_code == 200
    return answer.content.decode()


def page(desk: Desk, role: str, text: str, **more: str) -> str:
    answer = desk.client(role).get(PAGE, {"q": text, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_box_shows_what_is_found_and_why(desk: Desk):
    html = box(desk, "agent", "firmware")
    assert f'href="/desk/tickets/{desk.ticket.pk}/?message={desk.note.pk}#m{desk.note.pk}"' in html
    assert "<mark>firmware</mark>" in html
    assert "Internal note" in html
    assert "Anna Kern" in html
    assert 'role="option"' in html


def test_people_and_organisations_stand_in_their_own_groups(desk: Desk):
    make.organisation("Kern & Töchter")
    html = box(desk, "agent", "kern")
    assert f'href="/desk/people/{desk.people["customer"].pk}/"' in html
    assert "Kern</mark> &amp; Töchter" in html


@pytest.mark.parametrize("role", [role for role in ROLES if role not in {"anonymous", "customer"}])
def test_what_one_may_not_see_is_not_even_counted(desk: Desk, role: str):
    take_in_new_words()
    for text in ("vpn drops", "firmware", str(desk.ticket.pk), "is:open", "from:kern", "firmwaer"):
        for html in (box(desk, role, text), page(desk, role, text, **{"in": "ticket"})):
            sees = role != "other"
            assert (f"/desk/tickets/{desk.ticket.pk}/" in html) == sees, text
            if not sees:
                assert "VPN" not in html
                assert "Tickets: " not in html


def test_a_word_of_another_department_does_not_correct_a_typing_error(desk: Desk):
    make.ticket(desk.here, subject="Quetzalcoatl", text="Quetzalcoatl quetzalcoatl.")
    for where in (BOX, PAGE):
        assert "quetzalcoatl" in desk.client("agent").get(where, {"q": "quetzalcoalt"}).content.decode().lower()
        assert "quetzalcoatl" not in desk.client("other").get(where, {"q": "quetzalcoalt"}).content.decode().lower()


def test_a_number_leads_straight_to_its_ticket(desk: Desk):
    for text in (f"#{desk.ticket.pk}", str(desk.ticket.pk)):
        answer = desk.client("agent").get(PAGE, {"q": text})
        assert answer.status_code == 303
        assert answer["Location"] == f"/desk/tickets/{desk.ticket.pk}/"
        assert desk.client("other").get(PAGE, {"q": text}).status_code == 200
    assert "Nothing found" in page(desk, "agent", "#987654321")


def test_filters_are_chips_that_can_be_taken_away(desk: Desk):
    html = page(desk, "agent", 'drops is:open from:"Anna Kern"')
    assert 'href="/desk/search/?q=drops+is%3Aopen"' in html
    assert "Remove this filter" in html
    assert f"/desk/tickets/{desk.ticket.pk}/" in html


def test_an_unknown_filter_names_the_known_ones(desk: Desk):
    for html in (page(desk, "agent", "colour:blue drops"), box(desk, "agent", "colour:blue drops")):
        assert "colour:" in html
        assert "state:" in html
        assert "banner warn" in html
    assert "Nobody is called" in page(desk, "agent", "from:nobodyhere")


def test_filters_and_their_values_are_offered_while_they_are_written(desk: Desk):
    assert 'data-text="drops state:"' in box(desk, "agent", "drops sta")
    assert 'data-text="is:unassigned "' in box(desk, "agent", "is:un")
    assert "unassigned" in box(desk, "agent", "is:")
    assert 'data-text="state:&#34;In progress&#34; "' in box(desk, "agent", "state:in")


def test_what_later_packages_register_appears_without_a_change_here(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(registry.findables, "_entries", dict(registry.findables._entries))
    hit = search.Hit("article", 7, None, (search.Part("How to "), search.Part("print", is_match=True)))

    def find(viewer, text, *, limit, offset):
        return search.Found(hits=[hit], total=1)

    shown = search.Shown("/articles/7/", hit.title)
    search.register_findable(
        search.Findable(
            "article", search.DESK, "Articles", "file-text", find, lambda hits: [shown for _hit in hits], rank=5
        )
    )
    for html in (box(desk, "agent", "print"), page(desk, "agent", "print")):
        assert html.index("Articles") < html.index("/articles/7/")
        assert "How to <mark>print</mark>" in html


def test_more_of_one_kind_is_a_page_of_its_own(desk: Desk):
    for index in range(23):
        make.person(f"Zenobia {index:02}")
    first = page(desk, "agent", "zenobia")
    assert "in=person" in first
    second = page(desk, "agent", "zenobia", **{"in": "person", "after": "20"})
    assert "22" in second
    assert "after=" not in second.split('id="results"')[1].split("pagination")[0]


@pytest.mark.parametrize(
    "text",
    ["", " ", "a", "\x00", "'\"\\", '"', "-", "--", "state:", "((|&!*:))", "x" * 10_000, "% _", "<script>alert(1)</script>", "from:\x00",
     "number:999999999999999999999", "created:yesterday", "#", "٣٤", "漢", "☃", "a:b:c", 'tag:"', "is:", "-is:open"],
)  # fmt: skip
def test_any_question_has_an_answer(desk: Desk, text: str):
    for html in (box(desk, "agent", text), page(desk, "agent", text, **{"in": "none'", "after": "-1"})):
        assert "<script>alert" not in html


def test_an_empty_page_says_how_to_ask(desk: Desk):
    html = page(desk, "agent", "")
    assert "What are you looking for?" in html
    assert "How to ask" in html
    assert "tag:vip" in html


def test_it_works_as_a_plain_form(desk: Desk):
    html = desk.client("agent").get("/desk/").content.decode()
    form = html.split("<find-box")[1].split("</form>")[0]
    assert 'method="get" action="/desk/search/"' in form
    assert 'name="q"' in form


def test_typing_costs_few_queries_however_much_is_found(desk: Desk):
    client = desk.client("agent")
    client.get(BOX, {"q": "minutes"})
    with counts.check("search, typing"):
        client.get(BOX, {"q": "minutes"})
    for index in range(8):
        make.ticket(desk.here, subject=f"It drops {index}", text="Some minutes ago.")
        make.person(f"Minutes {index}")
    client.get(BOX, {"q": "minutes"})
    with counts.check("search, typing"):
        client.get(BOX, {"q": "minutes"})


def test_a_file_that_is_not_searchable_says_so_at_the_file(desk: Desk):
    stored = make.stored(b"words " * 10)
    file = tickets.NewAttachment(stored, "plan.docx", "application/octet-stream")
    ticket = make.ticket(desk.here, content=tickets.MessageContent(text="See.", attachments=[file]))
    attachment = tickets.Attachment.objects.get(name="plan.docx")
    tickets.AttachmentText.objects.filter(file=stored).update(state="failed", problem="locked")
    address, words = f"/desk/attachments/{attachment.pk}/read/", "Text not searchable: it is locked with a password"
    for role in ("agent", "administrator"):
        html = desk.client(role).get(f"/desk/tickets/{ticket.pk}/").content.decode()
        assert words in html
        assert (address in html) == (role == "administrator")
    assert desk.client("agent").post(address, headers=HTMX).status_code == 403
    assert desk.client("other").post(address, headers=HTMX).status_code in {403, 404}
    assert tickets.AttachmentText.objects.get(file=stored).state == "failed"
    answer = desk.client("administrator").post(address, headers=HTMX)
    assert answer.status_code == 200
    assert words not in answer.content.decode()
    assert tickets.AttachmentText.objects.get(file=stored).state == "waiting"
