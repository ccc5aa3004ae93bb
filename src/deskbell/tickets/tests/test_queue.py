from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskbell.kernel.api import ANONYMOUS, SYSTEM, NotAllowed, Viewer, clock, reference
from deskbell.kernel.testing import QueryCounts, queries_of
from deskbell.people.api import Department
from deskbell.tickets import api as tickets
from deskbell.tickets.queries.paging import ORDERS, Place, read_cursor
from deskbell.tickets.tests import factories as make

pytestmark = pytest.mark.django_db
Filter = tickets.QueueFilter
counts = QueryCounts(__file__.rsplit("/", 1)[0])
START = datetime(2026, 1, 1, tzinfo=UTC)


def ids(viewer: Viewer, wanted: Filter | None = None, **values: Any) -> list[int]:
    return [row.id for row in tickets.queue(viewer, wanted or Filter(**values)).rows]


def some(where: Department, number: int, **values: Any) -> list[tickets.Ticket]:
    found = []
    with clock.moved_to(START) as moved:
        for _index in range(number):
            moved.advance(timedelta(hours=1))
            found.append(make.ticket(where, **values))
    return found


def walk(viewer: Viewer, wanted: Filter, size: int) -> list[list[int]]:
    pages, after = [], None
    while True:
        page = tickets.queue(viewer, wanted, after=after, size=size)
        pages.append([row.id for row in page.rows])
        if page.next is None:
            return pages
        after = page.next


@pytest.mark.parametrize("sort", list(tickets.SORTS))
def test_pages_follow_one_another_forwards_and_backwards_in_every_order(sort: str) -> None:
    it, finance = make.department(), make.department()
    viewer = make.colleague(it)
    make.give_role(viewer, "agent", finance)
    maria = make.viewer(viewer)
    rows = some(it, 4) + some(finance, 3)
    tickets.classify(maria, rows[2].pk, impact=1, urgency=1)
    tickets.reply(maria, rows[1].pk, tickets.MessageContent(text="x"))
    tickets.change_state(
        maria, rows[5].pk, "waiting", follow_up_at=clock.now() + timedelta(days=1),
        waiting_reason_id=tickets.WaitingReason.objects.all()[0].pk,
    )  # fmt: skip
    wanted = Filter(sort=sort)
    whole = ids(maria, wanted)
    assert sorted(whole) == sorted(row.pk for row in rows)
    pages = walk(maria, wanted, 2)
    assert [pk for page in pages for pk in page] == whole
    second = tickets.queue(maria, wanted, after=tickets.queue(maria, wanted, size=2).next, size=2)
    back = tickets.queue(maria, wanted, before=second.previous, size=2)
    assert [row.id for row in back.rows] == whole[:2]
    assert back.previous is None
    assert back.next is not None


def test_the_orders_say_what_they_do() -> None:
    it = make.department()
    maria = make.viewer(make.colleague(it))
    first, second, third = some(it, 3)
    tickets.classify(maria, second.pk, impact=1, urgency=1)
    tickets.reply(maria, first.pk, tickets.MessageContent(text="x"))
    assert ids(maria, sort="recent")[0] == first.pk
    assert ids(maria, sort="oldest") == [first.pk, second.pk, third.pk]
    assert ids(maria, sort="created") == [third.pk, second.pk, first.pk]
    assert ids(maria, sort="priority")[0] == second.pk
    assert ids(maria, sort="waiting") == [second.pk, third.pk, first.pk]


def test_every_filter_narrows() -> None:
    it, finance = make.department("IT"), make.department("Finance")
    admin = make.viewer(make.colleague(None, "administrator"))
    firm = make.organisation()
    anna = make.person(organisation=firm)
    category = tickets.Category.objects.get(name="Printer")
    field = tickets.save_custom_field(admin, None, code="room", label="Room", type="integer")
    one = make.ticket(it, anna, kind="incident", category_id=category.pk, tags=["vip"], custom={"room": 7})
    two = make.ticket(finance, kind="request")
    tickets.take(admin, two.pk)
    assert field.code == "room"
    only_one: list[dict[str, Any]] = [
        {"departments": (it.pk,)}, {"assignees": (tickets.NOBODY,)}, {"requesters": (anna.pk,)},
        {"organisations": (firm.pk,)}, {"kinds": ("incident",)}, {"categories": (category.parent_id,)},
        {"tags": ("vip", "other")}, {"custom": {"room": "7"}}, {"view": "unassigned"}, {"text": anna.name},
    ]  # fmt: skip
    for values in only_one:
        assert ids(admin, **values) == [one.pk], values
    for values in ({"assignees": (tickets.ME,)}, {"kinds": ("request",)}, {"view": "mine"}):
        assert ids(admin, **values) == [two.pk], values
    nothing: tuple[dict[str, Any], ...] = (
        {"custom": {"room": "seven"}},
        {"custom": {"no": "1"}},
        {"states": ("closed",)},
        {"channels": ("phone",)},
    )
    for empty in nothing:
        assert ids(admin, **empty) == [], empty
    assert tickets.count(admin, Filter(tags=("vip",))) == 1


