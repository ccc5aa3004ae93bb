"""The elements in a real browser, under the real content policy."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import include, path

from deskbell.kernel.api import clock

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer

urlpatterns = [path("styleguide/", include("deskbell.ui.urls"))]

pytestmark = [pytest.mark.browser, pytest.mark.urls(__name__)]
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
PASTE = """(html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "x");
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.querySelector(".ProseMirror").dispatchEvent(event);
}"""


@pytest.fixture(scope="module")
def desk() -> Iterator[LiveServer]:
    """A server without a database: the style guide needs none, and pytest-django refuses any use of it."""
    from pytest_django.live_server_helper import LiveServer

    server = LiveServer("127.0.0.1")
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def _pages_without_the_desks_own_name(settings: Settings) -> None:
    # The desk's name is an option in the database; without this processor the layout says Deskbell.
    templates = copy.deepcopy(settings.TEMPLATES)
    for backend in templates:
        processors = backend["OPTIONS"]["context_processors"]
        backend["OPTIONS"]["context_processors"] = [name for name in processors if "deskbell" not in name]
    settings.TEMPLATES = templates


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if not CHROMIUM.exists():
        pytest.skip("no Chromium: set CHROMIUM to its path")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-background-networking"]
        )
        yield running
        running.close()


@pytest.fixture
def page(browser: Any, desk: LiveServer) -> Iterator[Page]:
    """A page at the style guide; anything the policy refuses or a script throws fails the test."""
    context = browser.new_context(base_url=desk.url, viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert complaints == []


def value(page: Page, name: str) -> str:
    return str(page.eval_on_selector(f"[name={name}]", "field => field.value"))


def open_ticket(page: Page) -> None:
    page.goto("/styleguide/ticket/")
    page.wait_for_selector("desk-editor[ready]")


def test_the_editor_writes_html_and_plain_text(page: Page) -> None:
    open_ticket(page)
    page.locator(".ProseMirror").click()
    page.keyboard.type("Hello ")
    page.keyboard.press("Control+b")
    page.keyboard.type("Anna")
    page.keyboard.press("Control+b")
    page.keyboard.press("Enter")
    page.keyboard.type("- one")
    assert value(page, "text_html") == "<p>Hello <strong>Anna</strong></p><ul><li><p>one</p></li></ul><p></p>"
    assert value(page, "text") == "Hello Anna\n\n- one"


def test_the_editor_offers_people_to_mention(page: Page) -> None:
    open_ticket(page)
    page.locator(".ProseMirror").click()
    page.keyboard.type("@ann")
    page.wait_for_selector(".mention-list [role=option]")
    page.keyboard.press("Enter")
    assert value(page, "text") == "@Anna Kern"


def test_what_is_pasted_from_an_office_program_is_cleaned(page: Page) -> None:
    open_ticket(page)
    page.locator(".ProseMirror").click()
    page.evaluate(
        PASTE,
        "<style>p{color:red}</style><!--[if mso]>x<![endif]--><p class=MsoNormal style='mso-x:1'>"
        "<span style='font-weight:700'>Fat</span> <a href='https://x.example' onclick='x()'>link</a></p>",
    )
    html = value(page, "text_html")
    assert "<strong>Fat</strong>" in html
    assert 'href="https://x.example"' in html
    for rest in ("Mso", "style", "onclick", "[if"):
        assert rest not in html


def test_a_draft_is_kept_after_a_pause(page: Page) -> None:
    open_ticket(page)
    page.locator(".ProseMirror").click()
    with page.expect_response("**/styleguide/draft/") as answer:
        page.keyboard.type("A draft")
    assert answer.value.ok
    page.wait_for_function("() => document.querySelector('desk-draft').textContent.startsWith('Draft saved')")


def test_a_draft_is_saved_at_the_time_of_the_page_and_not_of_the_browser(browser: Any, desk: LiveServer) -> None:
    context = browser.new_context(base_url=desk.url, timezone_id="Asia/Taipei")
    opened = context.new_page()
    open_ticket(opened)
    before = clock.now().hour
    opened.locator(".ProseMirror").click()
    opened.keyboard.type("A draft")
    said = opened.wait_for_function(
        "() => /saved (\\d\\d)/.exec(document.querySelector('desk-draft').textContent)?.[1]"
    )
    assert int(said.json_value()) in {before, clock.now().hour}
    context.close()


def test_a_draft_is_saved_where_the_browser_does_not_know_the_zone(page: Page) -> None:
    # As with names that are newer than the browser: Europe/Kyiv.
    page.add_init_script(
        "const known = Intl.DateTimeFormat;"
        "Intl.DateTimeFormat = function (language, options) {"
        "  if (options?.timeZone) throw new RangeError('Invalid time zone');"
        "  return new known(language, options);"
        "};"
    )
    open_ticket(page)
    page.locator(".ProseMirror").click()
    page.keyboard.type("A draft")
    page.wait_for_function("() => document.querySelector('desk-draft').textContent.startsWith('Draft saved')")


def test_single_keys_act_outside_editors_only(page: Page) -> None:
    open_ticket(page)
    page.locator("h1").click()
    page.keyboard.press("n")
    page.wait_for_function("() => document.activeElement.matches('.ProseMirror')")
    page.keyboard.type("r?")
    assert page.eval_on_selector("[name=mode]:checked", "radio => radio.value") == "note"
    assert value(page, "text") == "r?"
    assert page.get_by_text("Only colleagues see this").last.is_visible()
    assert not page.get_by_role("button", name="Send reply").is_visible()


def test_the_sheet_of_keys_lists_what_the_page_offers(page: Page) -> None:
    open_ticket(page)
    page.locator("h1").click()
    page.keyboard.press("?")
    sheet = page.locator("#keys-sheet")
    assert "Hand over" in sheet.inner_text()
    assert "Internal note" in sheet.inner_text()


def test_recipients_are_chips_and_a_wrong_one_stops_the_form(page: Page) -> None:
    open_ticket(page)
    page.locator("recipient-input input:not([type=hidden])").click()
    page.keyboard.type("tom@example.org,")
    assert value(page, "to").endswith("tom@example.org")
    assert page.locator(".chip.invalid").count() == 1
    assert page.eval_on_selector("#reply-form", "form => form.checkValidity()") is False
    page.locator(".chip.invalid button").click()
    assert page.eval_on_selector("#reply-form", "form => form.checkValidity()") is True


def test_a_file_too_large_is_refused_before_it_is_sent(page: Page) -> None:
    page.goto("/styleguide/portal-ticket/")
    page.wait_for_function("() => !!customElements.get('file-drop')")
    page.evaluate("""() => document.querySelector("file-drop").take([
      new File(["hi"], "a.txt"),
      new File([new Uint8Array(26_300_000)], "b.bin"),
    ])""")
    assert "b.bin is larger than 26 MB" in page.locator("[data-list]").inner_text()
    assert page.eval_on_selector("input[type=file]", "input => input.files.length") == 1


def test_shift_selects_a_range_of_rows(page: Page) -> None:
    page.goto("/styleguide/queue/")
    page.wait_for_function("() => !!customElements.get('select-rows')")
    boxes = page.locator("input[name=ticket]")
    boxes.nth(0).click()
    boxes.nth(4).click(modifiers=["Shift"])
    assert page.locator("[data-count]").inner_text() == "5 selected"


def test_typing_in_the_search_box_refreshes_the_list_and_keeps_the_focus(page: Page) -> None:
    page.goto("/styleguide/queue/")
    page.wait_for_function("() => !!customElements.get('auto-submit')")
    page.locator("input[name=q]").click()
    page.keyboard.type("vpn")
    page.wait_for_function("() => document.querySelectorAll('#list tbody tr').length === 1")
    assert "q=vpn" in page.url
    assert page.evaluate("document.activeElement.name") == "q"


def test_a_mail_is_shown_at_its_full_height(page: Page) -> None:
    open_ticket(page)
    page.locator("mail-frame").scroll_into_view_if_needed()
    page.wait_for_function("() => parseInt(document.querySelector('mail-frame iframe').style.height) > 200")


def test_an_update_becomes_an_event_on_the_body_and_a_resync_after_a_gap(page: Page) -> None:
    page.route(
        "**/live/events*",
        lambda route: route.fulfill(
            content_type="text/event-stream",
            body=": listening\n\nid: 7\nevent: ticket.updated\ndata: 42\n\nevent: resync\ndata: 0\n\n",
        ),
    )
    page.goto("/styleguide/queue/")
    page.wait_for_function("() => !!customElements.get('live-region')")
    page.evaluate("""() => {
      globalThis.heard = [];
      for (const name of ["ticket:updated", "ticket:42", "live:resync"]) {
        document.body.addEventListener(name, () => heard.push(name));
      }
      const region = document.createElement("live-region");
      region.setAttribute("topics", "ticket:42");
      document.body.append(region);
    }""")
    page.wait_for_function("() => heard.length >= 3")
    assert page.evaluate("heard.slice(0, 3)") == ["ticket:updated", "ticket:42", "live:resync"]


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (390, "light")])
def test_the_style_guide_has_no_known_barrier_and_nothing_overflows(
    browser: Any, desk: LiveServer, scheme: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships no types

    # The checker injects its script, which the policy rightly forbids.
    context = browser.new_context(
        base_url=desk.url,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        bypass_csp=True,
        reduced_motion="reduce",
    )
    page = context.new_page()
    found = []
    for name in ("", "queue/", "ticket/", "ticket/?mode=note", "portal/", "portal-ticket/", "signin/", "admin/"):
        page.goto(f"/styleguide/{name}")
        page.wait_for_function("() => !!customElements.get('live-region')")
        if name.startswith("ticket"):
            page.wait_for_selector("desk-editor[ready]")
        results = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
        found += [(name, item["id"], item["nodes"][0]["html"][:120]) for item in results.response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append((name, "overflow", ""))
    context.close()
    assert found == []
