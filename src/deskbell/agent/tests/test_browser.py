"""The desk in a real Chromium: two ways of writing, rows that appear by themselves, the keyboard alone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, connections

from deskbell.agent.tests.conftest import BACKEND, Desk, build_desk
from deskbell.kernel.api import SYSTEM
from deskbell.kernel.testing import database_url
from deskbell.tickets import api as tickets
from deskbell.tickets.tests import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
CHROMIUM = Path("/usr/bin/chromium")
playwright = pytest.importorskip("playwright.sync_api")
if not CHROMIUM.exists():
    pytest.skip("needs Chromium", allow_module_level=True)


@pytest.fixture(scope="module")
def own_database(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A copy of the test database: what the pages see must be committed, and the event log cannot be emptied."""
    settings_dict = connection.settings_dict
    name = settings_dict["NAME"]
    copy = f"{name}_browser"
    with django_db_blocker.unblock():
        connections.close_all()
        _administer(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)', f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
        settings_dict["NAME"] = copy
        yield
        connections.close_all()
        settings_dict["NAME"] = name
        _administer(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')


def _administer(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture(scope="module")
def desk(own_database) -> Desk:
    # In a thread of its own, whose connection commits: this one is inside the test's transaction.
    return in_thread(build_desk)


@pytest.fixture(scope="module")
def web(desk: Desk, tmp_path_factory: pytest.TempPathFactory, unused_tcp_port_: int) -> Iterator[str]:
    """The web role on the test's database; the pages are live only behind the real server."""
    base = f"http://127.0.0.1:{unused_tcp_port_}"
    url = database_url(connection.settings_dict["NAME"])
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("DESKBELL_", "PYTEST"))},
        "DATABASE_URL": url,
        "DESKBELL_DATA_DIR": str(tmp_path_factory.mktemp("desk")),
        "DESKBELL_LISTEN_PORT": str(unused_tcp_port_),
        "DESKBELL_BASE_URL": base,
    }
    # The key signs sessions: the server and the test must share it.
    environment["DESKBELL_SECRET_KEY"] = settings.SECRET_KEY
    server = subprocess.Popen([sys.executable, "-m", "deskbell.config.cli", "web"], env=environment)
    try:
        for _try in range(300):
            with suppress(OSError):
                urlopen(f"{base}/healthz", timeout=2).close()
                break
            time.sleep(0.2)
        yield base
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="module")
def unused_tcp_port_() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-background-networking"]
        )
        yield chromium
        chromium.close()


def in_thread(work):
    """Playwright's loop forbids the database in its own thread."""

    def run():
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def session_of(user) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


@pytest.fixture
def page(desk: Desk, web: str, browser) -> Any:
    key = in_thread(lambda: session_of(desk.people["agent"]))
    context = browser.new_context(base_url=web, viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": web}])
    context.set_default_timeout(20_000)
    opened = context.new_page()
    opened.problems = []
    opened.on("pageerror", lambda error: opened.problems.append(str(error)))
    opened.on(
        "console", lambda said: opened.problems.append(said.text) if "Content Security Policy" in said.text else None
    )
    return opened


def newest(desk: Desk) -> tickets.Message:
    return in_thread(lambda: tickets.Message.objects.filter(ticket=desk.ticket).latest("pk"))


def wait_for(check, seconds: float = 20):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = check()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("It did not happen in time.")


def test_a_reply_and_a_note_are_told_apart_in_four_ways(desk: Desk, page: Any):
    page.goto(f"/desk/tickets/{desk.ticket.pk}/")
    composer = page.locator("#composer")
    page.wait_for_selector("#composer .ProseMirror")
    edge = composer.evaluate("box => getComputedStyle(box).borderTopColor")
    paper = composer.evaluate("box => getComputedStyle(box).backgroundColor")
    assert composer.get_by_text("Send reply").is_visible()
    assert composer.locator(".composer-line").first.is_visible()
    page.keyboard.press("n")
    assert composer.get_by_text("Only colleagues see this").is_visible()
    assert composer.get_by_text("Add note").is_visible()
    assert not composer.get_by_text("Send reply").is_visible()
    assert not composer.locator(".composer-line").first.is_visible()
    assert composer.evaluate("box => getComputedStyle(box).borderTopColor") != edge
    assert composer.evaluate("box => getComputedStyle(box).backgroundColor") != paper
    assert page.problems == []


def test_a_new_ticket_appears_in_the_list_within_a_second(desk: Desk, page: Any):
    page.goto("/desk/queue/all/")
    page.wait_for_selector(f"#ticket-{desk.ticket.pk}")
    page.wait_for_timeout(1500)
    page.locator(f"#ticket-{desk.second.pk} input").check()
    fresh = in_thread(lambda: make.ticket(desk.here, desk.people["customer"], subject="Came just now").pk)
    # Timed in the page: one second of the product, and room for a machine that runs other tests.
    page.wait_for_selector(f"#ticket-{fresh}", timeout=5000)
    assert page.locator(f"#ticket-{desk.second.pk} input").is_checked()
    assert page.problems == []


def test_a_ticket_is_answered_with_the_keyboard_alone(desk: Desk, page: Any):
    page.goto("/desk/queue/all/")
    page.wait_for_selector(f"#ticket-{desk.ticket.pk}")
    for _step in range(3):
        page.keyboard.press("j")
        if page.evaluate("document.activeElement.closest('tr')?.id") == f"ticket-{desk.ticket.pk}":
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/desk/tickets/{desk.ticket.pk}/")
    page.wait_for_selector("#composer .ProseMirror")
    page.keyboard.press("r")
    page.keyboard.type("Set the interval to 3600.")
    page.keyboard.press("Control+Enter")
    message = wait_for(lambda: (found := newest(desk)).text == "Set the interval to 3600." and found)
    assert (message.kind, message.channel) == ("public", "email")
    wait_for(lambda: page.evaluate("document.activeElement.id") == f"m{message.pk}")
    assert page.problems == []


def test_typing_survives_a_colleague_and_a_newer_message_stops_the_answer(desk: Desk, page: Any):
    page.goto(f"/desk/tickets/{desk.ticket.pk}/")
    page.wait_for_selector("#composer .ProseMirror")
    page.wait_for_timeout(1000)
    page.keyboard.press("r")
    page.keyboard.type("My answer")
    in_thread(
        lambda: tickets.receive(SYSTEM, desk.ticket.pk, tickets.MessageContent(text="It works again.", channel="email"))
    )
    page.wait_for_selector("#arrived:not([hidden])")
    assert page.inner_text("#composer .ProseMirror") == "My answer"
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".stopped")
    assert newest(desk).text == "It works again."
    page.get_by_text("Send anyway").click()
    wait_for(lambda: newest(desk).text == "My answer")
    assert page.problems == []


