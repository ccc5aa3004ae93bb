"""Who may do what, in one table; surfaces walk the same table through their own doors.

Columns are people as they stand to one ticket of the department "IT support", a part of "IT"; "Finance" is
another department. "+" allowed, "-" refused though the ticket is seen, "." the ticket does not exist for them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from deskbell.kernel.api import SYSTEM, NotAllowed, NotFound, Viewer
from deskbell.people.api import Department, User
from deskbell.tickets import api as tickets
from deskbell.tickets.tests import factories as make

ALLOWED, REFUSED, UNSEEN = "+", "-", "."

COLUMNS = (
    "nobody", "stranger", "requester", "affected", "participant", "organisation", "viewer", "agent", "lead", "head",
    "parent_agent", "other_agent", "other_head", "referred_reader", "referred_worker", "administrator",
)  # fmt: skip

# "link" and "merge" concern two tickets: those who take part in one of them do not see the other.
TABLE = """
see_as_colleague      . . . . . .  + + + + +  . .  + + +
see_as_requester      . . + + + +  . . . . .  . .  . . .
answer_as_requester   . . + + + +  . . . . .  . .  . . .
close_as_requester    . . + + + +  . . . . .  . .  . . .
reply                 . . - - - -  - + + + +  . .  - + +
add_note              . . - - - -  - + + + +  . .  + + +
change_subject        . . - - - -  - + + + +  . .  - + +
classify              . . - - - -  - + + + +  . .  - + +
override_priority     . . - - - -  - - + + -  . .  - - +
set_tags              . . - - - -  - + + + +  . .  - + +
set_fields            . . - - - -  - + + + +  . .  - + +
take                  - . - - - -  - + + + +  . .  - + +
assign                . . - - - -  - + + + +  . .  - - +
change_owner          . . - - - -  - + + + +  . .  - - +
resolve               . . + + + +  - + + + +  . .  - + +
change_requester      . . - - - -  - + + + +  . .  - + +
add_participant       . . - - - -  - + + + +  . .  - + +
transfer              . . - - - -  - + + + +  . .  - - +
refer                 . . - - - -  - + + + +  . .  - - +
link                  . . - . . -  - + + + +  . .  - + +
merge                 . . - . . -  - + + + +  . .  - - +
split                 . . - - - -  - + + + +  . .  - - +
watch                 . . - - - -  + + + + +  . .  + + +
bulk                  . . - - - -  - - + + -  . .  - - +
"""


@dataclass
class Scene:
    """One ticket and everyone around it. other: a second ticket that the same colleagues see."""

    support: Department
    finance: Department
    ticket: tickets.Ticket
    other: tickets.Ticket
    attachment_id: int
    note_id: int
    people: dict[str, User | None] = field(default_factory=dict)

    def viewer(self, column: str) -> Viewer:
        user = self.people[column]
        return Viewer() if user is None else make.viewer(user)


def scene(*, kind: str = "incident") -> Scene:
    """Everything the table speaks of, made by the real actions."""
    it = make.department("IT")
    support, finance = make.department("IT support", it), make.department("Finance")
    firm = make.organisation("Firm")
    people: dict[str, User | None] = {
        "nobody": None,
        "stranger": make.person("Stranger"),
        "requester": make.person("Requester", organisation=firm),
        "affected": make.person("Affected"),
        "participant": make.person("Participant"),
        "organisation": make.person("Follower", organisation=firm, sees_organisation=True),
        "viewer": make.colleague(support, "viewer"),
        "agent": make.colleague(support, "agent"),
        "lead": make.colleague(support, "lead"),
        "head": make.colleague(support, "head"),
        "parent_agent": make.colleague(it, "agent"),
        "other_agent": make.colleague(finance, "agent"),
        "other_head": make.colleague(finance, "head"),
        "referred_reader": make.colleague(finance, "agent"),
        "referred_worker": make.colleague(finance, "agent"),
        "administrator": make.colleague(None, "administrator"),
    }
    asking, affected, copied = people["requester"], people["affected"], people["participant"]
    assert asking
    assert affected
    assert copied
    file = tickets.NewAttachment(file=make.stored(b"plans"), name="secretplan.pdf")
    ticket = make.ticket(
        support,
        asking,
        kind=kind,
        subject="Kaleidoscope is broken",
        content=tickets.MessageContent(text="The mirrors fell out", channel="email", attachments=[file]),
        affected_id=affected.pk,
        participants=[(copied.pk, tickets.ParticipantRole.CC)],
    )
    note = tickets.add_note(SYSTEM, ticket.pk, tickets.MessageContent(text="Hush-hush remark"))
    other = make.ticket(support, asking, kind=kind, subject="Another matter")
    for name, can_work in (("referred_reader", False), ("referred_worker", True)):
        person = people[name]
        assert person
        for row in (ticket, other):
            tickets.refer(SYSTEM, row.pk, user_id=person.pk, can_work=can_work, reason="Knows it")
    attachment = tickets.Attachment.objects.get(message__ticket=ticket)
    return Scene(support, finance, make.reload(ticket), make.reload(other), attachment.pk, note.pk, people)


def table() -> dict[tuple[str, str], str]:
    """(action, column) → expectation."""
    found = {}
    for line in TABLE.strip().splitlines():
        action, *marks = line.split()
        assert len(marks) == len(COLUMNS), line
        found.update({(action, column): mark for column, mark in zip(COLUMNS, marks, strict=True)})
    return found


Action = Callable[[Scene, Viewer], object]
_words = tickets.MessageContent(text="words", channel="portal")


def _bulk(scene: Scene, viewer: Viewer) -> None:
    """Bulk tells failures apart per ticket; here the one failure is raised as the others are."""
    result = tickets.bulk(viewer, [scene.ticket.pk], tickets.BulkChange(add_tags=["bulk"]))
    for reason in result.failed.values():
        raise NotFound if reason == str(NotFound()) else NotAllowed


def _colleague_of(scene: Scene, viewer: Viewer) -> int:
    """Somebody of the department who is not the viewer: taking it oneself is another row."""
    lead = make.pk_of(scene.people["lead"])
    return lead if lead != viewer.user_id else make.pk_of(scene.people["agent"])


def _priority(code: str) -> int:
    return tickets.Priority.objects.get(code=code).pk


ACTIONS: dict[str, Action] = {
    "see_as_colleague": lambda s, v: tickets.ticket_page(v, s.ticket.pk),
    "see_as_requester": lambda s, v: tickets.customer_ticket(v, s.ticket.pk),
    "answer_as_requester": lambda s, v: tickets.answer_as_requester(v, s.ticket.pk, _words),
    "close_as_requester": lambda s, v: tickets.close_as_requester(v, s.ticket.pk),
    "reply": lambda s, v: tickets.reply(v, s.ticket.pk, _words),
    "add_note": lambda s, v: tickets.add_note(v, s.ticket.pk, _words),
    "change_subject": lambda s, v: tickets.change_subject(v, s.ticket.pk, "Other words"),
    "classify": lambda s, v: tickets.classify(v, s.ticket.pk, impact=1),
    "override_priority": lambda s, v: tickets.classify(
        v, s.ticket.pk, priority_id=_priority("critical"), priority_reason="The mayor asks"
    ),
    "set_tags": lambda s, v: tickets.set_tags(v, s.ticket.pk, ["new"]),
    "set_fields": lambda s, v: tickets.set_fields(v, s.ticket.pk, {}),
    "take": lambda s, v: tickets.take(v, s.ticket.pk),
    "assign": lambda s, v: tickets.assign(v, s.ticket.pk, _colleague_of(s, v)),
    "change_owner": lambda s, v: tickets.change_owner(v, s.ticket.pk, make.pk_of(s.people["lead"])),
    "resolve": lambda s, v: tickets.change_state(v, s.ticket.pk, "resolved", resolution="Glued"),
    "change_requester": lambda s, v: tickets.change_requester(v, s.ticket.pk, make.pk_of(s.people["stranger"])),
    "add_participant": lambda s, v: tickets.add_participant(v, s.ticket.pk, make.pk_of(s.people["stranger"])),
    "transfer": lambda s, v: tickets.transfer(v, s.ticket.pk, s.finance.pk, note="Yours"),
    "refer": lambda s, v: tickets.refer(v, s.ticket.pk, department_id=s.finance.pk, reason="Have a look"),
    "link": lambda s, v: tickets.link(v, s.ticket.pk, s.other.pk, "related_to"),
    "merge": lambda s, v: tickets.merge(v, s.ticket.pk, s.other.pk),
    "split": lambda s, v: tickets.split(v, s.ticket.pk, make.first_message(s.ticket).pk, subject="Apart"),
    "watch": lambda s, v: tickets.watch(v, s.ticket.pk),
    "bulk": _bulk,
}
