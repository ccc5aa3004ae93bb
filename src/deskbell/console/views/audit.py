"""Everything that was done: who, what, from what to what, why. As a page and as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from deskbell.console import changes, filters, offers, pages, records
from deskbell.console.gate import READS, console_page, viewer_of
from deskbell.kernel.api import Viewer, clock, event_kinds
from deskbell.people import api as people

PAGE = 50
EXPORT_PAGE = 1000  # events read at once while the file streams
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filter as it stands in the page's fields."""

    actor: int | None
    kind: str
    record: str
    since: str
    until: str

    def __bool__(self) -> bool:
        return bool(self.actor or self.kind or self.record or self.since or self.until)


def _wanted(request: HttpRequest, viewer: Viewer) -> tuple[Wanted, people.AuditFilter]:
    since, until = filters.day(request, "since"), filters.day(request, "until")
    kind = filters.text(request, "kind")
    subject, pk, table = _record(filters.text(request, "record"))
    shown = Wanted(
        actor=filters.number(request, "actor"),
        kind=kind if kind in _kind_names() else "",
        record=filters.text(request, "record") if subject else "",
        since=since.isoformat() if since else "",
        until=until.isoformat() if until else "",
    )
    return shown, people.AuditFilter(
        actor_id=shown.actor,
        kind=shown.kind,
        subject_type=subject,
        subject_id=pk,
        table=table,
        since=_moment(filters.start_of, since, viewer),
        until=_moment(filters.end_of, until, viewer),
    )


def _moment(of_day: Any, day: Any, viewer: Viewer) -> datetime | None:
    try:
        found: datetime | None = of_day(day, viewer.time_zone)
    except (OverflowError, ValueError):
        return None  # the first and last days of the calendar have no moment in every zone
    return found


def _record(text: str) -> tuple[str, int | None, str]:
    """A record as the log's links write it: "user:7", or "config:3:state" with its table."""
    parts = text.split(":")
    if len(parts) not in (1, 2, 3) or parts[0] not in dict(records.subjects()):
        return "", None, ""
    digits = parts[1] if len(parts) > 1 else ""
    pk = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None  # noqa: PLR2004  bigint
    return parts[0], pk, parts[2] if len(parts) > 2 else ""  # noqa: PLR2004  the third part


def _kind_names() -> set[str]:
    names = {kind.name for kind in event_kinds}
    return names | {name.split(".", 1)[0] for name in names}


@console_page(people.SEE_AUDIT, methods=READS)
def audit(request: HttpRequest) -> HttpResponse:
    """The log, newest first, a page at a time."""
    viewer = viewer_of(request)
    shown, wanted = _wanted(request, viewer)
    page = people.audit_log(viewer, wanted, after=request.GET.get("after") or None, size=PAGE)
    groups: dict[str, list[tuple[str, str]]] = {}
    words = dict(records.subjects())
    for kind in event_kinds:
        groups.setdefault(words.get(kind.subject, kind.subject), []).append((kind.name, str(kind.label)))
    context = {
        "filter": shown,
        "rows": changes.describe([row.event for row in page.rows]),
        "kinds": list(groups.items()),
        "people": offers.colleagues(viewer),
        "export_url": _export_address(request),
        "previous": filters.with_query(request, after=None) if request.GET.get("after") else None,
        "next": filters.with_query(request, after=page.next) if page.next else None,
    }
    return pages.render(request, viewer, "console/desk/audit.html", context, block="results")


def _export_address(request: HttpRequest) -> str:
    query = filters.with_query(request, after=None).partition("?")[2]
    return f"{request.path}export/{f'?{query}' if query else ''}"


class _Echo:
    """A file for csv.writer that hands each line on instead of keeping it."""

    def write(self, line: str) -> str:
        return line


@console_page(people.SEE_AUDIT, methods=READS)
def audit_export(request: HttpRequest) -> StreamingHttpResponse:
    """The same events as CSV (RFC 4180, UTF-8 with a mark for spreadsheets), streamed page by page."""
    viewer = viewer_of(request)
    _shown, wanted = _wanted(request, viewer)
    people.audit_log(viewer, wanted, size=1)  # refuses before the first byte
    response = StreamingHttpResponse(_lines(viewer, wanted), content_type="text/csv; charset=utf-8")
    name = f"audit-{clock.now():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(viewer: Viewer, wanted: people.AuditFilter) -> Iterator[str]:
    writer: Any = csv.writer(_Echo())
    head = [_("Time (UTC)"), _("Who"), _("What"), _("Record"), _("Field"), _("Before"), _("After"), _("Why")]
    yield "\ufeff" + writer.writerow(head)
    cursor: str | None = None
    while True:
        page = people.audit_log(viewer, wanted, after=cursor, size=EXPORT_PAGE)
        for change in changes.describe([row.event for row in page.rows]):
            why = " ".join(part for part in (change.cause, change.reason) if part)
            first = [change.at.isoformat(), change.actor, change.what, change.record]
            for line in change.lines or (changes.Line("", "", ""),):
                row = [*first, line.field, line.old or "", line.new, why]
                yield writer.writerow([_harmless(value) for value in row])
        cursor = page.next
        if cursor is None:
            return


def _harmless(value: str) -> str:
    """A cell no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{value}" if value.startswith(FORMULA_SIGNS) else value
