from http import HTTPStatus
from typing import Any

import httpx2 as httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.my_ticket_list import MyTicketList
from ...models.my_tickets_list_state import MyTicketsListState
from ...models.my_tickets_list_whose import MyTicketsListWhose
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    whose: MyTicketsListWhose | Unset = "mine",
    state: MyTicketsListState | Unset = "open",
    q: str | Unset = "",
) -> dict[str, Any]:

    params: dict[str, Any] = {
        "limit": limit,
        "cursor": cursor,
        "whose": whose,
        "state": state,
        "q": q,
    }
    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/my/tickets",
        "params": params,
    }

    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> MyTicketList | Problem | None:
    if response.status_code == 200:
        return MyTicketList.from_dict(response.json())
    if response.status_code in {400, 401, 403, 422, 429, 500, 503}:
        return Problem.from_dict(response.json())
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[MyTicketList | Problem]:
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
    whose: MyTicketsListWhose | Unset = "mine",
    state: MyTicketsListState | Unset = "open",
    q: str | Unset = "",
) -> Response[MyTicketList | Problem]:
    """List my tickets

     Latest message first.

    Scope: `tickets:read`.

    Args:
        limit (int | Unset): How many at most, 1 to 100. Default: 50.
        cursor (str | Unset): “next” of the page before; without it the list begins.
        whose (MyTicketsListWhose | Unset): `organisation`: all of it, where the caller may.
            Default: 'mine'.
        state (MyTicketsListState | Unset):  Default: 'open'.
        q (str | Unset): Words to be found. Default: ''.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[MyTicketList | Problem]
    """

    kwargs = _get_kwargs(
        limit=limit,
        cursor=cursor,
        whose=whose,
        state=state,
        q=q,
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
    whose: MyTicketsListWhose | Unset = "mine",
    state: MyTicketsListState | Unset = "open",
    q: str | Unset = "",
) -> MyTicketList | Problem | None:
    """List my tickets

     Latest message first.

    Scope: `tickets:read`.

    Args:
        limit (int | Unset): How many at most, 1 to 100. Default: 50.
        cursor (str | Unset): “next” of the page before; without it the list begins.
        whose (MyTicketsListWhose | Unset): `organisation`: all of it, where the caller may.
            Default: 'mine'.
        state (MyTicketsListState | Unset):  Default: 'open'.
        q (str | Unset): Words to be found. Default: ''.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        MyTicketList | Problem
    """

    return sync_detailed(
        client=client,
        limit=limit,
        cursor=cursor,
        whose=whose,
        state=state,
        q=q,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    whose: MyTicketsListWhose | Unset = "mine",
    state: MyTicketsListState | Unset = "open",
    q: str | Unset = "",
) -> Response[MyTicketList | Problem]:
    """List my tickets

     Latest message first.

    Scope: `tickets:read`.

    Args:
        limit (int | Unset): How many at most, 1 to 100. Default: 50.
        cursor (str | Unset): “next” of the page before; without it the list begins.
        whose (MyTicketsListWhose | Unset): `organisation`: all of it, where the caller may.
            Default: 'mine'.
        state (MyTicketsListState | Unset):  Default: 'open'.
        q (str | Unset): Words to be found. Default: ''.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[MyTicketList | Problem]
    """

    kwargs = _get_kwargs(
        limit=limit,
        cursor=cursor,
        whose=whose,
        state=state,
        q=q,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    whose: MyTicketsListWhose | Unset = "mine",
    state: MyTicketsListState | Unset = "open",
    q: str | Unset = "",
) -> MyTicketList | Problem | None:
    """List my tickets

     Latest message first.

    Scope: `tickets:read`.

    Args:
        limit (int | Unset): How many at most, 1 to 100. Default: 50.
        cursor (str | Unset): “next” of the page before; without it the list begins.
        whose (MyTicketsListWhose | Unset): `organisation`: all of it, where the caller may.
            Default: 'mine'.
        state (MyTicketsListState | Unset):  Default: 'open'.
        q (str | Unset): Words to be found. Default: ''.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        MyTicketList | Problem
    """

    return (
        await asyncio_detailed(
            client=client,
            limit=limit,
            cursor=cursor,
            whose=whose,
            state=state,
            q=q,
        )
    ).parsed
