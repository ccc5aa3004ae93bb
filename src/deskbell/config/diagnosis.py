"""The checks behind `deskbell doctor`. Each says what it found and, when it is not well, what to do."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Literal

from django.db import connection

from deskbell.config.installation.model import DeskbellSettings

State = Literal["ok", "warning", "problem"]

OLDEST_POSTGRESQL = 150_000  # as the server counts: major * 10000
SKEW_SECONDS = 2.0
FREE_PROBLEM, FREE_WARNING = 200_000_000, 2_000_000_000  # bytes
HEARTBEAT_SECONDS = 30


@dataclass(frozen=True)
class Finding:
    """One line of the report. advice: what to do; empty when all is well."""

    check: str
    state: State
    text: str
    advice: str = ""

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def run_checks(settings: DeskbellSettings) -> list[Finding]:
    """All checks, in the order in which one would look. Without a database those that need it are left out."""
    findings = [*check_folder(settings), *check_disk(settings)]
    database = list(check_database())
    findings += database
    if any(finding.state == "problem" for finding in database):
        return findings
    checks: tuple[Callable[[], Iterator[Finding]], ...] = (
        check_migrations,
        check_workers,
        check_clock,
        check_mailboxes,
        check_webhooks,
        check_files,
        check_search,
        check_events,
    )
    for check in checks:
        found = list(check())
        findings += found
        # Without this version's tables the rest could only fail.
        if check is check_migrations and any(finding.state == "problem" for finding in found):
            break
    return findings


def check_folder(settings: DeskbellSettings) -> Iterator[Finding]:
    """The data folder can be written to, and the key is nobody else's to read."""
    place = settings.place
    if not place.is_dir():
        yield Finding("folder", "warning", f"{place} is not there yet.", "It is made by the first `deskbell up`.")
        return
    if not os.access(place, os.W_OK | os.X_OK):
        advice = "Run Deskbell as the folder's owner, or set DESKBELL_DATA_DIR to a folder of your own."
        yield Finding("folder", "problem", f"{place} cannot be written to by this user.", advice)
        return
    key = place / "secret_key"
    if key.exists() and key.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Finding("folder", "problem", f"{key} can be read by other users.", f"chmod 600 {key}")
        return
    yield Finding("folder", "ok", f"{place} is writable and its key is private.")


def check_disk(settings: DeskbellSettings) -> Iterator[Finding]:
    """There is room for files and, when it is embedded, for the database."""
    place = settings.place
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    text = f"{free / 1e9:.1f} GB are free at {place}."
    advice = "Make room, or move the data folder and set DESKBELL_DATA_DIR."
    if free < FREE_PROBLEM:
        yield Finding("disk", "problem", text, advice)
    elif free < FREE_WARNING:
        yield Finding("disk", "warning", text, advice)
    else:
        yield Finding("disk", "ok", text)


def check_database() -> Iterator[Finding]:
    """Reachable, new enough, and able to compare letters outside ASCII."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version_num')::int, version(), lower('ПРИВІТ') = 'привіт'")
            number, version, knows_letters = cursor.fetchone()
            cursor.execute("SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()")
            (encoding,) = cursor.fetchone()
    except Exception as error:  # noqa: BLE001  (whatever it is, it is the finding)
        advice = "Check DATABASE_URL, that the server runs, and that its firewall and pg_hba.conf let this machine in."
        yield Finding("database", "problem", f"It cannot be reached: {str(error).strip()}", advice)
        return
    short = version.split(" on ")[0]
    if number < OLDEST_POSTGRESQL:
        yield Finding("database", "problem", f"{short} is too old.", "Upgrade PostgreSQL to 15 or newer.")
    elif encoding != "UTF8" or not knows_letters:
        advice = (
            "Letters outside ASCII would not be found by search. Create the database anew with a UTF-8 locale:\n"
            "CREATE DATABASE deskbell TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8';\n"
            "then load a dump of the old one into it."
        )
        yield Finding("database", "problem", f"{short} answers, but its locale is not UTF-8.", advice)
    else:
        yield Finding("database", "ok", f"{short} answers, its locale is right.")


def check_migrations() -> Iterator[Finding]:
    """The schema is that of this version."""
    from deskbell.config.cli.bootstrap import pending_migrations

    waiting = pending_migrations()
    if waiting:
        advice = "Run: deskbell manage migrate   (deskbell up does it by itself)"
        yield Finding("migrations", "problem", f"{waiting} are not applied.", advice)
    else:
        yield Finding("migrations", "ok", "All are applied.")


def check_workers() -> Iterator[Finding]:
    """Somebody works on the jobs, and they do not pile up."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)",
            [HEARTBEAT_SECONDS],
        )
        (alive,) = cursor.fetchone()
        cursor.execute(
            "SELECT count(*) FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, now()) < now()"
            " - interval '5 minutes'), count(*) FILTER (WHERE status = 'failed') FROM procrastinate_jobs"
        )
        late, failed = cursor.fetchone()
    if not alive:
        advice = "Start one: deskbell worker   (deskbell up starts it with everything else)"
        yield Finding("workers", "warning", f"None is running; {late} jobs wait.", advice)
    elif late:
        advice = "Look at the worker's log; start more workers or raise DESKBELL_WORKER_CONCURRENCY."
        yield Finding("workers", "problem", f"{late} jobs have waited for over five minutes.", advice)
    else:
        yield Finding("workers", "ok", f"{alive} at work.")
    if failed:
        advice = "See which and why: deskbell manage procrastinate shell"
        yield Finding("jobs", "warning", f"{failed} failed for good.", advice)


