from http import HTTPStatus
from typing import Any

import httpx2 as httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.bulk_answer import BulkAnswer
from ...models.bulk_in import BulkIn
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: BulkIn,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/tickets/bulk",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> BulkAnswer | Problem | None:
    if response.status_code == 200:
        return BulkAnswer.from_dict(response.json())
    if response.status_code in {400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503}:
        return Problem.from_dict(response.json())
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[BulkAnswer | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: BulkIn,
    idempotency_key: str | Unset = UNSET,
) -> Response[BulkAnswer | Problem]:
    """Change many tickets

     At most 500 at once; what fails does not stop the others.

    Scope: `tickets:write`.

    Args:
        idempotency_key (str | Unset):
        body (BulkIn): What to change on each ticket; only what is given is touched.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[BulkAnswer | Problem]
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
    body: BulkIn,
    idempotency_key: str | Unset = UNSET,
) -> BulkAnswer | Problem | None:
    """Change many tickets

     At most 500 at once; what fails does not stop the others.

    Scope: `tickets:write`.

    Args:
        idempotency_key (str | Unset):
        body (BulkIn): What to change on each ticket; only what is given is touched.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        BulkAnswer | Problem
    """

    return sync_detailed(
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: BulkIn,
    idempotency_key: str | Unset = UNSET,
) -> Response[BulkAnswer | Problem]:
    """Change many tickets

     At most 500 at once; what fails does not stop the others.

    Scope: `tickets:write`.

    Args:
        idempotency_key (str | Unset):
        body (BulkIn): What to change on each ticket; only what is given is touched.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[BulkAnswer | Problem]
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
    body: BulkIn,
    idempotency_key: str | Unset = UNSET,
) -> BulkAnswer | Problem | None:
    """Change many tickets

     At most 500 at once; what fails does not stop the others.

    Scope: `tickets:write`.

    Args:
        idempotency_key (str | Unset):
        body (BulkIn): What to change on each ticket; only what is given is touched.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        BulkAnswer | Problem
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
