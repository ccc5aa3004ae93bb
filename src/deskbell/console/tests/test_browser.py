"""The console in a real browser, under the real content policy."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from deskbell.console.tests.factories import BACKEND, World, world
from deskbell.kernel.testing import cloned_database

pytestmark = pytest.mark.browser
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))


@pytest.fixture
def running_desk(django_db_setup, django_db_blocker) -> Iterator[tuple[World, str]]:
    """A desk that other threads see: its own copy of the database, for the event log cannot be emptied."""
    from pytest_django.live_server_helper import LiveServer

    with django_db_blocker.unblock(), cloned_database():
        made = world()
        server = LiveServer("127.0.0.1")
        yield made, server.url
        server.stop()


@pytest.fixture
def page(running_desk: tuple[World, str]) -> Iterator[Any]:
    """A page of the administrator; whatever the policy refuses or a script throws fails the test."""
    if not CHROMIUM.exists():
        pytest.skip("no Chromium: set CHROMIUM to its path")
    from playwright.sync_api import sync_playwright

    made, url = running_desk
    client = Client()
    client.force_login(made.users["administrator"], backend=BACKEND)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-background-networking"]
        )
        context = browser.new_context(base_url=url, viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])
        opened = context.new_page()
        opened.set_default_timeout(15_000)
        complaints: list[str] = []
        opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        yield opened
        assert [text for text in complaints if "favicon" not in text] == []
        browser.close()


def test_an_administrator_finds_a_person_blocks_them_and_takes_it_back(page: Any) -> None:
    page.goto("/admin/contacts/")
    page.get_by_role("searchbox").fill("Anna Kern again")
    page.wait_for_url("**/admin/contacts/?*Anna*")
    page.get_by_role("link", name="Anna Kern again").click()
    page.get_by_role("button", name="Block", exact=True).click()
    page.locator("#confirm-yes").click()
    page.get_by_text("Blocked: mail from this person is parked").wait_for()
    page.get_by_role("button", name="Unblock").click()
    page.get_by_text("No longer blocked.").wait_for()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/admin/states/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
