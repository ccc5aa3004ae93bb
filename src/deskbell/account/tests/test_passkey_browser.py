"""A passkey made and used in a real browser, with Chromium's virtual authenticator."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from django.test.testcases import QuietWSGIRequestHandler

from deskbell.kernel.api import Event
from deskbell.people.tests.factories import PASSWORD, person

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class OneTransaction(ThreadedWSGIServer):
    """Every thread uses the test's own connection, one request at a time: the event log cannot be flushed."""

    def _close_connections(self) -> None:
        pass


@pytest.fixture
def desk(db, settings):
    """A server under a host name, for WebAuthn takes no address."""
    settings.ALLOWED_HOSTS = ["localhost"]
    shared = connections["default"]
    shared.inc_thread_sharing()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    turn = threading.Lock()
    handler = StaticFilesHandler(WSGIHandler())

    def one_at_a_time(environ, start_response):
        with turn:
            return handler(environ, start_response)

    server = OneTransaction(("localhost", 0), QuietWSGIRequestHandler, connections_override={"default": shared})
    server.set_app(one_at_a_time)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    shared.dec_thread_sharing()


def walk(page: Page, desk: str, address: str) -> list[str]:
    """Sign in by password, add a passkey, sign out, sign in by it. What the policy refused or a script threw."""
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "console", lambda message: troubles.append(message.text) if "Content Security Policy" in message.text else None
    )
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    page.goto(f"{desk}/account/login/?next=/account/2fa/webauthn/add/")
    page.fill("[name=login]", address)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/account/**")
    if "reauthenticate" in page.url:
        page.fill("[name=password]", PASSWORD)
        page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name of the passkey").fill("Work laptop")
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url("**/recovery-codes/")
    page.goto(f"{desk}/account/2fa/webauthn/")
    assert page.get_by_text("Work laptop").is_visible()
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{desk}/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda url: "/login/" not in url)
    page.goto(f"{desk}/account/")
    assert page.get_by_role("heading", name="Your account").is_visible()
    return troubles


def test_a_passkey_is_made_and_then_signs_in_alone(desk, settings):
    if not CHROMIUM.exists():
        pytest.skip("no Chromium: set CHROMIUM to its path")
    from playwright.sync_api import sync_playwright

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    user = person(password=PASSWORD)
    address = str(user.email)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-background-networking"]
        )
        troubles = walk(browser.new_page(), desk, address)
        browser.close()
    assert troubles == []
    assert Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).count() == 1
    methods = [event.data["name"] for event in Event.objects.filter(kind="user.signed_in").order_by("pk")]
    assert methods == ["password", "mfa"]
