from http import HTTPStatus
from typing import Any

import httpx2 as httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.ticket_answer import TicketAnswer
from ...models.ticket_in import TicketIn
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: TicketIn,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/tickets",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Problem | TicketAnswer | None:
    if response.status_code == 201:
        return TicketAnswer.from_dict(response.json())
    if response.status_code in {400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503}:
        return Problem.from_dict(response.json())
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | TicketAnswer]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: TicketIn,
    idempotency_key: str | Unset = UNSET,
) -> Response[Problem | TicketAnswer]:
    """Create a ticket

     For others, where you may create tickets; what you ask yourself goes to `POST /my/tickets`.

    Scope: `tickets:write`.

    Args:
        idempotency_key (str | Unset):
        body (TicketIn): A ticket to be created, with its first message. Give `requester_id`, or
            `requester` by address.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | TicketAnswer]
    """

    kwargs = _get_kwargs(
        body=body,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    body: TicketIn,
    idempotency_key: str | Unset = UNSET,
) -> Problem | TicketAnswer | None:
    """Create a ticket

     For others, where you may create tickets; what you ask yourself goes to `POST /my/tickets`.

    Scope: `tickets:write`.

    Args:
        idempotency_key (str | Unset):
        body (TicketIn): A ticket to be created, with its first message. Give `requester_id`, or
            `requester` by address.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | TicketAnswer
    """

    return sync_detailed(
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: TicketIn,
    idempotency_key: str | Unset = UNSET,
) -> Response[Problem | TicketAnswer]:
    """Create a ticket

     For others, where you may create tickets; what you ask yourself goes to `POST /my/tickets`.

    Scope: `tickets:write`.

    Args:
        idempotency_key (str | Unset):
        body (TicketIn): A ticket to be created, with its first message. Give `requester_id`, or
            `requester` by address.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | TicketAnswer]
    """

    kwargs = _get_kwargs(
        body=body,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: TicketIn,
    idempotency_key: str | Unset = UNSET,
) -> Problem | TicketAnswer | None:
    """Create a ticket

     For others, where you may create tickets; what you ask yourself goes to `POST /my/tickets`.

    Scope: `tickets:write`.

    Args:
        idempotency_key (str | Unset):
        body (TicketIn): A ticket to be created, with its first message. Give `requester_id`, or
            `requester` by address.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | TicketAnswer
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
