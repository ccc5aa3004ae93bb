"""Several messages taken in together become what they would have become one by one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from deskbell.channels.api import InboundMessage, InboundState, Mailbox
from deskbell.channels.intake import batch, pipeline
from deskbell.channels.intake.context import Intake, IntakeResult
from deskbell.channels.intake.deliver import Arrived, deliver_several, store_several
from deskbell.channels.mail.service.together import Together
from deskbell.channels.tests.factories import mailbox, raw_mail
from deskbell.kernel.api import SYSTEM, Event, clock, read
from deskbell.kernel.testing import queries_of
from deskbell.people.api import find_or_create_by_email
from deskbell.tickets.api import Message, Ticket

pytestmark = pytest.mark.django_db
NAMES = ("Anna", "Ben", "Cleo", "Dan", "Eva")


def known(name: str) -> str:
    find_or_create_by_email(SYSTEM, f"{name.lower()}@customer.example", name)
    return f"{name} <{name.lower()}@customer.example>"


def questions(box: Mailbox, **more: Any) -> list[bytes]:
    return [raw_mail(f"Question of {name}", sender=known(name), to=box.address, **more) for name in NAMES]


def take_in(raws: Sequence[bytes], box: Mailbox) -> list[IntakeResult]:
    return deliver_several([Arrived(raw, mailbox=box) for raw in raws])


@pytest.fixture
def together(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many were taken together, each time."""
    found: list[int] = []
    take = batch._take_together

    def watched(group: Sequence[Intake]) -> list[IntakeResult] | None:
        done = take(group)
        found.append(-1 if done is None else len(done))
        return done

    monkeypatch.setattr(batch, "_take_together", watched)
    return found


def test_new_questions_become_tickets_in_their_order(together: list[int]) -> None:
    box = mailbox()
    raws = questions(box)
    results = take_in(raws, box)
    assert together == [5]
    assert [result.state for result in results] == [InboundState.PROCESSED] * 5
    numbers = [result.ticket_id for result in results]
    assert numbers == sorted(numbers)  # type: ignore[type-var]
    rows = InboundMessage.objects.order_by("pk")
    assert [(row.ticket_id, row.attempts, read(row.raw)) for row in rows] == [
        (number, 1, raw) for number, raw in zip(numbers, raws, strict=True)
    ]
    for row, name in zip(rows, NAMES, strict=True):
        assert row.ticket is not None
        assert (row.ticket.requester.name, row.author_name) == (name, name)
        assert [message.text for message in Message.objects.filter(ticket=row.ticket, direction="in")] == [
            f"Question of {name}"
        ]
        told = Event.objects.filter(subject_type="ticket", subject_id=row.ticket_id).order_by("pk")
        assert [event.kind for event in told][:2] == ["ticket.created", "ticket.message_added"]
        assert {(event.cause_kind, event.cause_ref) for event in told} == {("message", str(row.pk))}


def test_each_reads_as_one_taken_in_alone(together: list[int]) -> None:
    box, other = mailbox(acknowledges=False), mailbox(acknowledges=False)
    take_in(questions(box), box)
    for raw in questions(other):
        take_in([raw], other)
    assert together == [5]

    def told(which: Mailbox) -> list[Any]:
        rows = InboundMessage.objects.filter(mailbox=which).order_by("pk")
        return [
            (
                row.state, row.author, row.subject, row.mail_class, row.person_id, [each["stage"] for each in row.trace],
                row.ticket and (row.ticket.subject, row.ticket.requester_id, row.ticket.message_count, row.ticket.channel),
            )
            for row in rows
        ]  # fmt: skip

    assert told(box) == told(other)


def test_another_message_in_a_batch_costs_no_query_of_its_own(together: list[int]) -> None:
    box = mailbox(acknowledges=False)
    two, five = questions(box)[:2], questions(box)
    take_in(two, box)
    assert queries_of(lambda: take_in(questions_again(box)[:2], box)) == queries_of(lambda: take_in(five, box))
    assert together == [2, 2, 5]


