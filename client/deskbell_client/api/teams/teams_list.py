from http import HTTPStatus
from typing import Any

import httpx2 as httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.team_list import TeamList
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    department_id: int | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {
        "department_id": department_id,
    }
    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/teams",
        "params": params,
    }

    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Problem | TeamList | None:
    if response.status_code == 200:
        return TeamList.from_dict(response.json())
    if response.status_code in {400, 401, 403, 429, 500, 503}:
        return Problem.from_dict(response.json())
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Problem | TeamList]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    department_id: int | Unset = UNSET,
) -> Response[Problem | TeamList]:
    """List teams

     All of them with their members, by department and name. For colleagues; others are answered an empty
    list.

    Scope: `people:read`.

    Args:
        department_id (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | TeamList]
    """

    kwargs = _get_kwargs(
        department_id=department_id,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    department_id: int | Unset = UNSET,
) -> Problem | TeamList | None:
    """List teams

     All of them with their members, by department and name. For colleagues; others are answered an empty
    list.

    Scope: `people:read`.

    Args:
        department_id (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | TeamList
    """

    return sync_detailed(
        client=client,
        department_id=department_id,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    department_id: int | Unset = UNSET,
) -> Response[Problem | TeamList]:
    """List teams

     All of them with their members, by department and name. For colleagues; others are answered an empty
    list.

    Scope: `people:read`.

    Args:
        department_id (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | TeamList]
    """

    kwargs = _get_kwargs(
        department_id=department_id,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    department_id: int | Unset = UNSET,
) -> Problem | TeamList | None:
    """List teams

     All of them with their members, by department and name. For colleagues; others are answered an empty
    list.

    Scope: `people:read`.

    Args:
        department_id (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | TeamList
    """

    return (
        await asyncio_detailed(
            client=client,
            department_id=department_id,
        )
    ).parsed
