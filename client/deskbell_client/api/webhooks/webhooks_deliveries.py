from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx2 as httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.delivery_list import DeliveryList
from ...models.problem import Problem
from ...models.webhooks_deliveries_state import WebhooksDeliveriesState
from ...types import UNSET, Response, Unset


def _get_kwargs(
    webhook_id: int,
    *,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    state: WebhooksDeliveriesState | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {
        "limit": limit,
        "cursor": cursor,
        "state": state,
    }
    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/webhooks/{webhook_id}/deliveries".format(
            webhook_id=quote(str(webhook_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> DeliveryList | Problem | None:
    if response.status_code == 200:
        return DeliveryList.from_dict(response.json())
    if response.status_code in {400, 401, 403, 404, 422, 429, 500, 503}:
        return Problem.from_dict(response.json())
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[DeliveryList | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    webhook_id: int,
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    state: WebhooksDeliveriesState | Unset = UNSET,
) -> Response[DeliveryList | Problem]:
    """List deliveries

     The log of a webhook, the latest first; kept for 30 days unless the settings say otherwise.

    Scope: `webhooks:read`.

    Args:
        webhook_id (int):
        limit (int | Unset): How many at most, 1 to 100. Default: 50.
        cursor (str | Unset): “next” of the page before; without it the list begins.
        state (WebhooksDeliveriesState | Unset): Only those in this state.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[DeliveryList | Problem]
    """

    kwargs = _get_kwargs(
        webhook_id=webhook_id,
        limit=limit,
        cursor=cursor,
        state=state,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    webhook_id: int,
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    state: WebhooksDeliveriesState | Unset = UNSET,
) -> DeliveryList | Problem | None:
    """List deliveries

     The log of a webhook, the latest first; kept for 30 days unless the settings say otherwise.

    Scope: `webhooks:read`.

    Args:
        webhook_id (int):
        limit (int | Unset): How many at most, 1 to 100. Default: 50.
        cursor (str | Unset): “next” of the page before; without it the list begins.
        state (WebhooksDeliveriesState | Unset): Only those in this state.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        DeliveryList | Problem
    """

    return sync_detailed(
        webhook_id=webhook_id,
        client=client,
        limit=limit,
        cursor=cursor,
        state=state,
    ).parsed


async def asyncio_detailed(
    webhook_id: int,
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    state: WebhooksDeliveriesState | Unset = UNSET,
) -> Response[DeliveryList | Problem]:
    """List deliveries

     The log of a webhook, the latest first; kept for 30 days unless the settings say otherwise.

    Scope: `webhooks:read`.

    Args:
        webhook_id (int):
        limit (int | Unset): How many at most, 1 to 100. Default: 50.
        cursor (str | Unset): “next” of the page before; without it the list begins.
        state (WebhooksDeliveriesState | Unset): Only those in this state.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[DeliveryList | Problem]
    """

    kwargs = _get_kwargs(
        webhook_id=webhook_id,
        limit=limit,
        cursor=cursor,
        state=state,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    webhook_id: int,
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    state: WebhooksDeliveriesState | Unset = UNSET,
) -> DeliveryList | Problem | None:
    """List deliveries

     The log of a webhook, the latest first; kept for 30 days unless the settings say otherwise.

    Scope: `webhooks:read`.

    Args:
        webhook_id (int):
        limit (int | Unset): How many at most, 1 to 100. Default: 50.
        cursor (str | Unset): “next” of the page before; without it the list begins.
        state (WebhooksDeliveriesState | Unset): Only those in this state.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        DeliveryList | Problem
    """

    return (
        await asyncio_detailed(
            webhook_id=webhook_id,
            client=client,
            limit=limit,
            cursor=cursor,
            state=state,
        )
    ).parsed