def check_clock() -> Iterator[Finding]:
    """This machine and the database agree on the time."""
    before = datetime.now(UTC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone()
    ours = before + (datetime.now(UTC) - before) / 2
    skew = abs((theirs - ours).total_seconds())
    if skew > SKEW_SECONDS:
        text = f"The database's clock is {skew:.0f} s away from this machine's."
        yield Finding("clock", "problem", text, "Let both follow a time server (timedatectl set-ntp true).")
    else:
        yield Finding("clock", "ok", f"Within {max(skew, 0.001):.3f} s of the database's.")


def check_webhooks() -> Iterator[Finding]:
    """Each webhook as the last try found its server."""
    from deskbell.webhooks import api as webhooks

    for webhook in webhooks.check_webhooks():
        if webhook.is_well:
            yield Finding("webhook", "ok", f"{webhook.name} is well.")
        else:
            advice = "See under Administration, Webhooks what the server answered; the test there tries it at once."
            yield Finding("webhook", "problem", f"{webhook.name}: {webhook.sentence}", advice)


def check_mailboxes() -> Iterator[Finding]:
    """Each mailbox as the intake last saw it."""
    from deskbell.channels import api as channels

    for mailbox in channels.check_mailboxes():
        if mailbox.is_well:
            yield Finding("mailbox", "ok", f"{mailbox.name} <{mailbox.address}> is well.")
        else:
            advice = "Correct it under Administration, Mailboxes; the test there says what the server answers."
            yield Finding("mailbox", "problem", f"{mailbox.name} <{mailbox.address}>: {mailbox.sentence}", advice)


def check_files() -> Iterator[Finding]:
    """The text inside attached files was read; what could not be read is no fault of the installation."""
    from deskbell.kernel.api import SYSTEM
    from deskbell.tickets import api as tickets

    unread = tickets.unread_files(SYSTEM)
    if not unread:
        yield Finding("files", "ok", "The text of every attached file that was read can be found.")
        return
    count = sum(each.count for each in unread)
    reasons = ", ".join(f"{each.reason} ({each.count})" for each in unread)
    yield Finding("files", "ok", f"The text of {count} attached files cannot be found: {reasons}.")


def check_search() -> Iterator[Finding]:
    """Every record has its document in the search index, made by this version."""
    from deskbell.search import api as search

    advice = "Run: deskbell search rebuild   (the desk may run meanwhile)"
    for each in search.health():
        if each.missing or each.is_outdated or each.is_unfinished:
            text = f"{each.missing} of {each.records} {each.subject_type} documents are missing."
            if each.is_unfinished:
                text = "Writing the index anew was cut off."
            elif each.is_outdated:
                text = "The index was made by an older version."
            yield Finding("search", "warning", text, advice)
        else:
            yield Finding("search", "ok", f"{each.records} {each.subject_type} documents.")


def check_events() -> Iterator[Finding]:
    """New events get numbers of their own: no index of the log would refuse one that is there (docs/adr/0019)."""
    from deskbell.kernel.api import newest_events

    if newest_events.are_ahead():
        advice = (
            "New events would get the numbers of old ones. Run in the database:\n"
            "SELECT setval('kernel_event_id_seq', (SELECT max(id) FROM kernel_eventrow));"
        )
        yield Finding("events", "problem", "The sequence of their numbers stands behind the newest event.", advice)
    else:
        yield Finding("events", "ok", "Their numbers follow one another.")
