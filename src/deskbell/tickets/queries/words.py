"""Events in the words people read in the timeline. The actor stands before them: "Maria · Assigned to Jan"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deskbell.kernel.api import Event, event_kinds
from deskbell.tickets import events
from deskbell.tickets.models import Impact, LinkKind, Urgency
from deskbell.tickets.queries.names import Names


class Line(NamedTuple):
    """text: a sentence without the actor. with_reason: whether the event's reason belongs beside it."""

    text: str
    with_reason: bool = False


_LABELS = {
    "subject": gettext_lazy("subject"),
    "kind": gettext_lazy("kind"),
    "category_id": gettext_lazy("category"),
    "impact": gettext_lazy("impact"),
    "urgency": gettext_lazy("urgency"),
    "priority_id": gettext_lazy("priority"),
    "waiting_reason_id": gettext_lazy("reason for waiting"),
    "owner_id": gettext_lazy("owner"),
    "affected_id": gettext_lazy("person affected"),
    "team_id": gettext_lazy("team"),
}


def words_of(event: Event, names: Names) -> Iterator[Line]:
    """The lines of one event, mostly one."""
    writer = _WRITERS.get(event.kind)
    if writer is not None:
        yield from writer(event, names)
    elif event.kind in event_kinds:
        yield Line(str(event_kinds.get(event.kind).label))


def _created(event: Event, names: Names) -> Iterator[Line]:
    origin = event.data.get("split_from_id")
    if origin:
        yield Line(_("Split from #%(number)s") % {"number": origin})
    else:
        department = names.of_field("department_id", event.data.get("department_id"))
        yield Line(_("Created in %(department)s") % {"department": department})


def _state(event: Event, names: Names) -> Iterator[Line]:
    before, after = event.changes.get("state", ("", ""))
    values = {"before": names.states.get(before, before), "after": names.states.get(after, after)}
    text = _("Reopened: %(before)s → %(after)s") if event.data.get("reopened") else _("State: %(before)s → %(after)s")
    yield Line(text % values, with_reason=True)
    if event.new("waiting_reason_id"):
        yield Line(
            _("Waits for: %(reason)s") % {"reason": names.of_field("waiting_reason_id", event.new("waiting_reason_id"))}
        )


def _assigned(event: Event, names: Names) -> Iterator[Line]:
    if "assignee_id" in event.changes:
        before, after = event.changes["assignee_id"]
        if after is None:
            yield Line(_("Unassigned, was %(person)s") % {"person": names.of_field("assignee_id", before)})
        elif after == event.actor_id:
            yield Line(_("Took it on"))
        else:
            yield Line(_("Assigned to %(person)s") % {"person": names.of_field("assignee_id", after)})
    if "team_id" in event.changes:
        yield from _changed(event, names, only=("team_id",))


def _transferred(event: Event, names: Names) -> Iterator[Line]:
    before = names.of_field("department_id", event.data["department_before_id"])
    after = names.of_field("department_id", event.data["department_after_id"])
    text = _("Handed over from %(before)s to %(after)s") % {"before": before, "after": after}
    if event.data.get("kept_access"):
        text = _("%(text)s, which keeps access: %(department)s") % {"text": text, "department": before}
    yield Line(text)


def _requester(event: Event, names: Names) -> Iterator[Line]:
    if "requester_id" in event.changes:
        before, after = event.changes["requester_id"]
        yield Line(
            _("Person who asked: %(before)s → %(after)s")
            % {"before": names.of_field("requester_id", before), "after": names.of_field("requester_id", after)}
        )
    if "affected_id" in event.changes:
        yield from _changed(event, names, only=("affected_id",))


def _referred(event: Event, names: Names) -> Iterator[Line]:
    yield Line(_("Gave access to %(whom)s") % {"whom": _whom(event, names)}, with_reason=True)


def _referral_ended(event: Event, names: Names) -> Iterator[Line]:
    yield Line(_("Ended the access of %(whom)s") % {"whom": _whom(event, names)})


def _whom(event: Event, names: Names) -> str:
    if event.data.get("department_id"):
        return names.of_field("department_id", event.data["department_id"])
    return names.of_field("user_id", event.data.get("user_id"))


def _participant_added(event: Event, names: Names) -> Iterator[Line]:
    yield Line(_("Added %(person)s") % {"person": names.of_field("user_id", event.data["user_id"])})


