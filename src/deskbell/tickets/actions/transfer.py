"""Handing over to another department, and giving others access without handing over."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from deskbell.kernel.api import (
    Invalid,
    NotFound,
    Viewer,
    action,
    apply,
    ask,
    clock,
    one_line,
    record,
    require,
    send,
    visible,
)
from deskbell.kernel.statements import Statement
from deskbell.people.api import Department, User
from deskbell.tickets import access, events
from deskbell.tickets.actions.assignment import require_team
from deskbell.tickets.actions.messages import add_message
from deskbell.tickets.answers import once
from deskbell.tickets.content import MessageContent
from deskbell.tickets.locking import holding, lock_ticket, save
from deskbell.tickets.models import Direction, MessageKind, Referral, Ticket
from deskbell.tickets.queries.vocabulary import vocabulary
from deskbell.tickets.workers import can_work_in


@dataclass(frozen=True, slots=True)
class Transferred:
    """What the page says afterwards. still_visible: whether the person who handed it over may still open it."""

    ticket_id: int
    subject: str
    department: str
    still_visible: bool


@action()
def transfer(
    viewer: Viewer,
    ticket_id: int,
    department_id: int,
    *,
    note: str,
    keep_access: bool = False,
    assignee_id: int | None = None,
    team_id: int | None = None,
    seen_version: int | None = None,
) -> Transferred:
    """Hand a ticket over to another department, also one whose tickets the viewer cannot see.

    note: why, for the colleagues there; needed. keep_access: the department it leaves may still read and add
    notes; of a restricted ticket only the viewer, for most of the department never saw it. Assignee and team are
    cleared unless given. Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    ticket = lock_ticket(viewer, ticket_id, seen_version=seen_version)
    with holding(ticket):
        target = hand_over(
            viewer, ticket, department_id, note=note, keep_access=keep_access, assignee_id=assignee_id, team_id=team_id
        )
    return Transferred(
        ticket_id=ticket.pk, subject=ticket.subject, department=str(target), still_visible=_still_sees(viewer, ticket)
    )


