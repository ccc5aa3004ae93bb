from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx2 as httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.department_answer import DepartmentAnswer
from ...models.department_change import DepartmentChange
from ...models.problem import Problem
from ...types import Response


def _get_kwargs(
    department_id: int,
    *,
    body: DepartmentChange,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "patch",
        "url": "/api/v1/departments/{department_id}".format(
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
    body: DepartmentChange,
) -> Response[DepartmentAnswer | Problem]:
    """Change a department

     Scope: `people:write`.

    Args:
        department_id (int):
        body (DepartmentChange): What is left out stays as it is. The head holds the head's role
            here; a former head loses it.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[DepartmentAnswer | Problem]
    """

    kwargs = _get_kwargs(
        department_id=department_id,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    department_id: int,
    *,
    client: AuthenticatedClient,
    body: DepartmentChange,
) -> DepartmentAnswer | Problem | None:
    """Change a department

     Scope: `people:write`.

    Args:
        department_id (int):
        body (DepartmentChange): What is left out stays as it is. The head holds the head's role
            here; a former head loses it.

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
    ).parsed


async def asyncio_detailed(
    department_id: int,
    *,
    client: AuthenticatedClient,
    body: DepartmentChange,
) -> Response[DepartmentAnswer | Problem]:
    """Change a department

     Scope: `people:write`.

    Args:
        department_id (int):
        body (DepartmentChange): What is left out stays as it is. The head holds the head's role
            here; a former head loses it.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[DepartmentAnswer | Problem]
    """

    kwargs = _get_kwargs(
        department_id=department_id,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    department_id: int,
    *,
    client: AuthenticatedClient,
    body: DepartmentChange,
) -> DepartmentAnswer | Problem | None:
    """Change a department

     Scope: `people:write`.

    Args:
        department_id (int):
        body (DepartmentChange): What is left out stays as it is. The head holds the head's role
            here; a former head loses it.

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
        )
    ).parsed
