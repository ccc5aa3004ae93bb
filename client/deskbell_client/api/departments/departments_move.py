from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx2 as httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.department_answer import DepartmentAnswer
from ...models.new_place import NewPlace
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    department_id: int,
    *,
    body: NewPlace,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/departments/{department_id}/move".format(
            department_id=quote(str(department_id), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> DepartmentAnswer | Problem | None:
    if response.status_code == 200:
        return DepartmentAnswer.from_dict(response.json())
    if response.status_code in {400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503}:
        return Problem.from_dict(response.json())
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[DepartmentAnswer | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    department_id: int,
    *,
    client: AuthenticatedClient,
    body: NewPlace,
    idempotency_key: str | Unset = UNSET,
) -> Response[DepartmentAnswer | Problem]:
    """Move a department

     With all below it, under another one or to the top.

    Scope: `people:write`.

    Args:
        department_id (int):
        idempotency_key (str | Unset):
        body (NewPlace):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[DepartmentAnswer | Problem]
    """

    kwargs = _get_kwargs(
        department_id=department_id,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    department_id: int,
    *,
    client: AuthenticatedClient,
    body: NewPlace,
    idempotency_key: str | Unset = UNSET,
) -> DepartmentAnswer | Problem | None:
    """Move a department

     With all below it, under another one or to the top.

    Scope: `people:write`.

    Args:
        department_id (int):
        idempotency_key (str | Unset):
        body (NewPlace):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        DepartmentAnswer | Problem
    """

    return sync_detailed(
        department_id=department_id,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    department_id: int,
    *,
    client: AuthenticatedClient,
    body: NewPlace,
    idempotency_key: str | Unset = UNSET,
) -> Response[DepartmentAnswer | Problem]:
    """Move a department

     With all below it, under another one or to the top.

    Scope: `people:write`.

    Args:
        department_id (int):
        idempotency_key (str | Unset):
        body (NewPlace):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[DepartmentAnswer | Problem]
    """

    kwargs = _get_kwargs(
        department_id=department_id,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    department_id: int,
    *,
    client: AuthenticatedClient,
    body: NewPlace,
    idempotency_key: str | Unset = UNSET,
) -> DepartmentAnswer | Problem | None:
    """Move a department

     With all below it, under another one or to the top.

    Scope: `people:write`.

    Args:
        department_id (int):
        idempotency_key (str | Unset):
        body (NewPlace):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        DepartmentAnswer | Problem
    """

    return (
        await asyncio_detailed(
            department_id=department_id,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
