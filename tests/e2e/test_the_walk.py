"""The whole way, in the running product: mail in, live in the queue, answered, read in the outbox, answered again."""

from __future__ import annotations

import os
import re
import secrets
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from deskbell.config.tests.desk import Desk, free_port

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

PASSWORD = "lamp-bell-tea-42"
AGENT = "weiting.chen@lumikko.example"  # head of customer care, whose mailbox is support@
CUSTOMER = "Anna Kern <anna.kern@harrowvale.example>"
BUILD = """
import django; django.setup()
from deskbell.demo.api import build
build(tickets_count=30, share=0.1, processes=1)
"""


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """A database of its own on the server of the tests, with a small demonstration in it."""
    server = os.environ["DATABASE_URL"]
    name = f"deskbell_walk_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def desk(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    ports = {"DESKBELL_SMTP_IN_PORT": str(free_port()), "DESKBELL_OUTBOX_PORT": str(free_port())}
    with Desk(tmp_path_factory.mktemp("walk"), command="demo", DATABASE_URL=database, **ports) as desk:
        environment = desk.env | {"DJANGO_SETTINGS_MODULE": "deskbell.config.settings", "DESKBELL_DEMO": "1"}
        for command in (["-m", "django", "migrate", "-v0"], ["-c", BUILD]):
            subprocess.run([sys.executable, *command], env=environment, check=True, timeout=400)
        desk.start(seconds=200)
        yield desk


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM") or next(
            (path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), None
        )
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


def base_url(desk: Desk) -> str:
    return f"http://127.0.0.1:{desk.env['DESKBELL_LISTEN_PORT']}"


def send(desk: Desk, message: EmailMessage) -> None:
    with smtplib.SMTP("127.0.0.1", int(desk.env["DESKBELL_SMTP_IN_PORT"]), timeout=30) as server:
        server.send_message(message)


def mail(to: str, subject: str, text: str, *, answering: str = "") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = CUSTOMER, to, subject
    message["Message-ID"] = f"<{secrets.token_hex(8)}@harrowvale.example>"
    if answering:
        message["In-Reply-To"] = message["References"] = answering
    message.set_content(text)
    return message


def sign_in(browser: Browser, base: str, email: str) -> Page:
    page = browser.new_context(locale="en-GB", reduced_motion="reduce").new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{base}/account/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(re.compile(r"/(desk|admin|portal)/"))
    return page


def test_a_mail_comes_in_is_answered_and_goes_on(desk, browser):
    base = base_url(desk)
    subject = f"The lamp flickers {secrets.token_hex(3)}"
    page = sign_in(browser, base, AGENT)
    page.goto(f"{base}/desk/queue/unassigned/")

    # Mail in: it appears in the open queue, which nobody reloads.
    send(desk, mail("support@lumikko.example", subject, "It began this morning, in the hall."))
    row = page.get_by_role("link", name=re.compile(re.escape(subject))).first
    expect(row).to_be_visible(timeout=60_000)
    row.click()
    page.wait_for_url(re.compile(r"/desk/tickets/\d+/"))
    number = re.search(r"/tickets/(\d+)/", page.url)
    assert number is not None

    # Answer.
    editor = page.locator("[contenteditable=true]:visible").first
    editor.click()
    editor.press_sequentially("A new driver is on its way to you.")
    page.get_by_role("button", name="Send reply").first.click()
    expect(page.get_by_text("A new driver is on its way to you.").first).to_be_visible(timeout=60_000)

    # Read the answer in the outbox.
    office = sign_in(browser, base, "ilona.berg@lumikko.example")
    answer = _answer_in_outbox(office, base, subject)
    assert "A new driver is on its way to you." in answer.get_body(("plain",)).get_content()

    # Answer that: it lands in the same ticket, again without a reload.
    send(desk, mail(str(answer["Reply-To"] or answer["From"]), f"Re: {subject}", "Thank you, it arrived.",
                    answering=str(answer["Message-ID"])))  # fmt: skip
    expect(page.get_by_text("Thank you, it arrived.").first).to_be_visible(timeout=60_000)
    assert number[1] in page.url


def _answer_in_outbox(page: Page, base: str, subject: str) -> EmailMessage:
    """The mail the desk sent about it, as it left: looked for until it is there."""
    from email import message_from_bytes, policy

    for _attempt in range(60):
        page.goto(f"{base}/admin/outbox/kept/")
        for link in page.get_by_role("link", name=re.compile(re.escape(subject))).all():
            target = link.get_attribute("href") or ""
            source = page.request.get(f"{base}{target.rstrip('/')}/source/")
            message = message_from_bytes(source.body(), policy=policy.default)
            assert isinstance(message, EmailMessage)
            if "new driver" in message.get_body(("plain",)).get_content():
                return message
        page.wait_for_timeout(1000)
    raise AssertionError("The answer did not reach the outbox.")
