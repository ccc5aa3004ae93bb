"""Tickets: states, handing over, referring, merging, splitting, and many at once."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import Field

from deskbell.kernel.api import UNCHANGED, Invalid
from deskbell.kernel.rest import api as rest
from deskbell.tickets.actions.bulk import BulkChange, bulk
from deskbell.tickets.actions.merge import merge, undo_merge
from deskbell.tickets.actions.split import split
from deskbell.tickets.actions.states import change_state
from deskbell.tickets.actions.transfer import end_referral, refer, transfer
from deskbell.tickets.queries.vocabulary import vocabulary
from deskbell.tickets.rest.fields import WRITE, Code, Note, Reason, Tags, Version, colleague
from deskbell.tickets.rest.reading import tickets
from deskbell.tickets.rest.shapes import MergeAnswer, ReferralAnswer, TicketAnswer
from deskbell.tickets.rest.writing import changed, priority_id


class StateChange(rest.Body):
    """Which of the fields are needed depends on the step: `next_states` of the ticket says it (`asks`)."""

    state: Annotated[Code, Field(examples=["resolved"])]
    waiting_reason: Annotated[Code, Field(description="Code of the reason for waiting.")] = rest.left_out()
    follow_up_at: rest.Moment = rest.left_out()
    resolution: Annotated[str, rest.text(20_000), Field(examples=["Replaced the toner."])] = ""
    reason: Reason = ""
    version: Version = rest.left_out()


@tickets.post("/tickets/{ticket_id}/state", scope=WRITE, answer=TicketAnswer, summary="Change the state")
def tickets_change_state(request: rest.ApiRequest, ticket_id: rest.PathId, change: StateChange) -> rest.Answered:
    """Take a ticket to another state, if a transition allows it."""
    row = change_state(
        colleague(request),
        ticket_id,
        change.state,
        waiting_reason_id=_waiting_reason(change.waiting_reason),
        follow_up_at=change.follow_up_at,
        resolution=change.resolution,
        reason=change.reason,
        seen_version=change.version,
    )
    return changed(row)


def _waiting_reason(code: str | None) -> int | None:
    if code is None:
        return None
    for row in vocabulary().waiting_reasons:
        if row.code == code and row.is_active:
            return row.pk
    raise Invalid(fields={"waiting_reason": _("There is no such reason.")})


class TransferIn(rest.Body):
    """Assignee and team are cleared unless given."""

    department_id: rest.Id
    note: Annotated[Note, Field(description="Why, for the colleagues there.")]
    keep_access: Annotated[bool, Field(description="The department it leaves may still read and add notes.")] = False
    assignee_id: rest.Id | None = None
    team_id: rest.Id | None = None
    version: Version = rest.left_out()


class TransferAnswer(rest.Answer):
    ticket_id: rest.Id
    department_id: rest.Id
    still_visible: Annotated[bool, Field(description="Whether the caller may still open it.")]


@tickets.post("/tickets/{ticket_id}/transfer", scope=WRITE, answer=TransferAnswer, summary="Hand over")
def tickets_transfer(request: rest.ApiRequest, ticket_id: rest.PathId, handing: TransferIn) -> TransferAnswer:
    """Hand a ticket over to another department, also one whose tickets you cannot see."""
    done = transfer(
        colleague(request),
        ticket_id,
        handing.department_id,
        note=handing.note,
        keep_access=handing.keep_access,
        assignee_id=handing.assignee_id,
        team_id=handing.team_id,
        seen_version=handing.version,
    )
    return TransferAnswer(
        ticket_id=done.ticket_id, department_id=handing.department_id, still_visible=done.still_visible
    )


class ReferralIn(rest.Body):
    """Give either a department or a colleague."""

    department_id: rest.Id | None = None
    user_id: rest.Id | None = None
    can_work: Annotated[bool, Field(description="They may do what their role allows, otherwise read and note.")] = False
    reason: Annotated[str, rest.text(300, shortest=1)]


@tickets.post(
    "/tickets/{ticket_id}/referrals", scope=WRITE, answer=ReferralAnswer, status=201, summary="Give others access"
)
def tickets_refer(request: rest.ApiRequest, ticket_id: rest.PathId, referral: ReferralIn) -> ReferralAnswer:
    """The ticket stays where it is. On a restricted ticket this puts them on its list."""
    row = refer(
        colleague(request),
        ticket_id,
        department_id=referral.department_id,
        user_id=referral.user_id,
        can_work=referral.can_work,
        reason=referral.reason,
    )
    return ReferralAnswer.model_validate(row)


@tickets.delete("/tickets/{ticket_id}/referrals/{referral_id}", scope=WRITE, summary="Take access back")
def tickets_end_referral(request: rest.ApiRequest, ticket_id: rest.PathId, referral_id: rest.PathId) -> None:
    """Whoever was given it may also give it up."""
    end_referral(colleague(request), ticket_id, referral_id)


class MergeIn(rest.Body):
    target_id: Annotated[rest.Id, Field(description="The ticket that goes on.")]


@tickets.post("/tickets/{ticket_id}/merge", scope=WRITE, answer=MergeAnswer, status=201, summary="Merge into another")
def tickets_merge(request: rest.ApiRequest, ticket_id: rest.PathId, into: MergeIn) -> MergeAnswer:
    """Everything of the ticket moves into the other one; it is closed and points there."""
    return MergeAnswer.model_validate(merge(colleague(request), ticket_id, into.target_id))


@tickets.delete("/merges/{merge_id}", scope=WRITE, summary="Undo a merge")
def tickets_undo_merge(request: rest.ApiRequest, merge_id: rest.PathId) -> None:
    """Messages and people go back, and the ticket returns to its state."""
    undo_merge(colleague(request), merge_id)


class SplitIn(rest.Body):
    message_id: rest.Id
    subject: Annotated[str, rest.text(500), Field(description="The message's own when empty.")] = ""
    department_id: Annotated[rest.Id | None, Field(description="Handed over there at once.")] = None


@tickets.post("/tickets/{ticket_id}/split", scope=WRITE, answer=TicketAnswer, status=201, summary="Split off a message")
def tickets_split(request: rest.ApiRequest, ticket_id: rest.PathId, part: SplitIn) -> rest.Answered:
    """Create a ticket from a message that came in, or from a note; the message also stays where it was."""
    viewer = colleague(request)
    new = split(viewer, ticket_id, part.message_id, subject=part.subject, department_id=part.department_id)
    return changed(new, headers={"Location": f"/api/v1/tickets/{new.pk}"})


class BulkIn(rest.Body):
    """What to change on each ticket; only what is given is touched."""

    ticket_ids: Annotated[list[rest.Id], Field(min_length=1, max_length=500)]
    assignee_id: rest.Id | None = rest.left_out()
    team_id: rest.Id | None = rest.left_out()
    state: Code = rest.left_out()
    waiting_reason: Code = rest.left_out()
    follow_up_at: rest.Moment = rest.left_out()
    resolution: Annotated[str, rest.text(20_000)] = ""
    reason: Reason = ""
    add_tags: Tags = []
    remove_tags: Tags = []
    department_id: rest.Id = rest.left_out()
    note: Annotated[str, rest.text(20_000), Field(description="Needed to hand over.")] = ""
    priority: Code | None = rest.left_out()
    priority_reason: Reason = ""


class BulkFailure(rest.Answer):
    ticket_id: rest.Id
    problem: str


class BulkAnswer(rest.Answer):
    """Each ticket was changed wholly or not at all."""

    done: list[rest.Id]
    failed: list[BulkFailure]


@tickets.post("/tickets/bulk", scope=WRITE, answer=BulkAnswer, summary="Change many tickets")
def tickets_bulk(request: rest.ApiRequest, change: BulkIn) -> BulkAnswer:
    """At most 500 at once; what fails does not stop the others."""
    given = change.model_fields_set
    values: dict[str, Any] = {
        "assignee_id": change.assignee_id if "assignee_id" in given else UNCHANGED,
        "team_id": change.team_id if "team_id" in given else UNCHANGED,
        "priority_id": priority_id(change.priority) if "priority" in given else UNCHANGED,
    }
    result = bulk(
        colleague(request),
        change.ticket_ids,
        BulkChange(
            state=change.state or "",
            waiting_reason_id=_waiting_reason(change.waiting_reason),
            follow_up_at=change.follow_up_at,
            resolution=change.resolution,
            reason=change.reason,
            add_tags=change.add_tags,
            remove_tags=change.remove_tags,
            department_id=change.department_id,
            note=change.note,
            priority_reason=change.priority_reason,
            **values,
        ),
    )
    failed = [BulkFailure(ticket_id=pk, problem=problem) for pk, problem in result.failed.items()]
    return BulkAnswer(done=result.done, failed=failed)
