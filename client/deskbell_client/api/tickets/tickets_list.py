import datetime
from http import HTTPStatus
from typing import Any, Literal

import httpx2 as httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.ticket_list import TicketList
from ...models.tickets_list_sort import TicketsListSort
from ...models.tickets_list_status_item_type_0 import TicketsListStatusItemType0
from ...models.tickets_list_view import TicketsListView
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    view: TicketsListView | Unset = "all",
    status: list[Literal["any"] | TicketsListStatusItemType0] | Unset = UNSET,
    state: list[str] | Unset = UNSET,
    department: list[int] | Unset = UNSET,
    team: list[int] | Unset = UNSET,
    assignee: list[str] | Unset = UNSET,
    requester: list[int] | Unset = UNSET,
    organisation: list[int] | Unset = UNSET,
    kind: list[str] | Unset = UNSET,
    category: list[int] | Unset = UNSET,
    priority: list[str] | Unset = UNSET,
    tag: list[str] | Unset = UNSET,
    channel: list[str] | Unset = UNSET,
    custom: list[str] | Unset = UNSET,
    created_from: datetime.datetime | Unset = UNSET,
    created_to: datetime.datetime | Unset = UNSET,
    q: str | Unset = "",
    sort: TicketsListSort | Unset = "recent",
) -> dict[str, Any]:

    params: dict[str, Any] = {
        "limit": limit,
        "cursor": cursor,
        "view": view,
        "status": status,
        "state": state,
        "department": department,
        "team": team,
        "assignee": assignee,
        "requester": requester,
        "organisation": organisation,
        "kind": kind,
        "category": category,
        "priority": priority,
        "tag": tag,
        "channel": channel,
        "custom": custom,
        "created_from": created_from if isinstance(created_from, Unset) else created_from.isoformat(),
        "created_to": created_to if isinstance(created_to, Unset) else created_to.isoformat(),
        "q": q,
        "sort": sort,
    }
    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/tickets",
        "params": params,
    }

    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Problem | TicketList | None:
    if response.status_code == 200:
        return TicketList.from_dict(response.json())
    if response.status_code in {400, 401, 403, 422, 429, 500, 503}:
        return Problem.from_dict(response.json())
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | TicketList]:
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
    view: TicketsListView | Unset = "all",
    status: list[Literal["any"] | TicketsListStatusItemType0] | Unset = UNSET,
    state: list[str] | Unset = UNSET,
    department: list[int] | Unset = UNSET,
    team: list[int] | Unset = UNSET,
    assignee: list[str] | Unset = UNSET,
    requester: list[int] | Unset = UNSET,
    organisation: list[int] | Unset = UNSET,
    kind: list[str] | Unset = UNSET,
    category: list[int] | Unset = UNSET,
    priority: list[str] | Unset = UNSET,
    tag: list[str] | Unset = UNSET,
    channel: list[str] | Unset = UNSET,
    custom: list[str] | Unset = UNSET,
    created_from: datetime.datetime | Unset = UNSET,
    created_to: datetime.datetime | Unset = UNSET,
    q: str | Unset = "",
    sort: TicketsListSort | Unset = "recent",
) -> Response[Problem | TicketList]:
    """List tickets

     The tickets the caller sees as a colleague. Values of one filter are alternatives, filters add up.

    Scope: `tickets:read`.

    Args:
        limit (int | Unset): How many at most, 1 to 100. Default: 50.
        cursor (str | Unset): “next” of the page before; without it the list begins.
        view (TicketsListView | Unset): The caller's views, as in the pages. Default: 'all'.
        status (list[Literal['any'] | TicketsListStatusItemType0] | Unset): Categories of states;
            the open ones unless given. `any`: all of them.
        state (list[str] | Unset): Codes of states.
        department (list[int] | Unset):
        team (list[int] | Unset):
        assignee (list[str] | Unset): Ids, `me` for the caller, `none` for nobody.
        requester (list[int] | Unset):
        organisation (list[int] | Unset):
        kind (list[str] | Unset): Codes of kinds.
        category (list[int] | Unset): With everything below them.
        priority (list[str] | Unset): Codes of priorities.
        tag (list[str] | Unset):
        channel (list[str] | Unset):
        custom (list[str] | Unset): A custom field and its value, as in `asset:PC-12`.
        created_from (datetime.datetime | Unset):
        created_to (datetime.datetime | Unset):
        q (str | Unset): Words to be found, as in the search box. Default: ''.
        sort (TicketsListSort | Unset):  Default: 'recent'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | TicketList]
    """

    kwargs = _get_kwargs(
        limit=limit,
        cursor=cursor,
        view=view,
        status=status,
        state=state,
        department=department,
        team=team,
        assignee=assignee,
        requester=requester,
        organisation=organisation,
        kind=kind,
        category=category,
        priority=priority,
        tag=tag,
        channel=channel,
        custom=custom,
        created_from=created_from,
        created_to=created_to,
        q=q,
        sort=sort,
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
    view: TicketsListView | Unset = "all",
    status: list[Literal["any"] | TicketsListStatusItemType0] | Unset = UNSET,
    state: list[str] | Unset = UNSET,
    department: list[int] | Unset = UNSET,
    team: list[int] | Unset = UNSET,
    assignee: list[str] | Unset = UNSET,
    requester: list[int] | Unset = UNSET,
    organisation: list[int] | Unset = UNSET,
    kind: list[str] | Unset = UNSET,
    category: list[int] | Unset = UNSET,
    priority: list[str] | Unset = UNSET,
    tag: list[str] | Unset = UNSET,
    channel: list[str] | Unset = UNSET,
    custom: list[str] | Unset = UNSET,
    created_from: datetime.datetime | Unset = UNSET,
    created_to: datetime.datetime | Unset = UNSET,
    q: str | Unset = "",
    sort: TicketsListSort | Unset = "recent",
) -> Problem | TicketList | None:
    """List tickets

     The tickets the caller sees as a colleague. Values of one filter are alternatives, filters add up.

    Scope: `tickets:read`.

    Args:
        limit (int | Unset): How many at most, 1 to 100. Default: 50.
        cursor (str | Unset): “next” of the page before; without it the list begins.
        view (TicketsListView | Unset): The caller's views, as in the pages. Default: 'all'.
        status (list[Literal['any'] | TicketsListStatusItemType0] | Unset): Categories of states;
            the open ones unless given. `any`: all of them.
        state (list[str] | Unset): Codes of states.
        department (list[int] | Unset):
        team (list[int] | Unset):
        assignee (list[str] | Unset): Ids, `me` for the caller, `none` for nobody.
        requester (list[int] | Unset):
        organisation (list[int] | Unset):
        kind (list[str] | Unset): Codes of kinds.
        category (list[int] | Unset): With everything below them.
        priority (list[str] | Unset): Codes of priorities.
        tag (list[str] | Unset):
        channel (list[str] | Unset):
        custom (list[str] | Unset): A custom field and its value, as in `asset:PC-12`.
        created_from (datetime.datetime | Unset):
        created_to (datetime.datetime | Unset):
        q (str | Unset): Words to be found, as in the search box. Default: ''.
        sort (TicketsListSort | Unset):  Default: 'recent'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | TicketList
    """

    return sync_detailed(
        client=client,
        limit=limit,
        cursor=cursor,
        view=view,
        status=status,
        state=state,
        department=department,
        team=team,
        assignee=assignee,
        requester=requester,
        organisation=organisation,
        kind=kind,
        category=category,
        priority=priority,
        tag=tag,
        channel=channel,
        custom=custom,
        created_from=created_from,
        created_to=created_to,
        q=q,
        sort=sort,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    view: TicketsListView | Unset = "all",
    status: list[Literal["any"] | TicketsListStatusItemType0] | Unset = UNSET,
    state: list[str] | Unset = UNSET,
    department: list[int] | Unset = UNSET,
    team: list[int] | Unset = UNSET,
    assignee: list[str] | Unset = UNSET,
    requester: list[int] | Unset = UNSET,
    organisation: list[int] | Unset = UNSET,
    kind: list[str] | Unset = UNSET,
    category: list[int] | Unset = UNSET,
    priority: list[str] | Unset = UNSET,
    tag: list[str] | Unset = UNSET,
    channel: list[str] | Unset = UNSET,
    custom: list[str] | Unset = UNSET,
    created_from: datetime.datetime | Unset = UNSET,
    created_to: datetime.datetime | Unset = UNSET,
    q: str | Unset = "",
    sort: TicketsListSort | Unset = "recent",
) -> Response[Problem | TicketList]:
    """List tickets

     The tickets the caller sees as a colleague. Values of one filter are alternatives, filters add up.

    Scope: `tickets:read`.

    Args:
        limit (int | Unset): How many at most, 1 to 100. Default: 50.
        cursor (str | Unset): “next” of the page before; without it the list begins.
        view (TicketsListView | Unset): The caller's views, as in the pages. Default: 'all'.
        status (list[Literal['any'] | TicketsListStatusItemType0] | Unset): Categories of states;
            the open ones unless given. `any`: all of them.
        state (list[str] | Unset): Codes of states.
        department (list[int] | Unset):
        team (list[int] | Unset):
        assignee (list[str] | Unset): Ids, `me` for the caller, `none` for nobody.
        requester (list[int] | Unset):
        organisation (list[int] | Unset):
        kind (list[str] | Unset): Codes of kinds.
        category (list[int] | Unset): With everything below them.
        priority (list[str] | Unset): Codes of priorities.
        tag (list[str] | Unset):
        channel (list[str] | Unset):
        custom (list[str] | Unset): A custom field and its value, as in `asset:PC-12`.
        created_from (datetime.datetime | Unset):
        created_to (datetime.datetime | Unset):
        q (str | Unset): Words to be found, as in the search box. Default: ''.
        sort (TicketsListSort | Unset):  Default: 'recent'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | TicketList]
    """

    kwargs = _get_kwargs(
        limit=limit,
        cursor=cursor,
        view=view,
        status=status,
        state=state,
        department=department,
        team=team,
        assignee=assignee,
        requester=requester,
        organisation=organisation,
        kind=kind,
        category=category,
        priority=priority,
        tag=tag,
        channel=channel,
        custom=custom,
        created_from=created_from,
        created_to=created_to,
        q=q,
        sort=sort,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    view: TicketsListView | Unset = "all",
    status: list[Literal["any"] | TicketsListStatusItemType0] | Unset = UNSET,
    state: list[str] | Unset = UNSET,
    department: list[int] | Unset = UNSET,
    team: list[int] | Unset = UNSET,
    assignee: list[str] | Unset = UNSET,
    requester: list[int] | Unset = UNSET,
    organisation: list[int] | Unset = UNSET,
    kind: list[str] | Unset = UNSET,
    category: list[int] | Unset = UNSET,
    priority: list[str] | Unset = UNSET,
    tag: list[str] | Unset = UNSET,
    channel: list[str] | Unset = UNSET,
    custom: list[str] | Unset = UNSET,
    created_from: datetime.datetime | Unset = UNSET,
    created_to: datetime.datetime | Unset = UNSET,
    q: str | Unset = "",
    sort: TicketsListSort | Unset = "recent",
) -> Problem | TicketList | None:
    """List tickets

     The tickets the caller sees as a colleague. Values of one filter are alternatives, filters add up.

    Scope: `tickets:read`.

    Args:
        limit (int | Unset): How many at most, 1 to 100. Default: 50.
        cursor (str | Unset): “next” of the page before; without it the list begins.
        view (TicketsListView | Unset): The caller's views, as in the pages. Default: 'all'.
        status (list[Literal['any'] | TicketsListStatusItemType0] | Unset): Categories of states;
            the open ones unless given. `any`: all of them.
        state (list[str] | Unset): Codes of states.
        department (list[int] | Unset):
        team (list[int] | Unset):
        assignee (list[str] | Unset): Ids, `me` for the caller, `none` for nobody.
        requester (list[int] | Unset):
        organisation (list[int] | Unset):
        kind (list[str] | Unset): Codes of kinds.
        category (list[int] | Unset): With everything below them.
        priority (list[str] | Unset): Codes of priorities.
        tag (list[str] | Unset):
        channel (list[str] | Unset):
        custom (list[str] | Unset): A custom field and its value, as in `asset:PC-12`.
        created_from (datetime.datetime | Unset):
        created_to (datetime.datetime | Unset):
        q (str | Unset): Words to be found, as in the search box. Default: ''.
        sort (TicketsListSort | Unset):  Default: 'recent'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | TicketList
    """

    return (
        await asyncio_detailed(
            client=client,
            limit=limit,
            cursor=cursor,
            view=view,
            status=status,
            state=state,
            department=department,
            team=team,
            assignee=assignee,
            requester=requester,
            organisation=organisation,
            kind=kind,
            category=category,
            priority=priority,
            tag=tag,
            channel=channel,
            custom=custom,
            created_from=created_from,
            created_to=created_to,
            q=q,
            sort=sort,
        )
    ).parsed
