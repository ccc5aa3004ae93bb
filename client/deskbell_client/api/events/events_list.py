from http import HTTPStatus
from typing import Any

import httpx2 as httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.feed_answer import FeedAnswer
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    since: int | Unset = UNSET,
    kind: list[str] | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {
        "limit": limit,
        "cursor": cursor,
        "since": since,
        "kind": kind,
    }
    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/events",
        "params": params,
    }

    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> FeedAnswer | Problem | None:
    if response.status_code == 200:
        return FeedAnswer.from_dict(response.json())
    if response.status_code in {400, 401, 403, 422, 429, 500, 503}:
        return Problem.from_dict(response.json())
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[FeedAnswer | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    since: int | Unset = UNSET,
    kind: list[str] | Unset = UNSET,
) -> Response[FeedAnswer | Problem]:
    """Follow events

     Every change of the tickets the caller sees, in the order of their ids, each exactly once.

    Without `cursor` and `since` it begins at the present: the first answer is empty and gives the
    cursor to keep. An
    event appears when everything before it is committed, so nothing is ever skipped by a cursor.

    Scope: `events:read`.

    Args:
        limit (int | Unset): How many at most, 1 to 100. Default: 50.
        cursor (str | Unset): “next” of the page before; without it the list begins.
        since (int | Unset): Begin after the event of this id; 0: at the first.
        kind (list[str] | Unset): Names, as in `ticket.assigned`; see `GET /event-kinds`.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[FeedAnswer | Problem]
    """

    kwargs = _get_kwargs(
        limit=limit,
        cursor=cursor,
        since=since,
        kind=kind,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    since: int | Unset = UNSET,
    kind: list[str] | Unset = UNSET,
) -> FeedAnswer | Problem | None:
    """Follow events

     Every change of the tickets the caller sees, in the order of their ids, each exactly once.

    Without `cursor` and `since` it begins at the present: the first answer is empty and gives the
    cursor to keep. An
    event appears when everything before it is committed, so nothing is ever skipped by a cursor.

    Scope: `events:read`.

    Args:
        limit (int | Unset): How many at most, 1 to 100. Default: 50.
        cursor (str | Unset): “next” of the page before; without it the list begins.
        since (int | Unset): Begin after the event of this id; 0: at the first.
        kind (list[str] | Unset): Names, as in `ticket.assigned`; see `GET /event-kinds`.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        FeedAnswer | Problem
    """

    return sync_detailed(
        client=client,
        limit=limit,
        cursor=cursor,
        since=since,
        kind=kind,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    since: int | Unset = UNSET,
    kind: list[str] | Unset = UNSET,
) -> Response[FeedAnswer | Problem]:
    """Follow events

     Every change of the tickets the caller sees, in the order of their ids, each exactly once.

    Without `cursor` and `since` it begins at the present: the first answer is empty and gives the
    cursor to keep. An
    event appears when everything before it is committed, so nothing is ever skipped by a cursor.

    Scope: `events:read`.

    Args:
        limit (int | Unset): How many at most, 1 to 100. Default: 50.
        cursor (str | Unset): “next” of the page before; without it the list begins.
        since (int | Unset): Begin after the event of this id; 0: at the first.
        kind (list[str] | Unset): Names, as in `ticket.assigned`; see `GET /event-kinds`.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[FeedAnswer | Problem]
    """

    kwargs = _get_kwargs(
        limit=limit,
        cursor=cursor,
        since=since,
        kind=kind,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    since: int | Unset = UNSET,
    kind: list[str] | Unset = UNSET,
) -> FeedAnswer | Problem | None:
    """Follow events

     Every change of the tickets the caller sees, in the order of their ids, each exactly once.

    Without `cursor` and `since` it begins at the present: the first answer is empty and gives the
    cursor to keep. An
    event appears when everything before it is committed, so nothing is ever skipped by a cursor.

    Scope: `events:read`.

    Args:
        limit (int | Unset): How many at most, 1 to 100. Default: 50.
        cursor (str | Unset): “next” of the page before; without it the list begins.
        since (int | Unset): Begin after the event of this id; 0: at the first.
        kind (list[str] | Unset): Names, as in `ticket.assigned`; see `GET /event-kinds`.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        FeedAnswer | Problem
    """

    return (
        await asyncio_detailed(
            client=client,
            limit=limit,
            cursor=cursor,
            since=since,
            kind=kind,
        )
    ).parsed