def test_the_view_of_my_departments_leaves_out_what_was_referred_to_me() -> None:
    it, finance = make.department(), make.department()
    maria = make.colleague(it)
    mine, theirs = make.ticket(it), make.ticket(finance)
    tickets.refer(SYSTEM, theirs.pk, user_id=maria.pk, reason="x")
    viewer = make.viewer(maria)
    assert set(ids(viewer)) == {mine.pk, theirs.pk}
    assert ids(viewer, view="departments") == [mine.pk]
    assert {key: tickets.view_counts(viewer)[key] for key in ("all", "departments")} == {"all": 2, "departments": 1}


def test_what_is_of_my_department_and_referred_to_me_counts_once_restricted_or_not() -> None:
    it, finance = make.department(), make.department()
    maria = make.colleague(it)
    ours, hidden, theirs = make.ticket(it), make.ticket(it), make.ticket(finance)
    tickets.Ticket.objects.filter(pk=hidden.pk).update(is_restricted=True)
    viewer = make.viewer(maria)
    assert tickets.view_counts(viewer)["all"] == 1
    for each in (ours, hidden, theirs):
        tickets.refer(SYSTEM, each.pk, user_id=maria.pk, reason="x")
    assert tickets.view_counts(viewer)["all"] == len(tickets.queue(viewer, tickets.QueueFilter()).rows) == 3


def test_a_count_and_its_list_agree_in_every_view() -> None:
    it = make.department()
    maria = make.viewer(make.colleague(it))
    rows = some(it, 3)
    tickets.take(maria, rows[0].pk)
    tickets.watch(maria, rows[1].pk)
    found = tickets.view_counts(maria)
    assert found == {view: len(ids(maria, view=view)) for view in tickets.VIEWS}
    assert found["mine"] == found["watched"] == 1


def test_nobody_without_a_department_gets_a_queue() -> None:
    for viewer in (ANONYMOUS, make.viewer(make.person())):
        with pytest.raises(NotAllowed):
            tickets.queue(viewer, Filter())
        assert set(tickets.view_counts(viewer).values()) == {0}


def test_an_unreadable_cursor_gives_the_first_page_and_says_so() -> None:
    it = make.department()
    maria = make.viewer(make.colleague(it))
    row = make.ticket(it)
    other = tickets.queue(maria, Filter(sort="oldest"), size=1)
    for cursor in ("x", "é", "W10", "AAAA", "[" * 5000, "WyJyZWNlbnQiLFsiMjAyNiJdLDFd", other.next or "W251bGxd"):
        page = tickets.queue(maria, Filter(), after=cursor)
        assert [each.id for each in page.rows] == [row.pk]
        assert page.problems


def test_queries_do_not_grow_with_the_desk() -> None:
    it, finance = make.department(), make.department()
    person = make.colleague(it)
    make.give_role(person, "agent", finance)
    maria = make.viewer(person)
    ticket = some(it, 3, text="common word")[0]
    asking = make.viewer(ticket.requester)
    # Without a link, a file and somebody else there is nothing to look up.
    tickets.link(maria, ticket.pk, make.ticket(it).pk, "related_to")
    tickets.reply(maria, ticket.pk, tickets.MessageContent(text="file", attachments=[_file(9)]))
    tickets.add_participant(maria, ticket.pk, make.person().pk)
    work = {
        "queue": lambda: tickets.queue(maria, Filter()),
        "queue searched": lambda: tickets.queue(maria, Filter(text="common")),
        "view counts": lambda: tickets.view_counts(maria),
        "ticket page": lambda: tickets.ticket_page(maria, ticket.pk),
        "timeline": lambda: tickets.timeline(maria, ticket.pk),
        "timeline of the portal": lambda: tickets.timeline(asking, ticket.pk),
        "requester card": lambda: tickets.requester_card(maria, ticket.pk),
        "assignable": lambda: tickets.assignable(maria, it.pk),
        "transfer targets": lambda: tickets.transfer_targets(maria),
        "form choices": lambda: tickets.form_choices(maria, it.pk),
        "mentionable": lambda: tickets.mentionable(maria, ticket.pk, "p"),
        "portal list": lambda: tickets.customer_tickets(asking),
        "portal ticket": lambda: tickets.customer_ticket(asking, ticket.pk),
        "search": lambda: tickets.search_tickets(maria, "common"),
    }
    for name, read in work.items():
        with reference.held():
            read()  # what a process reads once
            with counts.check(name):
                read()
    before = {name: _warm(read) for name, read in work.items()}
    some(it, 3, text="common word", requester=ticket.requester)
    for number in range(3):
        tickets.reply(maria, ticket.pk, tickets.MessageContent(text="more", attachments=[_file(number)]))
        tickets.add_note(maria, ticket.pk, tickets.MessageContent(text="note", mentioned=[make.colleague(it).pk]))
        tickets.add_participant(maria, ticket.pk, make.person().pk)
        tickets.refer(maria, ticket.pk, user_id=make.colleague(finance).pk, reason="x")
        tickets.link(maria, ticket.pk, make.ticket(it, ticket.requester).pk, "related_to")
        make.department()
    assert {name: _warm(read) for name, read in work.items()} == before


