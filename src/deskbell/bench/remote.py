"""The same pages of any running desk, over HTTP alone: signed in as an agent, with what its lists show."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from deskbell.bench import creation, pages
from deskbell.bench.figures import DeskFigures
from deskbell.bench.http import Answer, Connection, Request, Target
from deskbell.bench.measuring import Wishes
from deskbell.bench.trouble import BenchError

_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
_NUMBER = re.compile(rb'id="ticket-(\d+)"')
_SUBJECT = re.compile(rb"<h1[^>]*>([^<]+)</h1>")
_WORD = re.compile(r"[^\W\d_]{4,}")
MOST_TICKETS, MOST_WORDS = 40, 8


@dataclass(frozen=True, slots=True)
class Access:
    """How the desk is entered: a session's cookie as it stands in the header, or an address and a password.

    token, department: to measure creation, which really creates tickets there.
    """

    cookie: str = ""
    email: str = ""
    password: str = ""
    token: str = ""
    department: int = 0


def measure_url(url: str, access: Access, wishes: Wishes, words: list[str]) -> DeskFigures:
    """Queue, ticket page and search; creation when a token and a department are given. Raises BenchError."""
    target = Target.parse(url)
    with Connection(target) as connection:
        cookie = access.cookie or sign_in(connection, target, access)
        facts = _facts(connection, target, cookie, words)
    figures = DeskFigures(0)
    wanted: list[tuple[str, list[Request]]] = [
        ("queue", pages.queue_requests(target, facts)),
        ("ticket", pages.ticket_requests(target, facts)),
        ("search", pages.search_requests(target, facts, "given")),
    ]
    for name, requests in wanted:
        if name in wishes.only and requests:
            figures.rows.append(
                pages.measure(target, name, requests, rounds=wishes.rounds, seconds=wishes.seconds)
            )  # fmt: skip
    if access.token and access.department and "creation" in wishes.only:
        body = creation.body_for({"department": access.department, "requester": 0})
        del body["requester_id"]
        body["requester"] = {"email": "bench@bench-mail.example", "name": "Bench"}
        figures.rows.append(
            creation.measure(target, access.token, body, rounds=wishes.rounds, seconds=wishes.seconds)
        )  # fmt: skip
    return figures


def sign_in(connection: Connection, target: Target, access: Access) -> str:
    """The cookies of a new session. Raises BenchError when it is refused."""
    page = connection.exchange(Request.build(target, "/account/login/").data)
    found = _TOKEN.search(page.body)
    if page.status != 200 or found is None:
        raise BenchError(f"{target.name}: there is no form to sign in at /account/login/ (status {page.status}).")
    jar = _cookies(page)
    form = {"csrfmiddlewaretoken": found[1].decode(), "login": access.email, "password": access.password}
    scheme = "https" if target.is_tls else "http"
    headers = {
        "Cookie": _header(jar), "Content-Type": "application/x-www-form-urlencoded",
        "Origin": f"{scheme}://{target.name}", "Referer": f"{scheme}://{target.name}/account/login/",
    }  # fmt: skip
    body = urlencode(form).encode()
    request = Request.build(target, "/account/login/", method="POST", headers=headers, body=body)
    answer = connection.exchange(request.data)
    if answer.status not in {302, 303}:
        raise BenchError(
            f"{target.name} does not let {access.email} in (status {answer.status}).\n"
            "  Fix: check the password; with a second factor give a session's cookie (--cookie)."
        )
    return _header(jar | _cookies(answer))


def _cookies(answer: Answer) -> dict[str, str]:
    pairs = (line.split(";", 1)[0].split("=", 1) for line in answer.header("set-cookie"))
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}


def _header(jar: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in jar.items())


def _facts(connection: Connection, target: Target, cookie: str, words: list[str]) -> dict[str, Any]:
    """What the agent's list shows, and the words of its subjects."""
    headers = {"Cookie": cookie}
    queue = connection.exchange(Request.build(target, "/desk/", headers=headers).data)
    if queue.status != 200:
        raise BenchError(f"{target.name}/desk/ answers {queue.status}: this person is no agent, or not signed in.")
    numbers = [int(number) for number in _NUMBER.findall(queue.body)][:MOST_TICKETS]
    if not numbers:
        raise BenchError(f"{target.name}: the list of this agent is empty; there is nothing to measure.")
    found, subjects = [], []
    for number in numbers:
        page = connection.exchange(Request.build(target, f"/desk/tickets/{number}/", headers=headers).data)
        messages = page.body.count(pages.MESSAGE)
        if page.status == 200 and messages:
            found.append([number, messages])
            subject = _SUBJECT.search(page.body)
            subjects += _WORD.findall(subject[1].decode()) if subject else []
    asked = words or list(dict.fromkeys(subjects))[:MOST_WORDS]
    agent = {"cookie": cookie, "tickets": found, "queue": queue.body.count(pages.ROW_OF_QUEUE)}
    return {"agents": [agent], "words": {quote(word): {"given": word} for word in asked}}
