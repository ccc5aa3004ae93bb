"""Who has to do with a ticket: the person who asked, the one affected, participants and watchers."""

from __future__ import annotations

from django.utils.translation import gettext as _

from deskbell.kernel.api import Invalid, NotAllowed, NotFound, Viewer, action, apply, clock, record, require
from deskbell.people.api import User
from deskbell.tickets import access, events
from deskbell.tickets.locking import lock_ticket, save
from deskbell.tickets.models import Participant, ParticipantRole, Ticket, Watcher


@action()
def change_requester(viewer: Viewer, ticket_id: int, user_id: int, *, seen_version: int | None = None) -> Ticket:
    """Put the ticket down to another person; its organisation and language follow them.

    The person before loses sight of it unless they take part. Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    ticket = lock_ticket(viewer, ticket_id, seen_version=seen_version)
    require(viewer, access.WORK, ticket)
    person = _person(user_id, "requester")
    changes = apply(ticket, requester_id=person.pk, organisation_id=person.organisation_id, language=person.language)
    if "requester_id" in changes:
        ticket.requester = person
        Participant.objects.filter(ticket=ticket, user=person).delete()
        save(ticket, ["requester", "organisation", "language"])
        record(viewer, events.REQUESTER_CHANGED, ticket.pk, changes=changes)
    return ticket


@action()
def change_affected(viewer: Viewer, ticket_id: int, user_id: int | None, *, seen_version: int | None = None) -> Ticket:
    """Name the person whom the matter concerns, when it is not the one who asked; None: nobody else.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    ticket = lock_ticket(viewer, ticket_id, seen_version=seen_version)
    require(viewer, access.WORK, ticket)
    if user_id is not None and user_id != ticket.affected_id:
        _person(user_id, "affected")
    changes = apply(ticket, affected_id=user_id)
    if changes:
        save(ticket, ["affected"])
        record(viewer, events.REQUESTER_CHANGED, ticket.pk, changes=changes)
    return ticket


@action()
def add_participant(viewer: Viewer, ticket_id: int, user_id: int, role: str = ParticipantRole.CC) -> Participant | None:
    """Let somebody take part: they get copies and may read and answer. None for the person who asked anyway.

    Raises NotFound, NotAllowed, Invalid.
    """
    ticket = lock_ticket(viewer, ticket_id)
    require(viewer, access.WORK, ticket)
    if role not in ParticipantRole.values:
        raise Invalid(fields={"role": _("Choose To or Cc.")})
    person = _person(user_id, "participant")
    if person.pk == ticket.requester_id:
        return None
    row, created = Participant.objects.get_or_create(
        ticket=ticket, user=person, defaults={"role": role, "added_at": clock.now()}
    )
    before = None if created else row.role
    if created or before != role:
        row.role = ParticipantRole(role)
        row.save(update_fields=["role"])
        save(ticket, [])
        record(
            viewer,
            events.PARTICIPANT_ADDED,
            ticket.pk,
            events.PersonInvolved(user_id=person.pk, role=role),
            changes={"role": (before, role)},
        )
    return row


@action()
def remove_participant(viewer: Viewer, ticket_id: int, user_id: int) -> None:
    """They no longer get copies, and lose sight of the ticket. Raises NotFound, NotAllowed."""
    ticket = lock_ticket(viewer, ticket_id)
    require(viewer, access.WORK, ticket)
    row = Participant.objects.filter(ticket=ticket, user_id=user_id).first()
    if row is None:
        raise NotFound
    role = str(row.role)
    row.delete()
    save(ticket, [])
    record(
        viewer,
        events.PARTICIPANT_REMOVED,
        ticket.pk,
        events.PersonInvolved(user_id=user_id, role=role),
        changes={"role": (role, None)},
    )


@action()
def watch(viewer: Viewer, ticket_id: int) -> None:
    """Hear of every change. For colleagues who can see the ticket; raises NotFound, NotAllowed."""
    ticket = lock_ticket(viewer, ticket_id)
    require(viewer, access.SEE, ticket)
    if viewer.user_id is None:
        raise NotAllowed
    _row, created = Watcher.objects.get_or_create(
        ticket=ticket, user_id=viewer.user_id, defaults={"added_at": clock.now()}
    )
    if created:
        record(viewer, events.WATCHED, ticket.pk, events.PersonInvolved(user_id=viewer.user_id))


@action()
def unwatch(viewer: Viewer, ticket_id: int) -> None:
    """Stop hearing of it. Allowed also to whoever can no longer see the ticket."""
    if viewer.user_id is None:
        raise NotAllowed
    deleted, _kinds = Watcher.objects.filter(ticket_id=ticket_id, user_id=viewer.user_id).delete()
    if deleted:
        record(viewer, events.UNWATCHED, ticket_id, events.PersonInvolved(user_id=viewer.user_id))


def _person(user_id: int, field: str) -> User:
    found = User.objects.filter(pk=user_id, is_active=True).first()
    if found is None:
        raise Invalid(fields={field: _("There is no such person.")})
    return found
