"""Pictures for the README and the guides, taken from a running demonstration.

    ./deskbell demo                                   in one terminal
    python tools/screenshots.py http://127.0.0.1:8000 in another; writes docs/images/*.png

Chromium is found by Playwright, or named by CHROMIUM.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

IMAGES = Path(__file__).parents[1] / "docs" / "images"
PASSWORD = "lamp-bell-tea-42"
AGENT, ADMINISTRATOR = "james.whitfield@lumikko.example", "ilona.berg@lumikko.example"
SIZE: ViewportSize = {"width": 1360, "height": 860}


def sign_in(browser: Browser, base: str, email: str) -> Page:
    page = browser.new_context(viewport=SIZE, locale="en-GB", reduced_motion="reduce").new_page()
    page.goto(f"{base}/account/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(re.compile(r"/(desk|portal|admin)/"))
    return page


def take(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle") if "portal" in name else page.wait_for_timeout(600)
    page.screenshot(path=IMAGES / f"{name}.png")


def main(base: str, customer: str) -> None:
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"])
        page = sign_in(browser, base, AGENT)
        page.goto(f"{base}/desk/queue/departments/")
        take(page, "queue")
        page.goto(f"{base}/desk/queue/mine/")
        page.locator("a[href*='/desk/tickets/']:not([href*=new])").first.click()
        page.wait_for_url(re.compile(r"/desk/tickets/\d+/"))
        take(page, "ticket")
        page = sign_in(browser, base, ADMINISTRATOR)
        page.goto(f"{base}/admin/")
        take(page, "administration")
        page = sign_in(browser, base, customer)
        page.goto(f"{base}/portal/")
        take(page, "portal")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), sys.argv[2])
