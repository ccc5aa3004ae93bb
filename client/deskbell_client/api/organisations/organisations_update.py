from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx2 as httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.organisation_answer import OrganisationAnswer
from ...models.organisation_change import OrganisationChange
from ...models.problem import Problem
from ...types import Response


def _get_kwargs(
    organisation_id: int,
    *,
    body: OrganisationChange,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "patch",
        "url": "/api/v1/organisations/{organisation_id}".format(
            organisation_id=quote(str(organisation_id), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> OrganisationAnswer | Problem | None:
    if response.status_code == 200:
        return OrganisationAnswer.from_dict(response.json())
    if response.status_code in {400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503}:
        return Problem.from_dict(response.json())
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[OrganisationAnswer | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    organisation_id: int,
    *,
    client: AuthenticatedClient,
    body: OrganisationChange,
) -> Response[OrganisationAnswer | Problem]:
    """Change an organisation

     Scope: `people:write`.

    Args:
        organisation_id (int):
        body (OrganisationChange): What is left out stays as it is. Language and time zone are for
            new people; empty means unknown.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[OrganisationAnswer | Problem]
    """

    kwargs = _get_kwargs(
        organisation_id=organisation_id,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    organisation_id: int,
    *,
    client: AuthenticatedClient,
    body: OrganisationChange,
) -> OrganisationAnswer | Problem | None:
    """Change an organisation

     Scope: `people:write`.

    Args:
        organisation_id (int):
        body (OrganisationChange): What is left out stays as it is. Language and time zone are for
            new people; empty means unknown.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        OrganisationAnswer | Problem
    """

    return sync_detailed(
        organisation_id=organisation_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    organisation_id: int,
    *,
    client: AuthenticatedClient,
    body: OrganisationChange,
) -> Response[OrganisationAnswer | Problem]:
    """Change an organisation

     Scope: `people:write`.

    Args:
        organisation_id (int):
        body (OrganisationChange): What is left out stays as it is. Language and time zone are for
            new people; empty means unknown.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[OrganisationAnswer | Problem]
    """

    kwargs = _get_kwargs(
        organisation_id=organisation_id,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    organisation_id: int,
    *,
    client: AuthenticatedClient,
    body: OrganisationChange,
) -> OrganisationAnswer | Problem | None:
    """Change an organisation

     Scope: `people:write`.

    Args:
        organisation_id (int):
        body (OrganisationChange): What is left out stays as it is. Language and time zone are for
            new people; empty means unknown.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        OrganisationAnswer | Problem
    """

    return (
        await asyncio_detailed(
            organisation_id=organisation_id,
            client=client,
            body=body,
        )
    ).parsed
