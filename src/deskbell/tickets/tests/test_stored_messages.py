"""How a message stands in its table: letters for words, and no byte between the columns."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction

from deskbell.kernel.api import SYSTEM
from deskbell.tickets import api as tickets
from deskbell.tickets.models import Channel, DeliveryState, Direction, Message, MessageKind
from deskbell.tickets.tests import factories as make

pytestmark = pytest.mark.django_db
ANNA = tickets.Recipient(name="Anna Ö", address="anna@customer.example")
CHOICES = {"kind": MessageKind, "direction": Direction, "channel": Channel, "delivery_state": DeliveryState}


@pytest.fixture
def message() -> Message:
    ticket = make.ticket(make.department())
    return tickets.reply(SYSTEM, ticket.pk, tickets.MessageContent(text="Turn it on.", channel="email", to=[ANNA]))


def stored(message: Message, columns: str) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM tickets_message AS m WHERE id = %s", [message.pk])
        found: tuple[Any, ...] = cursor.fetchone()
    return found


def test_the_table_has_letters_and_code_sees_words(message: Message) -> None:
    letters = (
        MessageKind.PUBLIC.letter,
        Direction.OUT.letter,
        Channel.EMAIL.letter,
        DeliveryState(message.delivery_state).letter,
    )
    assert stored(message, 'kind, direction, channel, delivery_state, "to", cc') == (
        *letters,
        '[{"name": "Anna Ö", "address": "anna@customer.example"}]',
        "",
    )
    (found,) = Message.objects.filter(pk=message.pk).values("kind", "direction", "channel", "to", "cc")
    assert found == {"kind": "public", "direction": "out", "channel": "email", "to": [ANNA], "cc": []}


@pytest.mark.parametrize(("name", "word"), [(name, word) for name, words in CHOICES.items() for word in words.values])
def test_each_word_is_written_found_and_read(message: Message, name: str, word: str) -> None:
    rows = Message.objects.filter(pk=message.pk)
    others = [other for other in CHOICES[name].values if other != word]
    rows.update(**{name: word})
    assert rows.filter(**{name: word}).exists()
    assert rows.filter(**{f"{name}__in": [word, others[0]]}).exists()
    assert not rows.filter(**{f"{name}__in": others}).exists()
    assert not rows.exclude(**{name: word}).exists()
    assert getattr(rows.get(), name) == word


def test_what_is_not_known_is_refused_both_ways(message: Message) -> None:
    rows = Message.objects.filter(pk=message.pk)
    with (
        pytest.raises(ValueError, match=r"'pigeon' is none of tickets\.Message\.channel: email, "),
        transaction.atomic(),
    ):
        rows.update(channel="pigeon")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tickets_message SET channel = 'Z' WHERE id = %s", [message.pk])
    with pytest.raises(ValueError, match=r"'Z' is none of tickets\.Message\.channel: e, "):
        rows.get()


def test_no_byte_is_lost_between_the_columns() -> None:
    ticket = make.ticket(make.department(), requester=make.person("Anna"), text="x" * 200)
    row = make.first_message(ticket)
    Message.objects.filter(pk=row.pk).update(author_id=ticket.requester_id)  # null would cost eight bytes
    # Head 24, numbers and moment 24, letters and yes or no 6, seven short texts, and the length of the text 4.
    assert stored(row, "pg_column_size(m.*)") == (24 + 24 + 6 + 7 + 4 + 200,)


def test_messages_that_wait_are_read_from_their_index(message: Message) -> None:
    waiting = Message.objects.filter(delivery_state__in=["queued", "sending"])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plans = waiting.explain(), waiting.filter(delivery_state="queued").explain()
        cursor.execute("SET LOCAL enable_seqscan = on")
    assert all("message_undelivered" in plan for plan in plans)
