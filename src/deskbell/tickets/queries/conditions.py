"""A queue filter as one condition on tickets, without the viewer's rights."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from deskbell.kernel.api import Viewer
from deskbell.search import api as search
from deskbell.tickets import access
from deskbell.tickets.models import Category, CustomField, FieldType, Mention, Watcher
from deskbell.tickets.queries.filters import ME, NOBODY, QueueFilter
from deskbell.tickets.queries.search_filters import conditions_of, names
from deskbell.tickets.queries.shares import share_of

NOTHING = Q(pk__in=())
MOST_IDS = 3000  # newest tickets found by a text, among which a list looks


@dataclass(frozen=True, slots=True)
class Condition:
    """is_selective: it leaves so few tickets that sorting them costs nothing. problems: what could not be read."""

    q: Q
    is_selective: bool
    problems: tuple[str, ...] = ()


def conditions(viewer: Viewer, wanted: QueueFilter) -> Condition:
    """Everything the filter asks for, except what the viewer may see."""
    narrow = bool(wanted.requesters or wanted.organisations) or wanted.view in {"mine", "mentions", "watched"}
    found = _view(viewer, wanted.view)
    problems: tuple[str, ...] = ()
    for field, values in (
        ("state_category", wanted.state_categories),
        ("state__code", wanted.states),
        ("department_id", wanted.departments),
        ("team_id", wanted.teams),
        ("requester_id", wanted.requesters),
        ("organisation_id", wanted.organisations),
        ("kind__code", wanted.kinds),
        ("priority_id", wanted.priorities),
        ("channel", wanted.channels),
    ):
        if values:
            found &= Q(**{f"{field}__in": values})
    if wanted.assignees:
        found &= _assignees(viewer, wanted.assignees)
    if wanted.tags:
        found &= Q(tags__overlap=list(wanted.tags))
    if wanted.categories:
        found &= Q(category_id__in=_below(wanted.categories))
    if wanted.created_from:
        found &= Q(created_at__gte=wanted.created_from)
    if wanted.created_to:
        found &= Q(created_at__lte=wanted.created_to)
    if wanted.custom:
        found &= _custom(wanted)
    if wanted.text:
        text = matches_text(viewer, wanted.text, for_customers=False)
        found &= text.q
        narrow, problems = narrow or text.is_selective, text.problems
    return Condition(found, narrow, problems)


def _view(viewer: Viewer, view: str) -> Q:
    match view:
        case "mine":
            return Q(assignee_id=viewer.user_id) if viewer.user_id else NOTHING
        case "unassigned":
            return Q(assignee__isnull=True)
        case "mentions":
            return Q(pk__in=Mention.objects.filter(user_id=viewer.user_id or 0, seen_at=None).values("ticket_id"))
        case "watched":
            return Q(pk__in=Watcher.objects.filter(user_id=viewer.user_id or 0).values("ticket_id"))
        case _:
            return Q()


def _assignees(viewer: Viewer, assignees: tuple[int, ...]) -> Q:
    ids = {viewer.user_id or 0 if each == ME else each for each in assignees if each != NOBODY}
    found = Q(assignee_id__in=sorted(ids))
    return found | Q(assignee__isnull=True) if NOBODY in assignees else found


def _below(category_ids: tuple[int, ...]) -> Any:
    below = Q(pk__in=())
    for path in Category.objects.filter(pk__in=category_ids).values_list("path", flat=True):
        below |= Q(path__startswith=path)
    return Category.objects.filter(below).values("pk")


def matches_text(viewer: Viewer, text: str, *, for_customers: bool) -> Condition:
    """Tickets found by what somebody typed; internal notes count only for colleagues. At most three queries."""
    question = search.read(text, names(for_customers=for_customers))
    wanted = conditions_of(viewer, question.filters, for_customers=for_customers)
    problems = (*question.problems, *wanted.problems)
    if question.is_empty:
        return Condition(NOTHING, is_selective=True, problems=problems)
    scope = where_to_look(viewer, for_customers=for_customers, groups=wanted.groups)
    if not question.has_words:
        return Condition(wanted.q & ~without(question, scope), is_selective=False, problems=problems)
    ids = search.newest_ids("ticket", question, scope, most=MOST_IDS)
    if len(ids) == MOST_IDS:
        problems = (
            *problems,
            _("Only the newest %(count)s tickets with these words are listed.") % {"count": MOST_IDS},
        )
    return Condition(wanted.q & Q(pk__in=ids), is_selective=True, problems=problems)


def without(question: search.Question, scope: search.Scope) -> Q:
    """The newest tickets that hold a word which must not be there, of a question without any other word."""
    if not question.excluded:
        return NOTHING
    found: set[int] = set()
    for term in question.excluded:
        found.update(search.newest_ids("ticket", search.Question(terms=(term,)), scope, most=MOST_IDS))
    return Q(pk__in=sorted(found))


def where_to_look(viewer: Viewer, *, for_customers: bool, groups: Sequence[Sequence[str]] = ()) -> search.Scope:
    """The part of the index in which the viewer's tickets are. It only narrows; rights come from the policy.

    groups: scopes of filters, one of each of which a ticket must have.
    """
    if for_customers:
        organisations = [f"organisation:{each}" for each in sorted(viewer.organisation_ids)]
        return search.Scope([[f"person:{viewer.user_id or 0}", *organisations], *groups], is_small=True)
    seen = viewer.departments_with(access.SEE)
    if seen is None:
        return search.Scope(groups, inside=True)
    departments = [f"department:{each}" for each in sorted(seen)]
    share = share_of(seen)
    return search.Scope([[*departments, f"colleague:{viewer.user_id or 0}"], *groups], inside=True, share=share)


def _custom(wanted: QueueFilter) -> Q:
    fields = {field.code: field for field in CustomField.objects.filter(code__in=list(wanted.custom))}
    found = Q()
    for code, text in wanted.custom.items():
        field = fields.get(code)
        value = _as_stored(field, text) if field else None
        if value is None:
            return NOTHING
        found &= Q(custom__contains={code: value})
    return found


def _as_stored(field: CustomField, text: str) -> Any:
    """The value as it stands in Ticket.custom; None for what no ticket can have."""
    try:
        return _READERS.get(FieldType(field.type), str)(text)
    except (ValueError, InvalidOperation):
        return None


_YES_NO = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_READERS: dict[FieldType, Callable[[str], Any]] = {
    FieldType.INTEGER: lambda text: int(text[:30]),
    FieldType.DECIMAL: lambda text: str(Decimal(text)),
    FieldType.BOOLEAN: lambda text: _YES_NO.get(text.lower()),
    FieldType.DATE: lambda text: date.fromisoformat(text).isoformat(),
    FieldType.CHOICES: lambda text: [text],
}
