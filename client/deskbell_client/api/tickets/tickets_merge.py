from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx2 as httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.merge_answer import MergeAnswer
from ...models.merge_in import MergeIn
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    ticket_id: int,
    *,
    body: MergeIn,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    if not isinstance(if_match, Unset):
        headers["If-Match"] = if_match

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/tickets/{ticket_id}/merge".format(
            ticket_id=quote(str(ticket_id), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> MergeAnswer | Problem | None:
    if response.status_code == 201:
        return MergeAnswer.from_dict(response.json())
    if response.status_code in {400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 500, 503}:
        return Problem.from_dict(response.json())
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[MergeAnswer | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    ticket_id: int,
    *,
    client: AuthenticatedClient,
    body: MergeIn,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[MergeAnswer | Problem]:
    """Merge into another

     Everything of the ticket moves into the other one; it is closed and points there.

    Scope: `tickets:write`.

    Args:
        ticket_id (int):
        idempotency_key (str | Unset):
        if_match (str | Unset):
        body (MergeIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[MergeAnswer | Problem]
    """

    kwargs = _get_kwargs(
        ticket_id=ticket_id,
        body=body,
        idempotency_key=idempotency_key,
        if_match=if_match,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    ticket_id: int,
    *,
    client: AuthenticatedClient,
    body: MergeIn,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> MergeAnswer | Problem | None:
    """Merge into another

     Everything of the ticket moves into the other one; it is closed and points there.

    Scope: `tickets:write`.

    Args:
        ticket_id (int):
        idempotency_key (str | Unset):
        if_match (str | Unset):
        body (MergeIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        MergeAnswer | Problem
    """

    return sync_detailed(
        ticket_id=ticket_id,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
        if_match=if_match,
    ).parsed


async def asyncio_detailed(
    ticket_id: int,
    *,
    client: AuthenticatedClient,
    body: MergeIn,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[MergeAnswer | Problem]:
    """Merge into another

     Everything of the ticket moves into the other one; it is closed and points there.

    Scope: `tickets:write`.

    Args:
        ticket_id (int):
        idempotency_key (str | Unset):
        if_match (str | Unset):
        body (MergeIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[MergeAnswer | Problem]
    """

    kwargs = _get_kwargs(
        ticket_id=ticket_id,
        body=body,
        idempotency_key=idempotency_key,
        if_match=if_match,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    ticket_id: int,
    *,
    client: AuthenticatedClient,
    body: MergeIn,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> MergeAnswer | Problem | None:
    """Merge into another

     Everything of the ticket moves into the other one; it is closed and points there.

    Scope: `tickets:write`.

    Args:
        ticket_id (int):
        idempotency_key (str | Unset):
        if_match (str | Unset):
        body (MergeIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        MergeAnswer | Problem
    """

    return (
        await asyncio_detailed(
            ticket_id=ticket_id,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
    ).parsed
