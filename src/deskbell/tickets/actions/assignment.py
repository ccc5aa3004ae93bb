"""Who works on a ticket, and who owns it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from deskbell.kernel.api import UNCHANGED, Invalid, NotAllowed, Unchanged, Viewer, action, apply, record, require
from deskbell.people.api import Team
from deskbell.tickets import access, events
from deskbell.tickets.actions.messages import add_message
from deskbell.tickets.answers import once
from deskbell.tickets.content import MessageContent
from deskbell.tickets.locking import lock_ticket, save
from deskbell.tickets.models import Direction, MessageKind, Ticket
from deskbell.tickets.workers import can_work_in, referred_workers


@action()
def assign(
    viewer: Viewer,
    ticket_id: int,
    assignee_id: int | None,
    *,
    team_id: int | Unchanged | None = UNCHANGED,
    note: str = "",
    seen_version: int | None = None,
) -> Ticket:
    """Give a ticket to a colleague (None: to nobody), with a note for them if one is written.

    Giving it to oneself needs `ticket.work`, to others `ticket.assign`. Raises NotFound, NotAllowed, Conflict,
    or Invalid when the person or team cannot work in the ticket's department.
    """
    ticket = lock_ticket(viewer, ticket_id, seen_version=seen_version)
    oneself = assignee_id is not None and assignee_id == viewer.user_id
    require(viewer, access.WORK if oneself else access.ASSIGN, ticket)
    if assignee_id is not None and assignee_id != ticket.assignee_id:
        require_worker(ticket, assignee_id)
    require_team(team_id, ticket.department_id)
    if note.strip():
        require(viewer, access.NOTE, ticket)
        add_message(viewer, ticket, MessageContent(text=note), kind=MessageKind.NOTE, direction=Direction.INTERNAL)
    set_assignee(viewer, ticket, assignee_id, team_id)
    return ticket


def set_assignee(viewer: Viewer, ticket: Ticket, assignee_id: int | None, team_id: int | Unchanged | None) -> None:
    """Write the change and its event; the ticket is locked and authorised by the caller."""
    moved = ticket.assignee_id is not None and ticket.assignee_id != assignee_id
    changes = apply(ticket, assignee_id=assignee_id, team_id=team_id)
    if not changes:
        return
    if moved:
        ticket.reassign_count += 1
    save(ticket, ["assignee", "team", "reassign_count"])
    record(viewer, events.ASSIGNED, ticket.pk, changes=changes)


def take(viewer: Viewer, ticket_id: int) -> Ticket:
    """Assign a ticket to oneself. Raises NotFound and NotAllowed."""
    if viewer.user_id is None:
        raise NotAllowed
    return assign(viewer, ticket_id, viewer.user_id)


@action()
def change_owner(viewer: Viewer, ticket_id: int, owner_id: int | None, *, seen_version: int | None = None) -> Ticket:
    """Make a colleague answerable for the ticket until the person who asked is content.

    Raises NotFound, NotAllowed, Conflict, or Invalid when they cannot work in the department.
    """
    ticket = lock_ticket(viewer, ticket_id, seen_version=seen_version)
    require(viewer, access.ASSIGN, ticket)
    if owner_id is not None and owner_id != ticket.owner_id:
        require_worker(ticket, owner_id, field="owner")
    changes = apply(ticket, owner_id=owner_id)
    if changes:
        save(ticket, ["owner"])
        record(viewer, events.OWNER_CHANGED, ticket.pk, changes=changes)
    return ticket


def require_worker(ticket: Ticket, user_id: int, *, field: str = "assignee") -> None:
    """Raises Invalid unless the person may work on this ticket, by a role or a referral."""
    if can_work_in(user_id, ticket.department_id) or user_id in referred_workers(ticket):
        return
    raise Invalid(fields={field: _("This person cannot work on tickets of this department.")})


def require_team(team_id: int | Unchanged | None, department_id: int) -> None:
    """Raises Invalid unless the team is an active one of the department."""
    if team_id is UNCHANGED or team_id is None:
        return
    teams = Team.objects.filter(pk=team_id, department_id=department_id, is_active=True)
    if not once(("team", team_id, department_id), teams.exists):
        raise Invalid(fields={"team": _("Choose a team of this department.")})
