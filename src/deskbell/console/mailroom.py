"""Mail as people read it: parsed for a page, whatever was in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deskbell.channels import api as channels
from deskbell.kernel.api import StoredFile, clock, read

LONGEST_SHOWN = 200_000  # characters of a text or source on a page; the whole is a download
TEST_PATIENCE = 180  # seconds after which a test message that has not come back is called lost

# Nothing in a mail runs, loads from elsewhere or leaves its frame.
FRAME_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox allow-popups"
)

STAGES: dict[str, str | Promise] = {
    "received": gettext_lazy("Received"),
    "parsed": gettext_lazy("Read"),
    "mailbox": gettext_lazy("Which mailbox"),
    "known": gettext_lazy("Known already"),
    "test": gettext_lazy("A test"),
    "automatic": gettext_lazy("Automatic mail"),
    "bounce": gettext_lazy("Delivery report"),
    "sender": gettext_lazy("Sender"),
    "conversation": gettext_lazy("Conversation"),
    "person": gettext_lazy("Who wrote"),
    "content": gettext_lazy("Content"),
    "ticket": gettext_lazy("Ticket"),
    "acknowledgement": gettext_lazy("Acknowledgement"),
    "end": gettext_lazy("Outcome"),
    "retry": gettext_lazy("Tried again by"),
    "error": gettext_lazy("Error"),
}

SIGNS: dict[str, str | Promise] = {
    "no_mailbox": gettext_lazy("For no mailbox"),
    "mailbox_inactive": gettext_lazy("Mailbox paused"),
    "department_inactive": gettext_lazy("Department inactive"),
    "own_loop": gettext_lazy("Came back to us"),
    "bounce_unmatched": gettext_lazy("Unknown delivery report"),
    "no_sender": gettext_lazy("No sender"),
    "bad_sender": gettext_lazy("Sender is no address"),
    "own_address": gettext_lazy("From the desk itself"),
    "colleague": gettext_lazy("A colleague's mail"),
    "auto_reply_unmatched": gettext_lazy("Automatic answer"),
    "blocked": gettext_lazy("Blocked sender"),
    "deactivated": gettext_lazy("Deactivated sender"),
    "too_large": gettext_lazy("Larger than allowed"),
    "sender_unproven": gettext_lazy("Sender not proven"),
    "error": gettext_lazy("Could not be processed"),
}


def sign_in_words(sign: str) -> str:
    """Why a mail is parked, in two or three words."""
    return str(SIGNS.get(sign, sign.replace("_", " ")))


@dataclass(frozen=True, slots=True)
class Readable:
    """One mail for a page. problem: why it cannot be read, in words; then only the source is there."""

    subject: str
    sender: str
    to: str
    text: str
    html: str
    attachments: list[tuple[str, int]]
    source: str
    cut: bool
    problem: str


def readable(raw: StoredFile | None) -> Readable | None:
    """A stored mail, parsed. None when its bytes are not kept."""
    if raw is None:
        return None
    data = read(raw)
    source = data[:LONGEST_SHOWN].decode("utf-8", "replace").replace("\x00", "\ufffd")
    cut = len(data) > LONGEST_SHOWN
    try:
        mail = channels.preview(data)
    except Exception as error:  # noqa: BLE001  whatever a stranger's mail breaks, its source must stay readable
        return Readable("", "", "", "", "", [], source, cut, str(error)[:300])
    return Readable(
        subject=mail.subject,
        sender=mail.sender,
        to=mail.to,
        text=mail.text,
        html=mail.html,
        attachments=[(name or _("unnamed"), size) for name, _type, size in mail.attachments],
        source=source,
        cut=cut,
        problem="",
    )


@dataclass(frozen=True, slots=True)
class TraceLine:
    stage: str
    at: datetime | None
    text: str


def trace_lines(trace: list[dict[str, Any]]) -> list[TraceLine]:
    """The decisions about a mail, oldest first."""
    return [
        TraceLine(
            stage=str(STAGES.get(entry.get("stage", ""), entry.get("stage", ""))),
            at=_moment(entry.get("at")),
            text=str(entry.get("text", "")),
        )
        for entry in trace
    ]


def _moment(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class TestStep:
    """One step of a mailbox's test. state: ok, failed, waiting or skipped; advice: what to do when it failed."""

    __test__ = False

    title: str
    state: str
    text: str
    advice: str


TEST_STEPS: tuple[tuple[str, str | Promise, str | Promise], ...] = (
    (
        "incoming",
        gettext_lazy("Sign in to read"),
        gettext_lazy(
            "Compare server, port, encryption, user name and folder with what your mail provider says. "
            "Many want a password made for programs instead of your own."
        ),
    ),
    (
        "outgoing",
        gettext_lazy("Connect to the sending server"),
        gettext_lazy("Compare server, port and encryption: 587 goes with STARTTLS, 465 with TLS from the beginning."),
    ),
    (
        "sent",
        gettext_lazy("Send the test message"),
        gettext_lazy("The server must allow this user to send from the mailbox's address."),
    ),
)


@dataclass(frozen=True, slots=True)
class TestReport:
    """A whole test. state: passed, failed, waiting or lost."""

    __test__ = False

    state: str
    started_at: datetime
    steps: list[TestStep]


def test_report(test: channels.MailboxTest) -> TestReport:
    """What became of a test, each step in words with what to do where it failed."""
    done = {entry["step"]: entry for entry in test.steps}
    steps = []
    for name, title, advice in TEST_STEPS:
        entry = done.get(name)
        state = "skipped" if entry is None else "ok" if entry["ok"] else "failed"
        text = str(entry["text"]) if entry else _("Not tried, because an earlier step failed.")
        steps.append(TestStep(str(title), state, text, str(advice) if state == "failed" else ""))
    state = _test_state(test)
    steps.append(_returned(test, state))
    return TestReport(state, test.started_at, steps)


def _test_state(test: channels.MailboxTest) -> str:
    if test.returned_at is not None:
        return "passed"
    if test.has_failed or test.sent_at is None:
        return "failed"
    waited = (clock.now() - test.sent_at).total_seconds()
    return "waiting" if waited < TEST_PATIENCE else "lost"


def _returned(test: channels.MailboxTest, state: str) -> TestStep:
    title = _("Wait until it is back")
    if test.returned_at is not None and test.sent_at is not None:
        seconds = max((test.returned_at - test.sent_at).total_seconds(), 0)
        return TestStep(title, "ok", _("Back after %(seconds).1f s.") % {"seconds": seconds}, "")
    if state == "waiting":
        return TestStep(title, "waiting", _("On its way. This page looks again by itself."), "")
    if state == "lost":
        advice = _(
            "Look into the mailbox by hand. If the message is there, the intake does not read it: check folder and "
            "user name, and that “deskbell intake” runs. If it is not, look into its spam folder and the server's log."
        )
        return TestStep(title, "failed", _("It did not come back within three minutes."), advice)
    return TestStep(title, "skipped", _("Not tried, because an earlier step failed."), "")
