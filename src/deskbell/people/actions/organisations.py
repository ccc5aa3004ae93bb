"""Organisations and their mail domains."""

from __future__ import annotations

from typing import TypedDict

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from typing_extensions import Unpack

from deskbell.kernel.api import Invalid, NotAllowed, NotFound, Viewer, apply, one_line, record, storable
from deskbell.people import events
from deskbell.people.access import MANAGE_PEOPLE
from deskbell.people.contact_values import normalise_domain
from deskbell.people.models import ContactKind, Organisation, OrganisationDomain, OrganisationKind, User
from deskbell.people.public_domains import is_public
from deskbell.people.time_zones import known_time_zones


class OrganisationValues(TypedDict, total=False):
    """What may be changed of an organisation. language and time_zone: for its new people; "" means unknown."""

    name: str
    kind: str
    language: str
    time_zone: str
    shares_tickets: bool
    notes: str
    is_active: bool


@transaction.atomic
def create_organisation(viewer: Viewer, **values: Unpack[OrganisationValues]) -> Organisation:
    """Raises NotAllowed, Invalid naming the field."""
    _require(viewer)
    organisation = Organisation()
    changes = apply(organisation, **_clean({"name": "", **values}, None))
    organisation.save()
    record(viewer, events.ORGANISATION_CREATED, organisation.pk, changes=changes)
    return organisation


@transaction.atomic
def update_organisation(viewer: Viewer, organisation_id: int, **values: Unpack[OrganisationValues]) -> Organisation:
    """Change what is given. Raises NotFound, NotAllowed, Invalid naming the field."""
    organisation = _lock(viewer, organisation_id)
    changes = apply(organisation, **_clean(values, organisation_id))
    if changes:
        organisation.save(update_fields=list(changes))
        record(viewer, events.ORGANISATION_CHANGED, organisation.pk, changes=changes)
    return organisation


@transaction.atomic
def add_domain(viewer: Viewer, organisation_id: int, domain: str) -> OrganisationDomain:
    """New people with an address in this domain join the organisation, and those without one do now.

    Raises NotFound, NotAllowed, or Invalid for a domain open to anybody or taken by another organisation.
    """
    organisation = _lock(viewer, organisation_id)
    name = normalise_domain(domain)
    if "." not in name:
        raise Invalid(fields={"domain": _("Give the whole domain, as in example.org.")})
    if is_public(name):
        raise Invalid(fields={"domain": _("Anybody can have an address at %(domain)s.") % {"domain": name}})
    taken = OrganisationDomain.objects.select_related("organisation").filter(domain=name).first()
    if taken is not None and taken.organisation_id != organisation_id:
        problem = _("%(domain)s belongs to %(organisation)s already.")
        raise Invalid(fields={"domain": problem % {"domain": name, "organisation": taken.organisation.name}})
    if taken is not None:
        return taken
    row = OrganisationDomain.objects.create(organisation=organisation, domain=name)
    record(viewer, events.ORGANISATION_DOMAIN_ADDED, organisation_id, events.DomainData(domain=name))
    _assign_people(viewer, organisation_id, name)
    return row


@transaction.atomic
def remove_domain(viewer: Viewer, domain_id: int) -> None:
    """People who joined by it stay where they are. Raises NotFound, NotAllowed."""
    _require(viewer)
    row = OrganisationDomain.objects.select_for_update().filter(pk=domain_id).first()
    if row is None:
        raise NotFound
    row.delete()
    record(viewer, events.ORGANISATION_DOMAIN_REMOVED, row.organisation_id, events.DomainData(domain=row.domain))


def _assign_people(viewer: Viewer, organisation_id: int, domain: str) -> None:
    people = User.objects.filter(
        Q(contact_points__value__endswith=f"@{domain}") | Q(contact_points__value__endswith=f".{domain}"),
        organisation=None,
        contact_points__kind=ContactKind.EMAIL,
    ).distinct()
    for user in people:
        changes = apply(user, organisation_id=organisation_id)
        user.save(update_fields=["organisation"])
        record(viewer, events.USER_CHANGED, user.pk, changes=changes)


def _require(viewer: Viewer) -> None:
    # On the whole desk: who belongs to an organisation may read what it asked of any department.
    if not viewer.may(MANAGE_PEOPLE):
        raise NotAllowed


def _lock(viewer: Viewer, organisation_id: int) -> Organisation:
    _require(viewer)
    organisation = Organisation.objects.select_for_update().filter(pk=organisation_id).first()
    if organisation is None:
        raise NotFound
    return organisation


def _clean(values: OrganisationValues, pk: int | None) -> dict[str, object]:
    problems: dict[str, str] = {}
    cleaned: dict[str, object] = dict(values)
    if "name" in values:
        name = one_line(values["name"], 200)
        cleaned["name"] = name
        if not name:
            problems["name"] = _("Give a name.")
        elif Organisation.objects.filter(name__iexact=name).exclude(pk=pk or 0).exists():
            problems["name"] = _("There is an organisation of this name already.")
    if "kind" in values and values["kind"] not in OrganisationKind.values:
        problems["kind"] = _("There is no such kind of organisation.")
    if values.get("language") and values["language"] not in dict(settings.LANGUAGES):
        problems["language"] = _("Deskbell does not speak this language yet.")
    if values.get("time_zone") and values["time_zone"] not in known_time_zones():
        problems["time_zone"] = _("There is no such time zone.")
    if "notes" in values:
        cleaned["notes"] = storable(values["notes"]).strip()
    if problems:
        raise Invalid(fields=problems)
    return cleaned
