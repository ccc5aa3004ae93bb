from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx2 as httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.attachment_answer import AttachmentAnswer
from ...models.problem import Problem
from ...types import Response


def _get_kwargs(
    attachment_id: int,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/attachments/{attachment_id}".format(
            attachment_id=quote(str(attachment_id), safe=""),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> AttachmentAnswer | Problem | None:
    if response.status_code == 200:
        return AttachmentAnswer.from_dict(response.json())
    if response.status_code in {400, 401, 403, 404, 429, 500, 503}:
        return Problem.from_dict(response.json())
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[AttachmentAnswer | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    attachment_id: int,
    *,
    client: AuthenticatedClient,
) -> Response[AttachmentAnswer | Problem]:
    """Get an attachment

     Name, size and type; of messages the caller may read, and of their own uploads.

    Scope: `tickets:read`.

    Args:
        attachment_id (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AttachmentAnswer | Problem]
    """

    kwargs = _get_kwargs(
        attachment_id=attachment_id,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    attachment_id: int,
    *,
    client: AuthenticatedClient,
) -> AttachmentAnswer | Problem | None:
    """Get an attachment

     Name, size and type; of messages the caller may read, and of their own uploads.

    Scope: `tickets:read`.

    Args:
        attachment_id (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AttachmentAnswer | Problem
    """

    return sync_detailed(
        attachment_id=attachment_id,
        client=client,
    ).parsed


async def asyncio_detailed(
    attachment_id: int,
    *,
    client: AuthenticatedClient,
) -> Response[AttachmentAnswer | Problem]:
    """Get an attachment

     Name, size and type; of messages the caller may read, and of their own uploads.

    Scope: `tickets:read`.

    Args:
        attachment_id (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AttachmentAnswer | Problem]
    """

    kwargs = _get_kwargs(
        attachment_id=attachment_id,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    attachment_id: int,
    *,
    client: AuthenticatedClient,
) -> AttachmentAnswer | Problem | None:
    """Get an attachment

     Name, size and type; of messages the caller may read, and of their own uploads.

    Scope: `tickets:read`.

    Args:
        attachment_id (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AttachmentAnswer | Problem
    """

    return (
        await asyncio_detailed(
            attachment_id=attachment_id,
            client=client,
        )
    ).parsed