def questions_again(box: Mailbox) -> list[bytes]:
    return [raw_mail(f"Again {name}", sender=f"{name.lower()}@customer.example", to=box.address) for name in NAMES]


def test_what_matters_to_another_is_processed_alone_in_its_turn(together: list[int]) -> None:
    box = mailbox()
    anna, ben = known("Anna"), known("Ben")
    first = raw_mail("first", sender=anna, to=box.address, mail_id="first@x")
    raws = [
        first,
        raw_mail("other", sender=ben, to=box.address),
        raw_mail("answer", sender=anna, to=box.address, headers="In-Reply-To: <first@x>"),
        b"Received: by another way\r\n" + first,
        raw_mail("of a new person", sender="new@customer.example", to=box.address),
        raw_mail("with others", sender=ben, to=f"{box.address}, third@customer.example"),
        raw_mail("to itself", sender=box.address, to=box.address),
    ]
    results = take_in(raws, box)
    assert [result.state for result in results] == [
        "processed", "processed", "processed", "duplicate", "processed", "processed", "parked",
    ]  # fmt: skip
    assert results[2].ticket_id == results[0].ticket_id
    assert together[0] == 2
    assert Ticket.objects.count() == 4


def test_a_bad_message_takes_no_other_down(together: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    box = mailbox()

    def fail(intake: Intake) -> None:
        if "Cleo" in intake.mail.author.name:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")

    monkeypatch.setattr(pipeline, "STAGES", (*pipeline.STAGES[:-2], ("probe", fail), *pipeline.STAGES[-2:]))
    results = take_in(questions(box), box)
    assert together == [-1]
    assert [result.state for result in results] == ["processed", "processed", "parked", "processed", "processed"]
    assert "division by zero" in str(InboundMessage.objects.get(pk=results[2].inbound_id).trace)
    assert Ticket.objects.count() == 4


def test_copies_within_a_batch_and_of_what_came_before_are_told_apart(together: list[int]) -> None:
    box = mailbox()
    raws = questions(box)
    take_in(raws[1:2], box)
    results = take_in([*raws, raws[0]], box)
    assert [result.state for result in results] == ["processed", "duplicate", *["processed"] * 3, "duplicate"]
    assert Ticket.objects.count() == 5


def test_those_behind_a_message_that_ends_the_process_are_not_given_up_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    box = mailbox()
    bad, good = store_several([Arrived(raw, mailbox=box) for raw in questions(box)[:2]])
    real: Callable[[int], IntakeResult] = pipeline.process

    def die(inbound_id: int) -> IntakeResult:
        if inbound_id == bad.pk:
            raise KeyboardInterrupt
        return real(inbound_id)

    monkeypatch.setattr(pipeline, "process", die)
    with clock.moved_to(clock.now() + timedelta(minutes=10)):
        for _time in range(pipeline.MOST_ATTEMPTS):
            with pytest.raises(KeyboardInterrupt):
                pipeline.recover(older_than=timedelta(minutes=5))
        pipeline.recover(older_than=timedelta(minutes=5))
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, good.state) == (InboundState.PARKED, InboundState.PROCESSED)


def test_what_waits_is_worked_on_together_and_each_caller_gets_its_own_answer() -> None:
    seen: list[list[int]] = []

    def work(several: Sequence[int]) -> list[int]:
        seen.append(list(several))
        if 5 in several:
            raise ValueError("five")
        return [each * 10 for each in several]

    async def main() -> list[object]:
        both: Together[int, int] = Together(work, lambda _one: 1)
        return await asyncio.gather(*(both.take(number) for number in range(8)), return_exceptions=True)

    answers = asyncio.run(main())
    assert [each for each in answers if not isinstance(each, ValueError)] == [0, 10, 20, 30, 40, 60, 70]
    assert str(answers[5]) == "five"
    assert max(len(several) for several in seen) > 1
