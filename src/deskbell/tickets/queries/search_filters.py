"""`from:`, `state:`, `tag:` and the other filters of the search box, as conditions on tickets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deskbell.kernel.api import Viewer, clock, visible
from deskbell.people.api import Department, Organisation, User
from deskbell.search import api as search
from deskbell.tickets.models import Attachment, Category, Channel, Kind, MessageKind, Priority, State, StateCategory

MOST_PEOPLE = 50  # meant by one name
_LARGEST_ID = 2**63 - 1
NOTHING = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """One filter for the help under the search box. example: what one would type."""

    name: str
    label: str | Promise
    example: str


FILTERS: tuple[SearchFilter, ...] = (
    SearchFilter("from", gettext_lazy("Who asked: name or address"), "from:anna"),
    SearchFilter("state", gettext_lazy("State"), "state:new"),
    SearchFilter("is", gettext_lazy("open, closed, unassigned or mine"), "is:open"),
    SearchFilter("tag", gettext_lazy("Tag"), "tag:vip"),
    SearchFilter("department", gettext_lazy("Department"), "department:support"),
    SearchFilter("assignee", gettext_lazy("Assignee: name, me or none"), "assignee:me"),
    SearchFilter("organisation", gettext_lazy("Organisation"), "organisation:acme"),
    SearchFilter("kind", gettext_lazy("Kind"), "kind:incident"),
    SearchFilter("category", gettext_lazy("Category and everything below"), "category:hardware"),
    SearchFilter("priority", gettext_lazy("Priority"), "priority:high"),
    SearchFilter("channel", gettext_lazy("Channel"), "channel:email"),
    SearchFilter("has", gettext_lazy("attachment"), "has:attachment"),
    SearchFilter("created", gettext_lazy("Day or days of creation"), "created:2026-11-01..2026-11-30"),
    SearchFilter("number", gettext_lazy("Number"), "number:10042"),
)
OUTSIDE = ("from", "state", "is", "kind", "has", "created", "number")  # offered in the portal


@dataclass(slots=True)
class Conditions:
    """q: what the filters ask. groups: scopes that narrow the index, one of each group. problems: in words."""

    q: Q = field(default_factory=Q)
    groups: list[list[str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def search_filters(viewer: Viewer) -> list[SearchFilter]:
    """What the viewer may filter a search by."""
    if viewer.is_agent:
        return list(FILTERS)
    is_ = SearchFilter("is", gettext_lazy("open, closed or mine"), "is:open")
    return [is_ if each.name == "is" else each for each in FILTERS if each.name in OUTSIDE]


def names(*, for_customers: bool) -> tuple[str, ...]:
    return OUTSIDE if for_customers else tuple(each.name for each in FILTERS)


class Unusable(Exception):
    """A value no filter can use, with the sentence that says so."""


def conditions_of(viewer: Viewer, filters: Iterable[search.Filter], *, for_customers: bool) -> Conditions:
    """Values of one filter are alternatives, filters add up; excluded ones are taken away."""
    found = Conditions()
    wanted: dict[str, Q] = {}
    groups: dict[str, list[str]] = {}
    for each in filters:
        try:
            q, scopes = _READERS[each.name](viewer, each.value)
        except Unusable as unusable:
            found.problems.append(str(unusable))
            continue
        if for_customers and each.name == "has":
            q = _has_attachment(public=True)
        if each.excluded:
            found.q &= ~q
        else:
            wanted[each.name] = wanted[each.name] | q if each.name in wanted else q
            groups.setdefault(each.name, []).extend(scopes)
    for q in wanted.values():
        found.q &= q
    found.groups = [group for group in groups.values() if group]
    return found


Read = tuple[Q, list[str]]


def _unusable(name: str, value: str, known: Iterable[str] = ()) -> Unusable:
    offered = ", ".join(list(dict.fromkeys(known))[:12])
    if offered:
        text = _("“%(value)s” is not known for “%(name)s:”. There are: %(known)s.")
        return Unusable(text % {"value": value, "name": name, "known": offered})
    return Unusable(_("“%(value)s” cannot be used for “%(name)s:”.") % {"value": value, "name": name})


def _people(viewer: Viewer, name: str, value: str, *, agents: bool = False) -> list[int]:
    if value.lower() == "me":
        return [viewer.user_id or 0]
    rows = visible(viewer, User).filter(Q(name__icontains=value) | Q(email__icontains=value))
    if agents:
        rows = rows.filter(role_assignments__isnull=False).distinct()
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:MOST_PEOPLE])
    if not ids:
        raise Unusable(_("Nobody is called “%(value)s” (%(name)s:).") % {"value": value, "name": name})
    return ids


def _from(viewer: Viewer, value: str) -> Read:
    ids = _people(viewer, "from", value)
    return Q(requester_id__in=ids), [f"person:{each}" for each in ids]


def _assignee(viewer: Viewer, value: str) -> Read:
    if value.lower() in {"none", "nobody"}:
        return Q(assignee__isnull=True), []
    return Q(assignee_id__in=_people(viewer, "assignee", value, agents=True)), []


def _organisation(viewer: Viewer, value: str) -> Read:
    rows = visible(viewer, Organisation).filter(name__icontains=value)
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:MOST_PEOPLE])
    if not ids:
        raise _unusable("organisation", value)
    return Q(organisation_id__in=ids), [f"organisation:{each}" for each in ids]


def _department(viewer: Viewer, value: str) -> Read:
    ids = _named("department", value, [(row.pk, (str(row),)) for row in visible(viewer, Department)])
    return Q(department_id__in=ids), [f"department:{each}" for each in ids]


def _named(name: str, value: str, rows: Iterable[tuple[int, tuple[str, ...]]]) -> list[int]:
    """Ids of what is called so, or begins so. rows: id and the texts by which it is known, its name last."""
    rows = list(rows)
    wanted = value.casefold().replace("_", " ")

    def texts(row: tuple[int, tuple[str, ...]]) -> list[str]:
        return [text.casefold().replace("_", " ") for text in row[1]]

    ids = [row[0] for row in rows if wanted in texts(row)]
    ids = ids or [row[0] for row in rows if any(text.startswith(wanted) for text in texts(row))]
    if not ids:
        raise _unusable(name, value, (row[1][-1] for row in rows))
    return ids


def _state(viewer: Viewer, value: str) -> Read:
    categories = [each for each in StateCategory if value.casefold() in {each.value, str(each.label).casefold()}]
    rows = [
        (row.pk, (row.code, row.name, row.name_for_customer, str(row)) if viewer.is_agent else (row.name_for_customer,))
        for row in State.objects.order_by("position", "pk")
    ]
    try:
        ids = _named("state", value, rows)
    except Unusable:
        if not categories:
            raise
        return Q(state_category__in=categories), []
    return Q(state_id__in=ids) | Q(state_category__in=categories), []


def _is(viewer: Viewer, value: str) -> Read:
    known: dict[str, Q] = {
        "open": Q(state_category__in=[each.value for each in StateCategory.open()]),
        "closed": Q(state_category__in=[each.value for each in StateCategory.ended()]),
        "unassigned": Q(assignee__isnull=True),
        "mine": Q(assignee_id=viewer.user_id) if viewer.is_agent else Q(requester_id=viewer.user_id),
    }
    if not viewer.is_agent:
        del known["unassigned"]
    if value.lower() not in known:
        raise _unusable("is", value, known)
    return known[value.lower()], []


def _kind(_viewer: Viewer, value: str) -> Read:
    rows = Kind.objects.order_by("position", "pk")
    return Q(kind_id__in=_named("kind", value, [(row.pk, (row.code, row.name, str(row))) for row in rows])), []


def _category(viewer: Viewer, value: str) -> Read:
    seen = viewer.departments_with("ticket.see")
    rows = Category.objects.filter(Q() if seen is None else Q(department=None) | Q(department__in=sorted(seen)))
    ids = _named("category", value, [(row.pk, (row.name, str(row))) for row in rows])
    below = NOTHING
    for path in Category.objects.filter(pk__in=ids).values_list("path", flat=True):
        below |= Q(path__startswith=path)
    return Q(category_id__in=Category.objects.filter(below).values("pk")), []


def _priority(_viewer: Viewer, value: str) -> Read:
    rows = Priority.objects.order_by("rank")
    return Q(priority_id__in=_named("priority", value, [(row.pk, (row.code, row.name, str(row))) for row in rows])), []


def _channel(_viewer: Viewer, value: str) -> Read:
    for each in Channel:
        if value.casefold() in {each.value, str(each.label).casefold()}:
            return Q(channel=each.value), []
    raise _unusable("channel", value, Channel.values)


def _tag(_viewer: Viewer, value: str) -> Read:
    tag = value.lower()
    return Q(tags__contains=[tag]), [f"tag:{tag}"]


def _has(_viewer: Viewer, value: str) -> Read:
    if value.casefold() not in {"attachment", "attachments", "file", "files"}:
        raise _unusable("has", value, ["attachment"])
    return _has_attachment(public=False), []


def _has_attachment(*, public: bool) -> Q:
    attached = Attachment.objects.filter(message__ticket=OuterRef("pk"), is_inline=False)
    return Q(Exists(attached.filter(message__kind=MessageKind.PUBLIC) if public else attached))


def _number(_viewer: Viewer, value: str) -> Read:
    digits = value.lstrip("#")
    if not (digits.isascii() and digits.isdigit()) or int(digits[:19]) > _LARGEST_ID:
        raise _unusable("number", value)
    return Q(pk=int(digits[:19])), []


_AGO = re.compile(r"(\d{1,4})([dwm])", re.ASCII)
_AGO_DAYS = {"d": 1, "w": 7, "m": 30}


def _created(_viewer: Viewer, value: str) -> Read:
    """A day, `>day`, `<day`, `day..day`, `7d`, `2w`, `1m` (that long ago or later) or `today`; days in UTC."""
    try:
        first, last = _days(value.strip().lower())
    except (ValueError, OverflowError):
        raise _unusable("created", value, ["2026-11-01", "2026-11-01..2026-11-30", ">2026-11-01", "7d"]) from None
    found = Q()
    if first is not None:
        found &= Q(created_at__gte=datetime.combine(first, time.min, tzinfo=UTC))
    if last is not None:
        found &= Q(created_at__lte=datetime.combine(last, time.max, tzinfo=UTC))
    return found, []


def _days(value: str) -> tuple[date | None, date | None]:
    today = clock.now().date()
    if value == "today":
        return today, today
    if ago := _AGO.fullmatch(value):
        return today - timedelta(days=int(ago[1]) * _AGO_DAYS[ago[2]]), None
    if value.startswith(">"):
        return date.fromisoformat(value[1:].lstrip("=")), None
    if value.startswith("<"):
        return None, date.fromisoformat(value[1:].lstrip("="))
    first, dots, last = value.partition("..")
    if not dots:
        return date.fromisoformat(first), date.fromisoformat(first)
    return date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None


_READERS: Mapping[str, Callable[[Viewer, str], Read]] = {
    "from": _from,
    "state": _state,
    "is": _is,
    "tag": _tag,
    "department": _department,
    "assignee": _assignee,
    "organisation": _organisation,
    "kind": _kind,
    "category": _category,
    "priority": _priority,
    "channel": _channel,
    "has": _has,
    "created": _created,
    "number": _number,
}