def test_whoever_reads_the_end_sees_what_comes_and_nobody_else_is_moved(desk: Desk, page: Any):
    def receive(text: str) -> None:
        content = tickets.MessageContent(text=text, channel="email")
        in_thread(lambda: tickets.receive(SYSTEM, desk.ticket.pk, content))

    for number in range(4):
        receive("\n\n".join(f"Line {line} of mail {number}." for line in range(12)))
    page.goto(f"/desk/tickets/{desk.ticket.pk}/")
    page.wait_for_selector("#composer .ProseMirror")
    pane = page.locator("#conversation")
    pane.evaluate("box => { box.dispatchEvent(new Event('wheel')); box.scrollTop = box.scrollHeight }")
    page.wait_for_timeout(1000)
    receive("It lands in sight.")
    page.get_by_text("It lands in sight.").wait_for()
    below = """box => document.getElementById(`m${box.querySelector('#timeline').dataset.newest}`)
        .getBoundingClientRect().bottom - box.getBoundingClientRect().bottom"""
    wait_for(lambda: pane.evaluate(below) <= 0)
    pane.evaluate("box => { box.dispatchEvent(new Event('wheel')); box.scrollTop = 0 }")
    receive("It lands further down.")
    page.get_by_text("It lands further down.").wait_for(state="attached")
    page.wait_for_timeout(300)
    assert pane.evaluate("box => box.scrollTop") == 0
    assert page.problems == []


def test_typing_finds_and_enter_opens(desk: Desk, page: Any):
    page.goto("/desk/")
    page.wait_for_selector("find-box input[role=combobox]")
    page.keyboard.press("/")
    page.keyboard.type("drop", delay=20)
    option = page.locator(f".find-panel [role=option][href*='/desk/tickets/{desk.ticket.pk}/']")
    option.wait_for()
    entry = page.locator("#find")
    assert entry.get_attribute("aria-expanded") == "true"
    assert option.locator("mark").first.inner_text().lower() == "drops"
    wait_for(lambda: "Tickets: " in page.locator("find-box [data-told]").inner_text())
    # Escape closes and leaves what was typed; an arrow opens again.
    page.keyboard.press("Escape")
    assert not page.locator(".find-panel").is_visible()
    assert entry.input_value() == "drop"
    page.keyboard.press("ArrowDown")
    page.wait_for_selector(".find-panel [role=option]")
    chosen = ""
    for _step in range(12):
        page.keyboard.press("ArrowDown")
        chosen = page.locator(f"#{entry.get_attribute('aria-activedescendant')}").get_attribute("href") or ""
        if f"/tickets/{desk.ticket.pk}/" in chosen:
            break
    assert page.evaluate("document.activeElement.id") == "find"
    assert axe_problems(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/desk/tickets/{desk.ticket.pk}/*")
    assert page.problems == []


def test_an_offered_filter_goes_into_the_box_and_enter_shows_everything(desk: Desk, page: Any):
    page.goto("/desk/")
    page.wait_for_selector("find-box input[role=combobox]")
    page.keyboard.press("Control+k")
    page.keyboard.type("vpn is:o", delay=20)
    page.locator(".find-offer").first.click()
    assert page.locator("#find").input_value() == "vpn is:open "
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/search/?q=vpn+is%3Aopen*")
    assert page.locator(".find-chips .filter-chip").count() == 1
    assert page.locator(f".find-row[href*='/{desk.ticket.pk}/']").count() == 1
    assert axe_problems(page) == []
    assert page.problems == []


def axe_problems(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships no types

    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found.response["violations"]]
