from http import HTTPStatus
from typing import Any

import httpx2 as httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.vocabulary_answer import VocabularyAnswer
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
        "url": "/api/v1/vocabulary",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | VocabularyAnswer | None:
    if response.status_code == 200:
        return VocabularyAnswer.from_dict(response.json())
    if response.status_code in {400, 401, 403, 429, 500, 503}:
        return Problem.from_dict(response.json())
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | VocabularyAnswer]:
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
) -> Response[Problem | VocabularyAnswer]:
    """Get the vocabulary

     What a ticket can be called. People outside are given what the portal offers, and no transitions.

    Scope: `tickets:read`.

    Args:
        department_id (int | Unset): Only categories and fields offered in this department.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | VocabularyAnswer]
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
) -> Problem | VocabularyAnswer | None:
    """Get the vocabulary

     What a ticket can be called. People outside are given what the portal offers, and no transitions.

    Scope: `tickets:read`.

    Args:
        department_id (int | Unset): Only categories and fields offered in this department.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | VocabularyAnswer
    """

    return sync_detailed(
        client=client,
        department_id=department_id,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    department_id: int | Unset = UNSET,
) -> Response[Problem | VocabularyAnswer]:
    """Get the vocabulary

     What a ticket can be called. People outside are given what the portal offers, and no transitions.

    Scope: `tickets:read`.

    Args:
        department_id (int | Unset): Only categories and fields offered in this department.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | VocabularyAnswer]
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
) -> Problem | VocabularyAnswer | None:
    """Get the vocabulary

     What a ticket can be called. People outside are given what the portal offers, and no transitions.

    Scope: `tickets:read`.

    Args:
        department_id (int | Unset): Only categories and fields offered in this department.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | VocabularyAnswer
    """

    return (
        await asyncio_detailed(
            client=client,
            department_id=department_id,
        )
    ).parsed
