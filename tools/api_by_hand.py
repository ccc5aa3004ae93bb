"""Calls every operation of the API of a running desk, as a person would from its documentation page, and by the client.

    DATABASE_URL=… DESKBELL_DATA_DIR=… python tools/api_by_hand.py http://127.0.0.1:8000 [--only operation,…]

For a desk with made-up data (`deskbell demo`): people, tickets, webhooks and a file for the calls are written into its
database and its data folder, and stay. DESKBELL_DATA_DIR is the folder with its `secret_key` in it, without
DESKBELL_DEMO, which would mean a folder within: elsewhere the desk finds neither the file nor the secret of a webhook.
DATABASE_URL is postgresql://postgres@/deskbell?host=FOLDER/postgres/run for the server it brings along.

In Chromium somebody signs in, opens /api/docs/, pastes a real token, and presses “Try it out” and “Execute” of each
operation with real ids; then the generated client does the same over the network. Prints a table, and fails when an
answer is not the documented success.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import itertools
import json
import os
import re
import sys
import tempfile
import time
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "client"), str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deskbell.config.settings")
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")

if TYPE_CHECKING:
    from collections.abc import Callable

    from deskbell_client import AuthenticatedClient
    from playwright.sync_api import Locator, Page

    from deskbell.config.tests.api_desk import ApiDesk
    from deskbell.kernel.rest.endpoints import Endpoint

ONLY: set[str] = set()  # given on the command line; empty for all
PASSWORD = "four brass bells ring at noon"
METHODS = {"GET": 0, "POST": 2, "PUT": 3, "PATCH": 4, "DELETE": 5}
# Before what makes anew what these end, or adds what forbids them: a department with another one below it stays active.
EARLY = ("invitations_withdraw", "departments_deactivate", "departments_reactivate", "tickets_undo_merge")
# After everything that needs what these take away.
LATE = ("webhooks_delete", "tickets_merge", "my_tickets_close", "people_merge")
UNIQUE = ("new.person", "toechter", "Night shift", "Night", "Networks", "Phones", "Harrow Vale")


@dataclass
class Run:
    """One round of calls: what they are made with, and the status of each by its operation."""

    desk: ApiDesk
    mark: str
    statuses: dict[str, str] = field(default_factory=dict)


def endpoints() -> list[Endpoint]:
    """All operations, in an order in which each finds what it needs."""
    from deskbell.config.rest import service

    def place(each: Endpoint) -> tuple[int, int, str]:
        name = each.operation_id
        for rank, names in ((1, EARLY), (9, LATE)):
            if name in names:
                return (rank, names.index(name), name)
        return (METHODS[each.method], 0, name)

    wanted = [each for each in service().endpoints.values() if not ONLY or each.operation_id in ONLY]
    return sorted(wanted, key=place)


def role_of(name: str) -> str:
    """Whose token it takes: what customers ask themselves is for them."""
    return "customer" if name.startswith("my_") and "token" not in name else "administrator"


def arguments(run: Run, endpoint: Endpoint) -> dict[str, Any]:
    """What the operation is called with: values of path and query by name, `body`, `file`."""
    from deskbell.config.tests import api_doors as doors

    name = endpoint.operation_id
    own = {**run.desk.ids, **(doors.PATHS[name](run.desk) if name in doors.PATHS else {})}
    given: dict[str, Any] = {part: own[part] for part in re.findall(r"{(\w+)}", endpoint.path)}
    given |= dict(parse_qsl(doors.QUERIES.get(name, "").lstrip("?")))
    if name in doors.BODIES:
        text = json.dumps(doors.BODIES[name](run.desk)).replace("+358409876543", f"+35841{run.mark}")
        given["body"] = json.loads(re.sub("|".join(UNIQUE), lambda found: found.group() + run.mark, text))
    if name in doors.UPLOADS:
        given["file"] = b"hello"
    return given


class DocsPage:
    """The documentation page in a browser."""

    def __init__(self, page: Page, shots: Path) -> None:
        self.page = page
        self.shots = shots
        self.complaints: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.wait_for_selector(".opblock")

    def authorise(self, secret: str) -> None:
        """As by hand: Authorize, paste, Authorize in the dialog, close."""
        self.page.locator(".btn.authorize").first.click()
        dialog = self.page.locator(".modal-ux")
        dialog.locator("input").first.fill(secret)
        dialog.locator("button.authorize").first.click()
        dialog.locator("button.btn-done").click()

    def call(self, endpoint: Endpoint, given: dict[str, Any], upload: Path) -> str:
        """The status that the page shows for the answer."""
        from playwright.sync_api import Error as PlaywrightError

        name = endpoint.operation_id
        # By the page's own filter: a hundred operations drawn anew with each key press take seconds.
        self.page.locator(".operation-filter-input").fill(endpoint.tag)
        block = self.page.locator(f'.opblock[id$="-{name}"]')
        for _try in range(3):  # a press while the page still filters opens nothing
            block.locator(".opblock-summary-control").first.click()
            try:
                # It opens ready to be tried out: “Try it out” is pressed already.
                block.locator("button.execute").wait_for(timeout=5_000)
                break
            except PlaywrightError:
                continue
        if block.locator('tr[data-param-name="limit"] input').count():
            given = {**given, "limit": 2}  # so that the answers of a full desk are drawn soon
        for part, value in given.items():
            if part == "body":
                block.locator("textarea.body-param__text").fill(json.dumps(value))
            elif part == "file":
                block.locator('input[type="file"]').set_input_files(upload)
            else:
                self._fill(block.locator(f'tr[data-param-name="{part}"]'), str(value))
        block.locator("button.execute").click()
        shown = block.locator(".live-responses-table tbody tr.response")
        shown.first.wait_for()
        status = shown.first.locator(".response-col_status").inner_text().split()[0]
        if status != str(endpoint.status):
            print(f"{name}: {status} {shown.first.inner_text()[:700]}", file=sys.stderr)
        if name in {"tickets_get", "attachments_upload", "tickets_create"}:
            shown.first.scroll_into_view_if_needed()
            self.page.screenshot(path=self.shots / f"called-{name}.png")
        block.locator(".opblock-summary-control").first.click()
        print(f"page: {name} {status}", file=sys.stderr, flush=True)
        return status

    def _fill(self, row: Locator, value: str) -> None:
        """A parameter: an input, or a choice where the description lists its values."""
        if row.locator("select").count():
            row.locator("select").first.select_option(value)
        else:
            row.locator("input, textarea").first.fill(value)

    def photograph(self) -> None:
        for width in (1440, 390):
            for scheme in ("light", "dark"):
                self.page.set_viewport_size({"width": width, "height": 1000})
                self.page.emulate_media(color_scheme=scheme)
                self.page.reload()
                self.page.wait_for_selector(".opblock")
                self.page.screenshot(path=self.shots / f"docs-{width}-{scheme}.png")
        self.page.set_viewport_size({"width": 1440, "height": 1000})
        self.page.emulate_media(color_scheme="light")


def sign_in(page: Page, base: str, run: Run) -> None:
    """With a password, as anybody does; the documentation is for people signed in."""
    page.goto(f"{base}/api/docs/")
    page.locator('input[name="login"]').fill(str(run.desk.people["administrator"].email))
    page.locator('input[name="password"]').fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def by_page(run: Run, base: str, shots: Path) -> list[str]:
    """Fills in the statuses; what the browser complained of."""
    from playwright.sync_api import Error as PlaywrightError
    from playwright.sync_api import sync_playwright

    planned = [(each, arguments(run, each)) for each in endpoints()]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright runs a loop of its own in this thread
        upload = Path(folder) / "a.txt"
        upload.write_bytes(b"hello")
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        context = browser.new_context(viewport={"width": 1440, "height": 1000})
        context.set_default_timeout(30_000)
        first = context.new_page()
        sign_in(first, base, run)
        DocsPage(first, shots).photograph()
        complaints: list[str] = []
        for role in ("customer", "administrator"):
            page = context.new_page()
            page.goto(f"{base}/api/docs/")
            docs = DocsPage(page, shots)
            docs.authorise(run.desk.secrets[role])
            for endpoint, given in planned:
                if role_of(endpoint.operation_id) != role:
                    continue
                try:
                    run.statuses[endpoint.operation_id] = docs.call(endpoint, given, upload)
                except PlaywrightError as error:  # the others are called all the same
                    run.statuses[endpoint.operation_id] = "not called"
                    print(f"{endpoint.operation_id}: {error}", file=sys.stderr)
            complaints += docs.complaints
            page.close()
        browser.close()
        return complaints


def by_client(run: Run, client_of: Callable[[str], AuthenticatedClient]) -> None:
    """Fills in the statuses. client_of: the client of a role, "customer" or "administrator"."""
    for role in ("customer", "administrator"):
        client = client_of(role)
        for endpoint in endpoints():
            name = endpoint.operation_id
            if role_of(name) != role:
                continue
            tag = re.sub(r"\W+", "_", endpoint.tag.lower())
            call = importlib.import_module(f"deskbell_client.api.{tag}.{name}").sync_detailed
            answer = call(client=client, **for_client(call, arguments(run, endpoint)))
            run.statuses[name] = str(int(answer.status_code))
            if answer.status_code != endpoint.status:
                print(f"{name}: {answer.status_code} {answer.content[:700]!r}", file=sys.stderr)


def client_to(base: str, secret: str) -> AuthenticatedClient:
    from deskbell_client import AuthenticatedClient

    return AuthenticatedClient(base_url=base, token=secret)


def for_client(call: Any, given: dict[str, Any]) -> dict[str, Any]:
    """The arguments as the generated function takes them."""
    from deskbell_client.types import File

    body, file = given.pop("body", None), given.pop("file", None)
    parameter = inspect.signature(call, eval_str=True).parameters.get("body")
    if parameter is not None and file is not None:
        given["body"] = parameter.annotation(
            file=File(payload=BytesIO(file), file_name="a.txt", mime_type="text/plain")
        )
    elif parameter is not None and body is not None:
        kinds = getattr(parameter.annotation, "__args__", (parameter.annotation,))
        given["body"] = next(each for each in kinds if hasattr(each, "from_dict")).from_dict(body)
    return given


def new_run(mark: str) -> Run:
    from django.db import transaction

    from deskbell.config.tests.api_desk import build

    with transaction.atomic():
        run = Run(build(mark), mark)
        person = run.desk.people["administrator"]
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
    return run


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("base", help="address of the running desk")
    options.add_argument("--shots", type=Path, default=Path(tempfile.gettempdir()) / "deskbell-api-by-hand")
    options.add_argument("--only", default="", help="names of operations, with commas between them")
    given = options.parse_args()
    ONLY.update(name for name in given.only.split(",") if name)
    given.shots.mkdir(parents=True, exist_ok=True)
    import django

    django.setup()
    from deskbell.people.tests import factories

    started = int(time.time())
    factories._numbers = itertools.count(started)  # noqa: SLF001  (addresses unlike those of earlier runs)
    page, client = new_run(str(started)[-7:]), new_run(str(started + 1)[-7:])
    complaints = by_page(page, given.base.rstrip("/"), given.shots)
    by_client(client, lambda role: client_to(given.base.rstrip("/"), client.desk.secrets[role]))
    wrong = 0
    for endpoint in endpoints():
        name, expected = endpoint.operation_id, str(endpoint.status)
        shown, answered = page.statuses.get(name, "-"), client.statuses.get(name, "-")
        mark = "" if (shown, answered) == (expected, expected) else f"  expected {expected}"
        wrong += bool(mark)
        print(f"{endpoint.method:6} {endpoint.path:56} {name:28} page {shown} client {answered}{mark}")
    print(f"{len(page.statuses)} operations from the page, {len(client.statuses)} by the client, {wrong} wrong.")
    for complaint in complaints:
        print(f"The browser says: {complaint}")
    print(f"Screenshots: {given.shots}")
    return 1 if wrong or complaints else 0


if __name__ == "__main__":
    sys.exit(main())
