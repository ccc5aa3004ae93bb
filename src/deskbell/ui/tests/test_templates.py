"""Every page of the project: it compiles, keeps to the strict policy, and leaves no word untranslated."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.template import engines
from jinja2 import Environment, nodes

PACKAGES = Path(__file__).parents[2]
TEMPLATES = sorted(
    str(path.relative_to(folder))
    for folder in [*PACKAGES.glob("*/jinja2"), *PACKAGES.glob("*/*/jinja2")]
    for path in folder.rglob("*.html")
)
# Mails bring their own styles on purpose; the style guide is seen by builders, its samples stay as they are.
WITHOUT_POLICY = re.compile(r"(^|/)(mail|mails|email)/|^ui/styleguide/mail\.html$")
UNTRANSLATED_ALLOWED = re.compile(r"^ui/styleguide/")
FORBIDDEN = {
    "an inline style": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an htmx handler (needs eval)": re.compile(r"<[a-z][^>]*\shx-on[:-]", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc\s*=)[^>]*>", re.IGNORECASE),
    "an evaluated htmx value": re.compile(r"hx-(vals|headers|vars)[^=]*=[\"']js:", re.IGNORECASE),
}
WORD = re.compile(r"[^\W\d_]{2,}")
NAMES = {"Deskbell"}
TEXT_ATTRIBUTES = re.compile(r"\s(?:title|placeholder|aria-label|alt|data-tip)=\"([^\"{]*)\"")


def environment() -> Environment:
    backend: Any = engines["jinja2"]
    found: Environment = backend.env
    return found


def _source(name: str) -> str:
    loader = environment().loader
    assert loader is not None
    return loader.get_source(environment(), name)[0]


def _without_comments(source: str) -> str:
    return re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_compiles(name: str) -> None:
    engines["jinja2"].get_template(name)


@pytest.mark.parametrize("name", [name for name in TEMPLATES if not WITHOUT_POLICY.search(name)])
def test_a_template_keeps_to_the_strict_policy(name: str) -> None:
    # Expressions may hold quotes and angle brackets that are no markup.
    markup = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "X", _without_comments(_source(name)), flags=re.DOTALL)
    for what, pattern in FORBIDDEN.items():
        match = pattern.search(markup)
        assert match is None, f"{name} has {what}: {match}"


def _bare_words(source: str) -> list[str]:
    """Return the words that stand in markup outside {{ _("…") }} and {% trans %}."""
    bare: list[str] = []
    tree = environment()._parse(source, None, None)
    # {% trans %} has become a call by now, so text that is left is text that was never marked.
    # A block called …_class fills an attribute of its parent and is no text.
    classes = {
        data
        for block in tree.find_all(nodes.Block)
        if block.name.endswith(("_class", "width"))
        for data in block.find_all(nodes.TemplateData)
    }
    text = "\x00".join(data.data for data in tree.find_all(nodes.TemplateData) if data not in classes)
    for title in TEXT_ATTRIBUTES.findall(text):
        bare += WORD.findall(title)
    visible = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", text, flags=re.DOTALL)
    # A tag may be cut by an expression inside an attribute: what lies between < and > is markup all the same.
    visible = re.sub(r"<[^<>]*>", " ", visible)
    visible = re.sub(r"&[a-z#0-9]+;", " ", visible)
    return bare + [word for word in WORD.findall(visible) if word not in NAMES]


@pytest.mark.parametrize(
    "name",
    [name for name in TEMPLATES if not (UNTRANSLATED_ALLOWED.search(name) or WITHOUT_POLICY.search(name))],
)
def test_a_template_leaves_no_word_untranslated(name: str) -> None:
    assert _bare_words(_source(name)) == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>Hello there</p>", ["Hello", "there"]),
        ('<p title="Bare">{{ _("Fine") }}</p>', ["Bare"]),
        ("<p>{% trans %}Fine{% endtrans %} · 4&nbsp;<b>{{ 1 }}</b></p>", []),
        ('<a class="{{ 1 }}" href="x">{{ _("Fine") }}</a>', []),
    ],
)
def test_the_search_for_bare_words_finds_them(source: str, words: list[str]) -> None:
    assert _bare_words(source) == words