def _warm(read: Callable[[], object]) -> int:
    with reference.held():
        read()
        return queries_of(read)


def _file(number: int) -> tickets.NewAttachment:
    return tickets.NewAttachment(file=make.stored(b"%d" % number), name=f"{number}.txt")


def test_queries_of_the_actions_are_recorded() -> None:
    it, finance = make.department(), make.department()
    maria, anna = make.viewer(make.colleague(it)), make.person()
    new = tickets.NewTicket(
        subject="s", content=tickets.MessageContent(text="t"), department_id=it.pk, requester_id=anna.pk
    )
    # The first round fills what each process keeps of the small tables.
    for check in (lambda _name: nullcontext(), counts.check):
        with check("create_ticket"):
            ticket = tickets.create_ticket(maria, new)
        with check("reply"):
            tickets.reply(maria, ticket.pk, tickets.MessageContent(text="t"))
        with check("receive"):
            tickets.receive(make.viewer(anna), ticket.pk, tickets.MessageContent(text="t"))
        with check("assign"):
            tickets.assign(maria, ticket.pk, maria.user_id)
        with check("change_state"):
            tickets.change_state(maria, ticket.pk, "resolved", resolution="x")
        with check("transfer"):
            tickets.transfer(maria, ticket.pk, finance.pk, note="x")


words = st.text(max_size=20)
queries = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "view",
                "sort",
                "status",
                "state",
                "department",
                "assignee",
                "requester",
                "category",
                "priority",
                "tag",
                "kind",
                "from",
                "to",
                "q",
                "channel",
                "custom.room",
                "custom.",
            ]
        ),
        st.one_of(words, st.integers().map(str), st.sampled_from(["me", "none", "any", "mine", "open", "2026-13-01"])),
    ),
    max_size=8,
)


@pytest.fixture
def administrator() -> Viewer:
    return make.viewer(make.colleague(None, "administrator"))


anything_goes = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@anything_goes
@given(pairs=queries, cursor=st.one_of(st.none(), words))
def test_no_address_breaks_the_queue(administrator: Viewer, pairs: list[tuple[str, str]], cursor: str | None) -> None:
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    wanted, _problems = Filter.from_query(query)
    tickets.queue(administrator, wanted, after=cursor)
    again, problems = Filter.from_query(QueryDict(wanted.to_query()))
    assert problems == []
    assert again == wanted


@anything_goes
@given(text=st.text(alphabet=st.characters(exclude_categories=()), max_size=60))
def test_no_text_breaks_the_search(administrator: Viewer, text: str) -> None:
    tickets.search_tickets(administrator, text)
    tickets.customer_tickets(administrator, text=text)
    tickets.jump_to(administrator, text)


@given(
    moment=st.datetimes(timezones=st.just(UTC)),
    rank=st.integers(0, 2**62),
    pk=st.integers(0, 2**63 - 1),
    empty=st.booleans(),
)
def test_a_cursor_comes_back_as_it_went(moment: datetime, rank: int, pk: int, empty: bool) -> None:
    for name, values in (
        ("recent", (moment,)),
        ("priority", (rank, moment)),
        ("waiting", (None if empty else moment, moment)),
    ):
        place = Place(values, pk)
        assert read_cursor(place.cursor(ORDERS[name]), ORDERS[name]) == place
        assert read_cursor(place.cursor(ORDERS[name]), ORDERS["created"]) is None
