"""Organisations and their mail domains."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Query
from pydantic import Field

from deskbell.kernel.api import NotFound
from deskbell.kernel.rest import api as rest
from deskbell.people.actions.organisations import add_domain, create_organisation, remove_domain, update_organisation
from deskbell.people.models import OrganisationDomain
from deskbell.people.queries.people import list_organisations, organisation
from deskbell.people.rest.fields import Language, Name, Note, Search, TimeZone
from deskbell.people.rest.shapes import DomainAnswer, OrganisationAnswer, OrganisationsPage, organisation_answer

organisations = rest.publish(rest.Endpoints("Organisations", "Customers, partners, and our own organisation."))

Kind = Literal["customer", "partner", "own"]


class OrganisationChange(rest.Body):
    """What is left out stays as it is. Language and time zone are for new people; empty means unknown."""

    name: Name = rest.left_out()
    kind: Kind = rest.left_out()
    language: Language | Literal[""] = rest.left_out()
    time_zone: TimeZone | Literal[""] = rest.left_out()
    shares_tickets: Annotated[bool, Field(description="Its people see each other's tickets in the portal.")] = (
        rest.left_out()
    )
    notes: Note = rest.left_out()
    is_active: bool = rest.left_out()


class NewOrganisation(OrganisationChange):
    """Language and time zone are for new people; empty means unknown."""

    name: Name


class NewDomain(rest.Body):
    domain: Annotated[str, rest.text(253, shortest=1), Field(examples=["kern.example"])]


@organisations.get("/organisations", scope="people:read", answer=OrganisationsPage, summary="List organisations")
def organisations_list(
    request: rest.ApiRequest,
    limit: rest.Limit,
    cursor: rest.Cursor,
    q: Search,
    kind: Annotated[Kind | None, Query(None)],
) -> OrganisationsPage:
    """By name. Needs `people.see`."""
    of = f"organisations {[q, kind]}"
    key = rest.read_cursor(cursor, of)
    found = list_organisations(request.viewer, q or "", kind=kind or "", after=key[0] if key else None, size=limit)
    return OrganisationsPage(
        items=[organisation_answer(request.viewer, row) for row in found.rows],
        next=rest.write_cursor([found.next], of) if found.next else None,
    )


@organisations.post(
    "/organisations", scope="people:write", answer=OrganisationAnswer, status=201, summary="Add an organisation"
)
def organisations_create(request: rest.ApiRequest, new: NewOrganisation) -> rest.Answered:
    values: dict[str, Any] = new.model_dump(exclude_unset=True)
    row = create_organisation(request.viewer, **values)
    answer = organisation_answer(request.viewer, organisation(request.viewer, row.pk))
    return rest.Answered(answer, headers={"Location": f"/api/v1/organisations/{row.pk}"})


@organisations.get(
    "/organisations/{organisation_id}", scope="people:read", answer=OrganisationAnswer, summary="Get an organisation"
)
def organisations_get(request: rest.ApiRequest, organisation_id: rest.PathId) -> OrganisationAnswer:
    return organisation_answer(request.viewer, organisation(request.viewer, organisation_id))


@organisations.patch(
    "/organisations/{organisation_id}",
    scope="people:write",
    answer=OrganisationAnswer,
    summary="Change an organisation",
)
def organisations_update(
    request: rest.ApiRequest, organisation_id: rest.PathId, change: OrganisationChange
) -> OrganisationAnswer:
    values: dict[str, Any] = change.model_dump(exclude_unset=True)
    update_organisation(request.viewer, organisation_id, **values)
    return organisation_answer(request.viewer, organisation(request.viewer, organisation_id))


@organisations.post(
    "/organisations/{organisation_id}/domains", scope="people:write", answer=DomainAnswer, status=201,
    summary="Add a mail domain",
)  # fmt: skip
def organisation_domains_create(request: rest.ApiRequest, organisation_id: rest.PathId, new: NewDomain) -> DomainAnswer:
    """People with an address in it join the organisation, now and from now on."""
    row = add_domain(request.viewer, organisation_id, new.domain)
    return DomainAnswer(id=row.pk, domain=row.domain)


@organisations.delete(
    "/organisations/{organisation_id}/domains/{domain_id}", scope="people:write", summary="Remove a mail domain"
)
def organisation_domains_delete(request: rest.ApiRequest, organisation_id: rest.PathId, domain_id: rest.PathId) -> None:
    """People who joined by it stay where they are."""
    if not OrganisationDomain.objects.filter(pk=domain_id, organisation_id=organisation_id).exists():
        raise NotFound
    remove_domain(request.viewer, domain_id)
