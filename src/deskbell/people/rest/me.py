"""The person of the token: who they are, what they may do, their own tokens."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from deskbell.kernel.api import NotFound
from deskbell.kernel.rest import api as rest
from deskbell.people.actions.preferences import update_preferences
from deskbell.people.actions.tokens import revoke_token
from deskbell.people.models import ApiToken
from deskbell.people.queries.people import person
from deskbell.people.queries.tokens import own_tokens
from deskbell.people.rest.fields import Language, Name, TimeZone
from deskbell.people.rest.shapes import PersonAnswer, person_answer

me = rest.publish(rest.Endpoints("Me", "The person of the token.", changes_reference=False))

Weekday = Literal["1", "2", "3", "4", "5", "6", "7"]
Time = Annotated[str, Field(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$", examples=["09:00"])]
Span = Annotated[list[Time], Field(min_length=2, max_length=2)]


class DepartmentPermissions(rest.Answer):
    department_id: rest.Id
    permissions: list[str]


class MeAnswer(rest.Answer):
    """Who calls, and what they may do."""

    person: PersonAnswer
    is_agent: Annotated[bool, Field(description="Holds a role: works on this side of the desk.")]
    permissions: Annotated[list[str], Field(description="Held everywhere.")]
    departments: Annotated[list[DepartmentPermissions], Field(description="Held in single departments.")]
    scopes: Annotated[list[str] | None, Field(description="Of the token; null for somebody signed in.")]


class MeChange(rest.Body):
    """What everybody sets for themselves. What is left out stays as it is."""

    name: Name = rest.left_out()
    language: Language = rest.left_out()
    time_zone: TimeZone = rest.left_out()
    theme: Literal["system", "light", "dark"] = rest.left_out()
    density: Literal["comfortable", "compact"] = rest.left_out()
    working_hours: Annotated[
        dict[Weekday, Annotated[list[Span], Field(max_length=6)]],
        Field(
            description="By ISO weekday (`1` is Monday) spans from and until, in the person's own zone.",
            examples=[{"1": [["09:00", "12:00"], ["13:00", "17:00"]]}],
        ),
    ] = rest.left_out()


class TokenAnswer(rest.Answer):
    """A token, without its secret."""

    id: rest.Id
    name: str
    last_four: Annotated[str, Field(description="The end of its secret.")]
    scopes: list[str]
    created_at: rest.Moment
    expires_at: rest.Moment | None
    last_used_at: Annotated[rest.Moment | None, Field(description="Written at most once a minute.")]
    revoked_at: rest.Moment | None


class TokenList(rest.Answer):
    items: list[TokenAnswer]


@me.get("/me", scope="", answer=MeAnswer, summary="Get the person of the token")
def me_get(request: rest.ApiRequest) -> MeAnswer:
    """Needs no scope: a program can learn with any token whose it is and what it opens."""
    viewer, scopes = request.viewer, request.caller.scopes
    if viewer.user_id is None:
        raise NotFound
    return MeAnswer(
        person=person_answer(viewer, person(viewer, viewer.user_id, teams=False)),
        is_agent=viewer.is_agent,
        permissions=sorted(viewer.everywhere),
        departments=[
            DepartmentPermissions(department_id=department, permissions=sorted(held))
            for department, held in sorted(viewer.grants.items())
            if held
        ],
        scopes=sorted(scopes) if scopes is not None else None,
    )


@me.patch("/me", scope="people:write", answer=PersonAnswer, summary="Change one's own settings")
def me_update(request: rest.ApiRequest, change: MeChange) -> PersonAnswer:
    values: dict[str, Any] = change.model_dump(exclude_unset=True)
    user = update_preferences(request.viewer, **values)
    return person_answer(request.viewer, person(request.viewer, user.pk, teams=False))


@me.get("/me/tokens", scope="people:read", answer=TokenList, summary="List one's own tokens")
def my_tokens_list(request: rest.ApiRequest) -> TokenList:
    """Working ones first, newest first, at most 200. New ones are made on the account page."""
    return TokenList(items=[_token(token) for token in own_tokens(request.viewer)])


@me.delete("/me/tokens/{token_id}", scope="people:write", summary="Revoke one of one's own tokens")
def my_tokens_revoke(request: rest.ApiRequest, token_id: rest.PathId) -> None:
    """It stops working at once and for ever; also the one this call is made with."""
    mine = ApiToken.objects.filter(user=request.viewer.user_id or 0)
    if not mine.filter(pk=token_id).exists():
        raise NotFound
    revoke_token(request.viewer, token_id)


def _token(token: ApiToken) -> TokenAnswer:
    return TokenAnswer(
        id=token.pk,
        name=token.name,
        last_four=token.last_four,
        scopes=token.scopes,
        created_at=token.created_at,
        expires_at=token.expires_at,
        last_used_at=token.last_used_at,
        revoked_at=token.revoked_at,
    )
