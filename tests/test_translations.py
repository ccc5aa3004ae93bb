"""Every string can be translated: the template holds all of them, and translations keep their placeholders."""

from __future__ import annotations

import re

import pytest
from tests.test_reference import load

from deskbell.config.extraction import problems

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def test_every_string_can_be_extracted():
    assert not list(problems())


def test_the_template_is_current():
    different = load("messages").stale()
    assert not different, f"run python tools/messages.py: {sorted(different, key=str)[:5]}"


@pytest.mark.parametrize("language", ["uk", "ru", "fi", "pl", "zh_Hant"])
def test_a_translation_keeps_its_placeholders(language):
    for message in load("messages").translations(language):
        if message.id and isinstance(message.id, str) and message.string:
            assert set(PLACEHOLDER.findall(message.string)) == set(PLACEHOLDER.findall(message.id)), message.id
