from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx2 as httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.domain_answer import DomainAnswer
from ...models.new_domain import NewDomain
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    organisation_id: int,
    *,
    body: NewDomain,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/organisations/{organisation_id}/domains".format(
            organisation_id=quote(str(organisation_id), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> DomainAnswer | Problem | None:
    if response.status_code == 201:
        return DomainAnswer.from_dict(response.json())
    if response.status_code in {400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503}:
        return Problem.from_dict(response.json())
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[DomainAnswer | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    organisation_id: int,
    *,
    client: AuthenticatedClient,
    body: NewDomain,
    idempotency_key: str | Unset = UNSET,
) -> Response[DomainAnswer | Problem]:
    """Add a mail domain

     People with an address in it join the organisation, now and from now on.

    Scope: `people:write`.

    Args:
        organisation_id (int):
        idempotency_key (str | Unset):
        body (NewDomain):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[DomainAnswer | Problem]
    """

    kwargs = _get_kwargs(
        organisation_id=organisation_id,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    organisation_id: int,
    *,
    client: AuthenticatedClient,
    body: NewDomain,
    idempotency_key: str | Unset = UNSET,
) -> DomainAnswer | Problem | None:
    """Add a mail domain

     People with an address in it join the organisation, now and from now on.

    Scope: `people:write`.

    Args:
        organisation_id (int):
        idempotency_key (str | Unset):
        body (NewDomain):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        DomainAnswer | Problem
    """

    return sync_detailed(
        organisation_id=organisation_id,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    organisation_id: int,
    *,
    client: AuthenticatedClient,
    body: NewDomain,
    idempotency_key: str | Unset = UNSET,
) -> Response[DomainAnswer | Problem]:
    """Add a mail domain

     People with an address in it join the organisation, now and from now on.

    Scope: `people:write`.

    Args:
        organisation_id (int):
        idempotency_key (str | Unset):
        body (NewDomain):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[DomainAnswer | Problem]
    """

    kwargs = _get_kwargs(
        organisation_id=organisation_id,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    organisation_id: int,
    *,
    client: AuthenticatedClient,
    body: NewDomain,
    idempotency_key: str | Unset = UNSET,
) -> DomainAnswer | Problem | None:
    """Add a mail domain

     People with an address in it join the organisation, now and from now on.

    Scope: `people:write`.

    Args:
        organisation_id (int):
        idempotency_key (str | Unset):
        body (NewDomain):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        DomainAnswer | Problem
    """

    return (
        await asyncio_detailed(
            organisation_id=organisation_id,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
