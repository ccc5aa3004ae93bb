"""Tickets: links, people who take part, and watchers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from deskbell.kernel.api import NotFound
from deskbell.kernel.rest import api as rest
from deskbell.tickets.actions.links import link, unlink
from deskbell.tickets.actions.people import add_participant, remove_participant, unwatch, watch
from deskbell.tickets.models import TicketLink
from deskbell.tickets.rest.fields import WRITE, colleague
from deskbell.tickets.rest.reading import tickets


class LinkIn(rest.Body):
    ticket_id: Annotated[rest.Id, Field(description="The other ticket.")]
    kind: Annotated[
        Literal["duplicate_of", "child_of", "related_to", "caused_by"],
        Field(description="How this ticket relates to the other one."),
    ]


class LinkAnswer(rest.Answer):
    id: rest.Id
    source_id: rest.Id
    target_id: rest.Id
    kind: str
    created_at: rest.Time


@tickets.post(
    "/tickets/{ticket_id}/links", scope=WRITE, answer=LinkAnswer, status=201, summary="Link to another ticket"
)
def tickets_link(request: rest.ApiRequest, ticket_id: rest.PathId, other: LinkIn) -> LinkAnswer:
    """The same link again changes nothing."""
    return LinkAnswer.model_validate(link(colleague(request), ticket_id, other.ticket_id, other.kind))


@tickets.delete("/tickets/{ticket_id}/links/{link_id}", scope=WRITE, summary="Remove a link")
def tickets_unlink(request: rest.ApiRequest, ticket_id: rest.PathId, link_id: rest.PathId) -> None:
    viewer = colleague(request)
    ends = TicketLink.objects.filter(pk=link_id).values_list("source_id", "target_id").first()
    if ticket_id not in (ends or ()):
        raise NotFound
    unlink(viewer, link_id)


class ParticipantIn(rest.Body):
    role: Literal["to", "cc"] = "cc"


@tickets.put("/tickets/{ticket_id}/participants/{user_id}", scope=WRITE, answer=None, status=204,
             summary="Let somebody take part")  # fmt: skip
def tickets_add_participant(
    request: rest.ApiRequest, ticket_id: rest.PathId, user_id: rest.PathId, participant: ParticipantIn
) -> None:
    """They are given copies and may read and answer. The person who asked takes part anyway."""
    add_participant(colleague(request), ticket_id, user_id, participant.role)


@tickets.delete("/tickets/{ticket_id}/participants/{user_id}", scope=WRITE, summary="End somebody's part")
def tickets_remove_participant(request: rest.ApiRequest, ticket_id: rest.PathId, user_id: rest.PathId) -> None:
    """They are given no more copies, and lose sight of the ticket."""
    remove_participant(colleague(request), ticket_id, user_id)


@tickets.put("/tickets/{ticket_id}/watch", scope=WRITE, answer=None, status=204, summary="Watch a ticket")
def tickets_watch(request: rest.ApiRequest, ticket_id: rest.PathId) -> None:
    """The caller hears of every change."""
    watch(colleague(request), ticket_id)


@tickets.delete("/tickets/{ticket_id}/watch", scope=WRITE, summary="Stop watching")
def tickets_unwatch(request: rest.ApiRequest, ticket_id: rest.PathId) -> None:
    """Allowed also to whoever can no longer see the ticket."""
    unwatch(colleague(request), ticket_id)
