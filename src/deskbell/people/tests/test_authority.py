"""Managing people in departments alone opens no way to what the desk keeps apart."""

from __future__ import annotations

import pytest

from deskbell.kernel.api import SYSTEM, Event, NotAllowed
from deskbell.people import api as people
from deskbell.people.tests.factories import administrator, agent, department, organisation, person, viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def where():
    return department("Billing")


@pytest.fixture
def lead(where):
    return agent("lead", where=where, name="Leo Lead")


def _identity_changes(acting, user_id, firm_id):
    other = person("Somebody Else")
    return (
        lambda: people.add_contact_point(acting, user_id, "phone", "+358401234567"),
        lambda: people.add_contact_point(acting, user_id, "email", "mine@example.org"),
        lambda: people.remove_contact_point(acting, people.User.objects.get(pk=user_id).contact_points.get().pk),
        lambda: people.make_primary(acting, people.User.objects.get(pk=user_id).contact_points.get().pk),
        lambda: people.invite_user(acting, user_id),
        lambda: people.merge_people(acting, user_id, other.pk),
        lambda: people.merge_people(acting, other.pk, user_id),
        lambda: people.update_user(acting, user_id, organisation_id=firm_id),
        lambda: people.update_user(acting, user_id, sees_organisation=True),
    )


@pytest.mark.parametrize("whose", ["contact", "colleague"])
def test_a_lead_of_a_department_changes_nobodys_identity(whose, where, lead):
    firm = organisation("Kern")
    user = person() if whose == "contact" else agent(where=where)
    for attempt in _identity_changes(viewer(lead), user.pk, firm.pk):
        with pytest.raises(NotAllowed):
            attempt()
    user.refresh_from_db()
    assert (user.organisation_id, user.sees_organisation, user.contact_points.count()) == (None, False, 1)
    assert not Event.objects.filter(actor_id=lead.pk).exists()


def test_a_lead_does_not_join_the_organisation_of_a_customer(lead):
    firm = organisation("Kern")
    for values in ({"organisation_id": firm.pk}, {"sees_organisation": True}):
        with pytest.raises(NotAllowed):
            people.update_user(viewer(lead), lead.pk, **values)
        with pytest.raises(NotAllowed):
            people.create_user(viewer(lead), name="A second self", **values)
    lead.refresh_from_db()
    assert (lead.organisation_id, lead.sees_organisation) == (None, False)
    assert not people.User.objects.filter(name="A second self").exists()


def test_a_lead_leaves_organisations_alone(lead):
    firm = organisation("Kern")
    domain = people.add_domain(SYSTEM, firm.pk, "kern.example")
    for attempt in (
        lambda: people.create_organisation(viewer(lead), name="Mine"),
        lambda: people.update_organisation(viewer(lead), firm.pk, shares_tickets=True),
        lambda: people.add_domain(viewer(lead), firm.pk, "toechter.example"),
        lambda: people.remove_domain(viewer(lead), domain.pk),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    firm.refresh_from_db()
    assert not firm.shares_tickets
    assert [row.domain for row in firm.domains.all()] == ["kern.example"]


def test_a_lead_manages_colleagues_whose_roles_all_lie_in_the_department(where, lead):
    below = agent(where=department("Refunds", parent=where), name="Ben Below")
    both = agent(where=where, name="Bob Both")
    people.assign_role(SYSTEM, both.pk, people.Role.objects.get(code="agent").pk, department("Elsewhere").pk)
    administrator()
    acting = viewer(lead)
    people.deactivate_user(acting, below.pk)
    below.refresh_from_db()
    assert not below.is_active
    for user in (both, person("Cora Customer")):
        with pytest.raises(NotAllowed):
            people.deactivate_user(acting, user.pk)
        with pytest.raises(NotAllowed):
            people.set_blocked(acting, user.pk, blocked=True)
        user.refresh_from_db()
        assert (user.is_active, user.is_blocked) == (True, False)


def test_a_lead_corrects_the_name_of_a_contact(lead):
    contact = person("Ana Kern", organisation_id=organisation().pk)
    people.update_user(viewer(lead), contact.pk, name="Anna Kern", organisation_id=contact.organisation_id)
    contact.refresh_from_db()
    assert contact.name == "Anna Kern"


def test_nobody_moves_themselves_into_an_organisation():
    ada, firm = administrator(), organisation()
    for attempt in _identity_changes(viewer(ada), ada.pk, firm.pk)[4:]:
        with pytest.raises(NotAllowed, match="Nobody does this for themselves"):
            attempt()
    ada.refresh_from_db()
    assert (ada.organisation_id, ada.sees_organisation, ada.is_active) == (None, False, True)
