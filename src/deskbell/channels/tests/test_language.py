"""The language of a first message."""

from __future__ import annotations

import pytest

from deskbell.channels.intake.language import told_by


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Printer broken\nThe printer on the second floor does not print. Please help."),
        ("en", "Hello, I cannot sign in to my account since yesterday."),
        ("uk", "Принтер не працює\nДобрий день, на другому поверсі не друкує принтер. Дякую!"),
        ("uk", "Прошу надати доступ до спільної теки відділу"),
        ("ru", "Не работает принтер\nЗдравствуйте, на втором этаже не печатает принтер, помогите пожалуйста."),
        ("fi", "Tulostin ei toimi\nHei, toisen kerroksen tulostin ei tulosta. Kiitos avusta!"),
        ("pl", "Drukarka nie działa\nDzień dobry, drukarka na drugim piętrze nie drukuje. Proszę o pomoc."),
        ("zh-hant", "印表機故障\n二樓的印表機無法列印，請協助。"),
        ("", "プリンターが動きません。助けてください。"),
        ("", "4711 0815 #42"),
        ("", "Der Drucker druckt seit Montag nicht mehr, bitte um Hilfe."),
        ("", ""),
    ],
)
def test_the_language_of_a_text_is_told_by_its_script_and_small_words(language: str, text: str) -> None:
    assert told_by(text) == language
