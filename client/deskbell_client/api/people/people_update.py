from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx2 as httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.person_answer import PersonAnswer
from ...models.person_change import PersonChange
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    person_id: int,
    *,
    body: PersonChange,
    if_match: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(if_match, Unset):
        headers["If-Match"] = if_match

    _kwargs: dict[str, Any] = {
        "method": "patch",
        "url": "/api/v1/people/{person_id}".format(
            person_id=quote(str(person_id), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> PersonAnswer | Problem | None:
    if response.status_code == 200:
        return PersonAnswer.from_dict(response.json())
    if response.status_code in {400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 500, 503}:
        return Problem.from_dict(response.json())
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[PersonAnswer | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    person_id: int,
    *,
    client: AuthenticatedClient,
    body: PersonChange,
    if_match: str | Unset = UNSET,
) -> Response[PersonAnswer | Problem]:
    """Change a person

     The organisation is changed by whoever manages people on the whole desk, and never one's own.

    Scope: `people:write`.

    Args:
        person_id (int):
        if_match (str | Unset):
        body (PersonChange): What is left out stays as it is.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[PersonAnswer | Problem]
    """

    kwargs = _get_kwargs(
        person_id=person_id,
        body=body,
        if_match=if_match,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    person_id: int,
    *,
    client: AuthenticatedClient,
    body: PersonChange,
    if_match: str | Unset = UNSET,
) -> PersonAnswer | Problem | None:
    """Change a person

     The organisation is changed by whoever manages people on the whole desk, and never one's own.

    Scope: `people:write`.

    Args:
        person_id (int):
        if_match (str | Unset):
        body (PersonChange): What is left out stays as it is.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        PersonAnswer | Problem
    """

    return sync_detailed(
        person_id=person_id,
        client=client,
        body=body,
        if_match=if_match,
    ).parsed


async def asyncio_detailed(
    person_id: int,
    *,
    client: AuthenticatedClient,
    body: PersonChange,
    if_match: str | Unset = UNSET,
) -> Response[PersonAnswer | Problem]:
    """Change a person

     The organisation is changed by whoever manages people on the whole desk, and never one's own.

    Scope: `people:write`.

    Args:
        person_id (int):
        if_match (str | Unset):
        body (PersonChange): What is left out stays as it is.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[PersonAnswer | Problem]
    """

    kwargs = _get_kwargs(
        person_id=person_id,
        body=body,
        if_match=if_match,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    person_id: int,
    *,
    client: AuthenticatedClient,
    body: PersonChange,
    if_match: str | Unset = UNSET,
) -> PersonAnswer | Problem | None:
    """Change a person

     The organisation is changed by whoever manages people on the whole desk, and never one's own.

    Scope: `people:write`.

    Args:
        person_id (int):
        if_match (str | Unset):
        body (PersonChange): What is left out stays as it is.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        PersonAnswer | Problem
    """

    return (
        await asyncio_detailed(
            person_id=person_id,
            client=client,
            body=body,
            if_match=if_match,
        )
    ).parsed
