"""People: find, add, change, merge."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Query
from pydantic import Field

from deskbell.kernel.api import Viewer
from deskbell.kernel.rest import api as rest
from deskbell.people.actions.merging import merge_people
from deskbell.people.actions.users import (
    create_user,
    deactivate_user,
    reactivate_user,
    set_blocked,
    update_user,
)
from deskbell.people.authority import lock_user
from deskbell.people.queries.people import list_people, person
from deskbell.people.rest.fields import Language, Name, Note, Search, TimeZone
from deskbell.people.rest.shapes import PeoplePage, PersonAnswer, person_answer

# What a change of a person makes new of the small tables is not looked at within the call.
people = rest.publish(rest.Endpoints("People", "Whoever asks and whoever answers.", changes_reference=False))


class PersonChange(rest.Body):
    """What is left out stays as it is."""

    name: Name = rest.left_out()
    job_title: Annotated[str, rest.text(200)] = rest.left_out()
    organisation_id: Annotated[rest.Id | None, Field(description="Null: of no organisation.")] = rest.left_out()
    sees_organisation: Annotated[bool, Field(description="Follows all tickets of the organisation in the portal.")] = (
        rest.left_out()
    )
    language: Language = rest.left_out()
    time_zone: TimeZone = rest.left_out()
    notes: Note = rest.left_out()


class NewPerson(rest.Body):
    """Without an organisation, the domain of the address says which."""

    name: Name
    email: Annotated[str, rest.text(254, shortest=1), Field(examples=["anna@kern.example"])] = rest.left_out()
    phone: Annotated[str, rest.text(60, shortest=1), Field(examples=["+358 40 1234567"])] = rest.left_out()
    job_title: Annotated[str, rest.text(200)] = rest.left_out()
    organisation_id: Annotated[rest.Id | None, Field(description="Null: of none, whatever the address.")] = (
        rest.left_out()
    )
    sees_organisation: bool = rest.left_out()
    language: Language = rest.left_out()
    time_zone: TimeZone = rest.left_out()
    notes: Note = rest.left_out()


class MergeInto(rest.Body):
    into_id: Annotated[rest.Id, Field(description="The person who stays, and is given everything.")]


@people.get("/people", scope="people:read", answer=PeoplePage, summary="List people")
def people_list(
    request: rest.ApiRequest,
    *,
    limit: rest.Limit,
    cursor: rest.Cursor,
    q: Search,
    kind: Annotated[
        Literal["all", "agents", "contacts"],
        Field(description="`agents` hold a role, `contacts` hold none."),
        Query("all"),
    ],
    organisation_id: Annotated[rest.QueryId | None, Query(None)],
    department_id: Annotated[
        rest.QueryId | None, Field(description="People who hold a role in this very department."), Query(None)
    ],
    active: Annotated[rest.QueryFlag | None, Query(None)],
    blocked: Annotated[rest.QueryFlag | None, Query(None)],
) -> PeoplePage:
    """By name. Needs `people.see`."""
    of = f"people {[q, kind, organisation_id, department_id, active, blocked]}"
    key = rest.read_cursor(cursor, of)
    found = list_people(
        request.viewer,
        q or "",
        kind=kind,
        organisation_id=organisation_id,
        department_ids=None if department_id is None else [department_id],
        active=active,
        blocked=blocked,
        after=key[0] if key else None,
        size=limit,
    )
    return PeoplePage(
        items=[person_answer(request.viewer, user) for user in found.rows],
        next=rest.write_cursor([found.next], of) if found.next else None,
    )


@people.post("/people", scope="people:write", answer=PersonAnswer, status=201, summary="Add a person")
def people_create(request: rest.ApiRequest, new: NewPerson) -> rest.Answered:
    values: dict[str, Any] = new.model_dump(exclude_unset=True)
    user = create_user(request.viewer, **values)
    return rest.Answered(_answer(request.viewer, user.pk), headers={"Location": f"/api/v1/people/{user.pk}"})


@people.get("/people/{person_id}", scope="people:read", answer=PersonAnswer, summary="Get a person")
def people_get(request: rest.ApiRequest, person_id: rest.PathId) -> PersonAnswer:
    """Everybody may get themselves; others need `people.see`."""
    return _answer(request.viewer, person_id)


@people.patch("/people/{person_id}", scope="people:write", answer=PersonAnswer, summary="Change a person")
def people_update(request: rest.ApiRequest, person_id: rest.PathId, change: PersonChange) -> PersonAnswer:
    """The organisation is changed by whoever manages people on the whole desk, and never one's own."""
    values: dict[str, Any] = change.model_dump(exclude_unset=True)
    update_user(request.viewer, person_id, **values)
    return _answer(request.viewer, person_id)


@people.post("/people/{person_id}/deactivate", scope="people:write", answer=PersonAnswer, summary="Deactivate a person")
def people_deactivate(request: rest.ApiRequest, person_id: rest.PathId) -> PersonAnswer:
    """They cannot sign in any more, their tokens are refused, their tickets stay."""
    deactivate_user(request.viewer, person_id)
    return _answer(request.viewer, person_id)


@people.post("/people/{person_id}/reactivate", scope="people:write", answer=PersonAnswer, summary="Reactivate a person")
def people_reactivate(request: rest.ApiRequest, person_id: rest.PathId) -> PersonAnswer:
    reactivate_user(request.viewer, person_id)
    return _answer(request.viewer, person_id)


@people.post("/people/{person_id}/block", scope="people:write", answer=PersonAnswer, summary="Block a sender")
def people_block(request: rest.ApiRequest, person_id: rest.PathId) -> PersonAnswer:
    """Their mail is parked instead of becoming a ticket, and their tokens are refused."""
    set_blocked(request.viewer, person_id, blocked=True)
    return _answer(request.viewer, person_id)


@people.post("/people/{person_id}/unblock", scope="people:write", answer=PersonAnswer, summary="Unblock a sender")
def people_unblock(request: rest.ApiRequest, person_id: rest.PathId) -> PersonAnswer:
    set_blocked(request.viewer, person_id, blocked=False)
    return _answer(request.viewer, person_id)


@people.post(
    "/people/{person_id}/merge", scope="people:write", answer=PersonAnswer, summary="Merge a person into another"
)
def people_merge(request: rest.ApiRequest, person_id: rest.PathId, merge: MergeInto) -> PersonAnswer:
    """Contacts, tickets, roles and teams go over; this person is deactivated. It cannot be taken back.

    Answers the person who stays.
    """
    merge_people(request.viewer, person_id, merge.into_id)
    return _answer(request.viewer, merge.into_id)


def _answer(viewer: Viewer, person_id: int) -> PersonAnswer:
    return person_answer(viewer, person(viewer, person_id, teams=False))


def _present(request: rest.ApiRequest, person_id: int) -> str:
    lock_user(request.viewer, person_id)
    return rest.tag_of(rest.written(_answer(request.viewer, person_id)))


rest.version("/people/{person_id}", _present)
rest.version_by_content(PersonAnswer)
