from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory
from jinja2 import ChoiceLoader, DictLoader, Environment
from markupsafe import Markup

from deskbell.ui import fragments

PAGES = {
    "layout.html": "<html>{% block main %}{% endblock %}<i>{% block foot %}foot of {{ name }}{% endblock %}</i></html>",
    "page.html": (
        '{% extends "layout.html" %}'
        '{% from "macros.html" import shout %}'
        "{% set greeting = 'Hello' %}"
        "{% block main %}<h1>x</h1>{% block rows %}<p>{{ greeting }} {{ shout(name) }}</p>{% endblock %}{% endblock %}"
    ),
    "macros.html": "{% macro shout(text) %}{{ text|upper }}{% endmacro %}",
}


def environment() -> Environment:
    backend: Any = engines["jinja2"]
    found: Environment = backend.env
    return found


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put small pages in front of the real ones."""
    env = environment()
    assert env.loader is not None
    assert env.cache is not None
    monkeypatch.setattr(env, "loader", ChoiceLoader([DictLoader(PAGES), env.loader]))
    env.cache.clear()
    yield
    env.cache.clear()


def ask(*, partial: bool = False) -> HttpRequest:
    headers = {"HX-Request": "true", "HX-Request-Type": "partial" if partial else "full"}
    request: Any = RequestFactory().get("/", headers=headers)
    request._messages = CookieStorage(request)
    found: HttpRequest = request
    return found


@pytest.mark.usefixtures("pages")
def test_a_browser_gets_the_whole_page() -> None:
    html = fragments.render(ask(), "page.html", {"name": "anna"}, block="rows").content.decode()
    assert html == "<html><h1>x</h1><p>Hello ANNA</p><i>foot of anna</i></html>"


@pytest.mark.usefixtures("pages")
def test_htmx_gets_the_block_with_what_the_template_imports_and_sets_above_it() -> None:
    html = fragments.render(ask(partial=True), "page.html", {"name": "<anna>"}, block="rows").content.decode()
    assert html == "<p>Hello &lt;ANNA&gt;</p>"


@pytest.mark.usefixtures("pages")
def test_a_block_of_the_parent_is_a_fragment_too() -> None:
    html = fragments.render(ask(partial=True), "page.html", {"name": "anna"}, block="foot").content.decode()
    assert html == "foot of anna"


@pytest.mark.usefixtures("pages")
def test_an_unknown_block_is_an_error() -> None:
    with pytest.raises(fragments.UnknownBlockError, match="nothing"):
        fragments.render(ask(partial=True), "page.html", {"name": "anna"}, block="nothing")


@pytest.mark.usefixtures("pages")
def test_both_answers_vary_on_what_was_asked() -> None:
    for partial in (True, False):
        response = fragments.render(ask(partial=partial), "page.html", {"name": "anna"}, block="rows", status=422)
        assert "HX-Request-Type" in response["Vary"]
        assert response.status_code == 422


@pytest.mark.usefixtures("pages")
def test_waiting_messages_ride_on_a_fragment_once() -> None:
    request = ask(partial=True)
    messages.success(request, "Handed over to <Billing>.")
    html = fragments.render(request, "page.html", {"name": "anna"}, block="rows").content.decode()
    assert '<hx-partial hx-target="#toasts" hx-swap="beforeend">' in html
    assert "Handed over to &lt;Billing&gt;." in html


def test_several_parts_are_answered_with_their_targets_and_an_event() -> None:
    response = fragments.respond(
        ask(partial=True), Markup("<p>a</p>"), fragments.partial("#b", Markup("<p>b</p>")), trigger="ticket:changed"
    )
    assert response.content.decode() == '<p>a</p><hx-partial hx-target="#b" hx-swap="outerMorph"><p>b</p></hx-partial>'
    assert response["HX-Trigger"] == "ticket:changed"


def test_after_a_post_a_browser_is_sent_on_with_303() -> None:
    response = fragments.see_other(RequestFactory().post("/"), "/next/")
    assert (response.status_code, response["Location"]) == (303, "/next/")


def test_after_a_post_htmx_is_told_to_change_the_page() -> None:
    response = fragments.see_other(RequestFactory().post("/", headers={"HX-Request": "true"}), "/next/")
    assert (response.status_code, response["HX-Redirect"]) == (200, "/next/")


def test_a_redirect_never_leaves_the_desk() -> None:
    with pytest.raises(ValueError, match="leaves the desk"):
        fragments.see_other(RequestFactory().post("/"), "//evil.example/")
