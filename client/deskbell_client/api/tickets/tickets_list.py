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

    params: dict[str, Any] = {}

    params["limit"] = limit

    params["cursor"] = cursor

    json_view: str | Unset = UNSET
    if not isinstance(view, Unset):
        json_view = view

    params["view"] = json_view

    json_status: list[Literal["any"] | str] | Unset = UNSET
    if not isinstance(status, Unset):
        json_status = []
        for status_item_data in status:
            status_item: Literal["any"] | str
            if isinstance(status_item_data, str):
                status_item = status_item_data
            else:
                status_item = status_item_data
            json_status.append(status_item)

    params["status"] = json_status

    json_state: list[str] | Unset = UNSET
    if not isinstance(state, Unset):
        json_state = state

    params["state"] = json_state

    json_department: list[int] | Unset = UNSET
    if not isinstance(department, Unset):
        json_department = department

    params["department"] = json_department

    json_team: list[int] | Unset = UNSET
    if not isinstance(team, Unset):
        json_team = team

    params["team"] = json_team

    json_assignee: list[str] | Unset = UNSET
    if not isinstance(assignee, Unset):
        json_assignee = assignee

    params["assignee"] = json_assignee

    json_requester: list[int] | Unset = UNSET
    if not isinstance(requester, Unset):
        json_requester = requester

    params["requester"] = json_requester

    json_organisation: list[int] | Unset = UNSET
    if not isinstance(organisation, Unset):
        json_organisation = organisation

    params["organisation"] = json_organisation

    json_kind: list[str] | Unset = UNSET
    if not isinstance(kind, Unset):
        json_kind = kind

    params["kind"] = json_kind

    json_category: list[int] | Unset = UNSET
    if not isinstance(category, Unset):
        json_category = category

    params["category"] = json_category

    json_priority: list[str] | Unset = UNSET
    if not isinstance(priority, Unset):
        json_priority = priority

    params["priority"] = json_priority

    json_tag: list[str] | Unset = UNSET
    if not isinstance(tag, Unset):
        json_tag = tag

    params["tag"] = json_tag

    json_channel: list[str] | Unset = UNSET
    if not isinstance(channel, Unset):
        json_channel = channel

    params["channel"] = json_channel

    json_custom: list[str] | Unset = UNSET
    if not isinstance(custom, Unset):
        json_custom = custom

    params["custom"] = json_custom

    json_created_from: str | Unset = UNSET
    if not isinstance(created_from, Unset):
        json_created_from = created_from.isoformat()
    params["created_from"] = json_created_from

    json_created_to: str | Unset = UNSET
    if not isinstance(created_to, Unset):
        json_created_to = created_to.isoformat()
    params["created_to"] = json_created_to

    params["q"] = q

    json_sort: str | Unset = UNSET
    if not isinstance(sort, Unset):
        json_sort = sort

    params["sort"] = json_sort

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/tickets",
        "params": params,
    }

    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Problem | TicketList | None:
    if response.status_code == 200:
        response_200 = TicketList.from_dict(response.json())

        return response_200

    if response.status_code == 400:
        response_400 = Problem.from_dict(response.json())

        return response_400

    if response.status_code == 401:
        response_401 = Problem.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = Problem.from_dict(response.json())

        return response_403

    if response.status_code == 422:
        response_422 = Problem.from_dict(response.json())

        return response_422

    if response.status_code == 429:
        response_429 = Problem.from_dict(response.json())

        return response_429

    if response.status_code == 500:
        response_500 = Problem.from_dict(response.json())

        return response_500

    if response.status_code == 503:
        response_503 = Problem.from_dict(response.json())

        return response_503

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
