"""Written and asked forms, by hand, for every language; each pair is found by the real engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskbell.search.tests.finding import found, write

LISTS = sorted((Path(__file__).parent / "words").glob("*.txt"))
AROUND = {
    "en": "Hello, please help us with this: {}. Thank you for your time.",
    "fi": "Hei, meillä on ongelma ja se on tämä: {}. Kiitos jo nyt.",
    "pl": "Dzień dobry, proszę o pomoc, bo to jest: {}. Dziękuję i pozdrawiam.",
    "ru": "Здравствуйте, помогите, пожалуйста, это не так: {}. Спасибо и до свидания.",
    "uk": "Доброго дня, допоможіть, будь ласка, це не так: {}. Дякую і до зустрічі.",
}
pytestmark = pytest.mark.django_db


def pairs(path: Path) -> list[tuple[str, str]]:
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [(written.strip(), asked.strip()) for written, _colon, asked in (line.partition(":") for line in lines)]


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_every_form_of_a_word_is_found_by_another(path: Path) -> None:
    words = pairs(path)
    assert len(words) >= 40
    for number, (written, _asked) in enumerate(words, start=1):
        write(number, {"C": AROUND[path.stem].format(written)})
    missed = [pair for number, pair in enumerate(words, start=1) if number not in found(pair[1])]
    assert not missed


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_forms_meet_when_nothing_around_tells_the_language(path: Path) -> None:
    words = pairs(path)
    for number, (written, _asked) in enumerate(words, start=1):
        write(number, {"A": written})
    missed = [pair for number, pair in enumerate(words, start=1) if number not in found(pair[1])]
    assert len(missed) <= len(words) * 0.1, missed


def typing_errors(word: str) -> list[str]:
    middle = len(word) // 2
    left_out = word[:middle] + word[middle + 1 :]
    doubled = word[:middle] + word[middle] + word[middle:]
    exchanged = word[:middle] + ("о" if word[0] >= "а" else "x") + word[middle + 1 :]
    swapped = word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]
    return [left_out, doubled, exchanged, swapped]


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_one_typing_error_in_a_word_still_finds_it(path: Path) -> None:
    words = sorted({written for written, _asked in pairs(path) if len(written) >= 5 and written.isalpha()})[:12]
    for number, written in enumerate(words, start=1):
        write(number, {"C": AROUND[path.stem].format(written)})
    missed = [
        (written, error)
        for number, written in enumerate(words, start=1)
        for error in typing_errors(written)
        if number not in found(error)
    ]
    assert not missed


@pytest.mark.parametrize("asked", ["印表", "表機", "印表機", "無法列印", "列印", "三樓", "三樓的印表機"])
def test_chinese_is_found_by_any_part_of_two_or_more_characters(asked: str) -> None:
    write(1, {"C": "您好，三樓的印表機從昨天開始無法列印，請協助處理。"})
    write(2, {"C": "機器印出表格"})
    assert found(asked) == [1]