def _participant_removed(event: Event, names: Names) -> Iterator[Line]:
    yield Line(_("Removed %(person)s") % {"person": names.of_field("user_id", event.data["user_id"])})


def _linked(event: Event, _names: Names) -> Iterator[Line]:
    yield Line(_("Linked: %(relation)s #%(number)s") % _relation(event))


def _unlinked(event: Event, _names: Names) -> Iterator[Line]:
    yield Line(_("Link removed: %(relation)s #%(number)s") % _relation(event))


def _relation(event: Event) -> dict[str, Any]:
    kind = LinkKind(event.data["kind"])
    return {"relation": kind.label if event.data["is_source"] else kind.reverse_label, "number": event.data["other_id"]}


def _merged(event: Event, _names: Names) -> Iterator[Line]:
    number = {"number": event.data["other_id"]}
    if "merged_into_id" in event.changes:
        yield Line(_("Merged into #%(number)s") % number)
    else:
        yield Line(_("#%(number)s was merged into this ticket") % number)


def _unmerged(event: Event, _names: Names) -> Iterator[Line]:
    yield Line(_("Merge with #%(number)s undone") % {"number": event.data["other_id"]})


def _split(event: Event, _names: Names) -> Iterator[Line]:
    yield Line(_("A message became #%(number)s") % {"number": event.data["other_id"]})


def _tagged(event: Event, _names: Names) -> Iterator[Line]:
    before, after = (set(side or ()) for side in event.changes["tags"])
    if after - before:
        yield Line(_("Tags added: %(tags)s") % {"tags": ", ".join(sorted(after - before))})
    if before - after:
        yield Line(_("Tags removed: %(tags)s") % {"tags": ", ".join(sorted(before - after))})


def _fields(event: Event, names: Names) -> Iterator[Line]:
    for name, (before, after) in event.changes.items():
        code = name.removeprefix("custom.")
        yield _change(names.fields.get(code, code), _plain(before), _plain(after))


def _classified(event: Event, names: Names) -> Iterator[Line]:
    yield from _changed(event, names, only=("kind", "category_id", "impact", "urgency", "priority_id"))


def _subject(event: Event, names: Names) -> Iterator[Line]:
    yield from _changed(event, names, only=("subject",))


def _owner(event: Event, names: Names) -> Iterator[Line]:
    yield from _changed(event, names, only=("owner_id",))


def _changed(event: Event, names: Names, *, only: tuple[str, ...]) -> Iterator[Line]:
    for name in only:
        if name in event.changes:
            before, after = (_value(names, name, side) for side in event.changes[name])
            line = _change(str(_LABELS[name]), before, after)
            yield line._replace(with_reason=name == "priority_id")


def _change(label: str, before: str, after: str) -> Line:
    sentence = _("%(field)s: %(before)s → %(after)s") % {"field": label, "before": before, "after": after}
    return Line(sentence[:1].upper() + sentence[1:])


def _value(names: Names, name: str, value: Any) -> str:
    if name == "impact" and value in Impact.values:
        return str(Impact(value).label)
    if name == "urgency" and value in Urgency.values:
        return str(Urgency(value).label)
    if name == "kind":
        return names.kinds.get(value, str(value))
    return names.of_field(name, value)


def _plain(value: Any) -> str:
    if value is None or value == "":
        return _("none")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


_WRITERS: dict[str, Callable[[Event, Names], Iterator[Line]]] = {
    events.CREATED.name: _created,
    events.STATE_CHANGED.name: _state,
    events.ASSIGNED.name: _assigned,
    events.OWNER_CHANGED.name: _owner,
    events.TRANSFERRED.name: _transferred,
    events.REQUESTER_CHANGED.name: _requester,
    events.REFERRED.name: _referred,
    events.REFERRAL_ENDED.name: _referral_ended,
    events.PARTICIPANT_ADDED.name: _participant_added,
    events.PARTICIPANT_REMOVED.name: _participant_removed,
    events.LINKED.name: _linked,
    events.UNLINKED.name: _unlinked,
    events.MERGED.name: _merged,
    events.UNMERGED.name: _unmerged,
    events.SPLIT.name: _split,
    events.TAGGED.name: _tagged,
    events.FIELDS_CHANGED.name: _fields,
    events.CLASSIFIED.name: _classified,
    events.SUBJECT_CHANGED.name: _subject,
}