def _still_sees(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether the viewer may open it after the change, which is sent along with the question."""
    if not ticket.is_restricted and viewer.may(access.SEE, ticket.department_id):
        return True
    found = Statement.of(visible(viewer, Ticket).filter(pk=ticket.pk).values_list("pk"))
    return found is not None and bool(ask([(found.sql, found.params)])[0])


def hand_over(
    viewer: Viewer,
    ticket: Ticket,
    department_id: int,
    *,
    note: str,
    keep_access: bool = False,
    assignee_id: int | None = None,
    team_id: int | None = None,
) -> Department:
    """`transfer` of a ticket the caller has locked and holds; the department it went to."""
    require(viewer, access.TRANSFER, ticket)
    target = _target(ticket, department_id, note)
    if assignee_id is not None and not can_work_in(assignee_id, target.pk):
        raise Invalid(fields={"assignee": _("This person cannot work on tickets of this department.")})
    require_team(team_id, target.pk)
    message = add_message(
        viewer, ticket, MessageContent(text=note), kind=MessageKind.NOTE, direction=Direction.INTERNAL
    )
    source_id = ticket.department_id
    category_id = _category_there(ticket, target)
    moved = ticket.assignee_id is not None and ticket.assignee_id != assignee_id
    changes = apply(ticket, department_id=target.pk, team_id=team_id, assignee_id=assignee_id, category_id=category_id)
    ticket.department = target
    ticket.reassign_count += int(moved)
    save(ticket, ["department", "team", "assignee", "category", "reassign_count"])
    send(_NO_REFERRAL, [ticket.pk, target.pk])  # it is theirs now
    department_keeps = keep_access and not ticket.is_restricted
    if keep_access:
        _keep(viewer, ticket, source_id if department_keeps else None)
    record(
        viewer,
        events.TRANSFERRED,
        ticket.pk,
        events.Transferred(
            department_before_id=source_id,
            department_after_id=target.pk,
            kept_access=department_keeps,
            message_id=message.pk,
        ),
        changes=changes,
        reason=one_line(note, 300),
    )
    return target


_NO_REFERRAL = "DELETE FROM tickets_referral WHERE ticket_id = %s AND department_id = %s"


def _target(ticket: Ticket, department_id: int, note: str) -> Department:
    problems = {}
    active = Department.objects.filter(pk=department_id, is_active=True)
    target = once(("active department", department_id), active.first)
    if target is None:
        problems["department"] = _("Choose a department.")
    elif target.pk == ticket.department_id:
        problems["department"] = _("The ticket is already there.")
    if not note.strip():
        problems["note"] = _("Write a note for the colleagues who take it over.")
    if problems or target is None:
        raise Invalid(fields=problems)
    return target


def _category_there(ticket: Ticket, target: Department) -> int | None:
    """The category, unless it belongs to another department than the target."""
    if ticket.category_id is None:
        return None
    home = next((each.department_id for each in vocabulary().categories if each.pk == ticket.category_id), None)
    return ticket.category_id if home in (None, target.pk) else None


def _keep(viewer: Viewer, ticket: Ticket, department_id: int | None) -> None:
    """The department keeps access; None: the viewer alone, which is an event of its own."""
    user_id = viewer.user_id if department_id is None else None
    if department_id is None and user_id is None:
        return
    _row, created = Referral.objects.filter(Q(department_id=department_id), Q(user_id=user_id)).get_or_create(
        ticket=ticket,
        defaults={
            "department_id": department_id,
            "user_id": user_id,
            "reason": _("Handed over, kept access"),
            "granted_by_id": viewer.user_id,
            "created_at": clock.now(),
        },
    )
    if created and user_id is not None:
        record(
            viewer, events.REFERRED, ticket.pk, events.Referred(user_id=user_id), changes={"can_work": (None, False)}
        )


@action()
def refer(
    viewer: Viewer,
    ticket_id: int,
    *,
    department_id: int | None = None,
    user_id: int | None = None,
    can_work: bool = False,
    reason: str,
) -> Referral:
    """Give a department or a colleague access to one ticket; it stays where it is.

    can_work: they may do what their role allows, otherwise read and add notes. On a restricted ticket this
    puts them on its list. Raises NotFound, NotAllowed, Invalid.
    """
    ticket = lock_ticket(viewer, ticket_id)
    require(viewer, access.TRANSFER, ticket)
    _check_referral(ticket, department_id, user_id, reason)
    row, created = Referral.objects.filter(Q(department_id=department_id), Q(user_id=user_id)).get_or_create(
        ticket=ticket,
        defaults={
            "department_id": department_id,
            "user_id": user_id,
            "can_work": can_work,
            "reason": one_line(reason, 300),
            "granted_by_id": viewer.user_id,
            "created_at": clock.now(),
        },
    )
    before = None if created else row.can_work
    if created or before != can_work:
        row.can_work = can_work
        row.reason = one_line(reason, 300)
        row.save(update_fields=["can_work", "reason"])
        save(ticket, [])
        record(
            viewer,
            events.REFERRED,
            ticket.pk,
            events.Referred(department_id=department_id, user_id=user_id, can_work=can_work),
            changes={"can_work": (before, can_work)},
            reason=reason,
        )
    return row


def _check_referral(ticket: Ticket, department_id: int | None, user_id: int | None, reason: str) -> None:
    problems = {}
    if (department_id is None) == (user_id is None):
        problems["department"] = _("Choose a department or a colleague.")
    elif department_id is not None:
        if department_id == ticket.department_id:
            problems["department"] = _("The ticket is already there.")
        elif not Department.objects.filter(pk=department_id, is_active=True).exists():
            problems["department"] = _("Choose a department.")
    elif not User.objects.filter(pk=user_id or 0, is_active=True, role_assignments__isnull=False).exists():
        problems["user"] = _("Choose a colleague.")
    if not reason.strip():
        problems["reason"] = _("Say why.")
    if problems:
        raise Invalid(fields=problems)


@action()
def end_referral(viewer: Viewer, ticket_id: int, referral_id: int) -> None:
    """Take the access back. Whoever was given it may also give it up. Raises NotFound, NotAllowed."""
    ticket = lock_ticket(viewer, ticket_id)
    row = Referral.objects.filter(pk=referral_id, ticket=ticket).first()
    if row is None:
        raise NotFound
    if row.user_id is None or row.user_id != viewer.user_id:
        require(viewer, access.TRANSFER, ticket)
    data = events.Referred(department_id=row.department_id, user_id=row.user_id, can_work=row.can_work)
    row.delete()
    save(ticket, [])
    record(viewer, events.REFERRAL_ENDED, ticket.pk, data)
