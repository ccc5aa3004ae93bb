"""What is marked in a text as the reason why it was found."""

from __future__ import annotations

import pytest

from deskbell.search import api as search

pytestmark = pytest.mark.django_db


def marked(asked: str, text: str) -> list[str]:
    marker = search.Marker(search.read(asked))
    return [part.text for part in marker.mark(text) if part.is_match]


@pytest.mark.parametrize(
    ("asked", "text", "found"),
    [
        ("printer", "PRINTERS, a Printer and a reprinter", ["PRINTERS", "Printer"]),
        ("zolw", "Żółw i ŻÓŁW", ["Żółw", "ŻÓŁW"]),
        ("kelvin", "\u212aelvin", ["\u212aelvin"]),
        ("µTorrent", "\u00b5Torrent", ["\u00b5Torrent"]),
        ("isik", "ışık", ["ışık"]),
        ("елка", "Ёлка, ЕЛКА и подъёлка", ["Ёлка", "ЕЛКА"]),
        ("комп'ютер", "Новий комп’ютер", ["комп’ютер"]),
        ("訂單", "我的訂單在哪裡", ["訂單"]),
        ("write", "He wrote _written_ lines", ["wrote", "written"]),
        ("12", "Room 12/b, not 112", ["12"]),
        ("red cable", "a red and bored cable", ["red", "cable"]),
    ],
)
def test_words_are_marked_in_all_their_forms_and_only_where_they_begin(asked: str, text: str, found: list[str]) -> None:
    assert marked(asked, text) == found


def test_words_are_counted_once_each() -> None:
    marker = search.Marker(search.read("red cable"))
    assert [marker.count(text) for text in ("a red RED thing", "the cable is red", "nothing")] == [1, 2, 0]


def test_no_more_words_than_are_known_already_count_for_nothing() -> None:
    marker = search.Marker(search.read("red cable"))
    texts = ("a red RED thing", "the cable is red", "nothing")
    assert [marker.count(text, above=1) for text in texts] == [0, 2, 0]
    assert [marker.count(text, above=2) for text in texts] == [0, 0, 0]


def test_pairs_of_characters_of_two_words_may_overlap() -> None:
    assert marked("有開 開幕", "一有開幕式") == ["有開幕"]


def test_an_excerpt_stands_around_the_first_match() -> None:
    text = " ".join(["before"] * 60 + ["stapler"] + ["behind"] * 60)
    excerpt = search.Marker(search.read("stapler")).excerpt(text)
    assert [part.text for part in excerpt if part.is_match] == ["stapler"]
    assert excerpt[0].text == "… "
    assert excerpt[-1].text == " …"
    assert sum(len(part.text) for part in excerpt) < 200
