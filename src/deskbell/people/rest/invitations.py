"""Invitations: links by which people choose their password."""

from __future__ import annotations

from typing import Annotated

from django.conf import settings
from django.urls import reverse
from pydantic import Field

from deskbell.kernel.rest import api as rest
from deskbell.people.actions.setup import withdraw_invitation
from deskbell.people.mail import send_invitation
from deskbell.people.models import SetupLink
from deskbell.people.queries.invitations import invitation_of, open_invitations
from deskbell.people.rest.shapes import Named, Next, named

invitations = rest.publish(
    rest.Endpoints("Invitations", "Links by mail with which people choose a password.", changes_reference=False)
)


class InvitationAnswer(rest.Answer):
    """An invitation that was not taken up yet. The link itself goes to the person alone."""

    id: rest.Id
    person: Named | None
    address: Annotated[str | None, Field(description="Where their mail goes now.")]
    created_at: rest.Time
    expires_at: rest.Time


class InvitationsPage(rest.Answer):
    items: list[InvitationAnswer]
    next: Next


@invitations.get("/invitations", scope="people:read", answer=InvitationsPage, summary="List open invitations")
def invitations_list(request: rest.ApiRequest, limit: rest.Limit, cursor: rest.Cursor) -> InvitationsPage:
    """Newest first; those that were taken up, withdrawn or are too old are gone."""
    of = "invitations"
    place = rest.read_cursor(cursor, of)
    rows = open_invitations(request.viewer, before=place[0] if place else None, size=limit + 1)
    more, rows = len(rows) > limit, rows[:limit]
    return InvitationsPage(
        items=[_answer(row) for row in rows], next=rest.write_cursor([rows[-1].pk], of) if more else None
    )


@invitations.post(
    "/people/{person_id}/invitation", scope="people:write", answer=InvitationAnswer, status=201,
    summary="Invite a person",
)  # fmt: skip
def invitations_create(request: rest.ApiRequest, person_id: rest.PathId) -> InvitationAnswer:
    """Mails them a link with which they choose a password; it works for two weeks, and earlier ones no longer."""
    send_invitation(request.viewer, person_id, lambda token: settings.BASE_URL + reverse(SET_UP, args=[token]))
    return _answer(invitation_of(request.viewer, person_id))


SET_UP = "account:set_up"


@invitations.delete("/invitations/{invitation_id}", scope="people:write", summary="Withdraw an invitation")
def invitations_withdraw(request: rest.ApiRequest, invitation_id: rest.PathId) -> None:
    """Its link stops working at once."""
    withdraw_invitation(request.viewer, invitation_id)


def _answer(row: SetupLink) -> InvitationAnswer:
    return InvitationAnswer(
        id=row.pk,
        person=named(row.user),
        address=row.user.email if row.user else None,
        created_at=row.created_at,
        expires_at=row.expires_at,
    )
