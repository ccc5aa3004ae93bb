"""Who gets through which door of the console: every role at every address."""

from __future__ import annotations

import pytest
from django.db import transaction

from deskbell.console import urls
from deskbell.console.tests.doors import DOORS, ROLES, Door
from deskbell.kernel.testing import fingerprint

# What a refused visitor must not have changed: every row of people, tickets, mail and the log.
LABELS = ("kernel", "people", "tickets", "channels", "webhooks")


def test_every_address_of_the_console_stands_in_the_table():
    assert {door.name for door in DOORS} == {pattern.name for pattern in urls.urlpatterns}


def expected(door: Door, role: str) -> set[int]:
    if role in door.opens_to:
        return {200, 303}
    return {302} if role == "anonymous" else {403}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_gets_through_its_doors_and_no_other(role: str, desk, sign_in):
    client = sign_in(role)
    before = fingerprint(*LABELS)
    problems = []
    for door in DOORS:
        url, data = door.url(desk), door.data(desk)
        with transaction.atomic():
            response = getattr(client, door.method)(url, data)
            if response.status_code not in expected(door, role):
                problems.append(f"{door.name}: {response.status_code}")
            if response.status_code == 302 and "/account/" not in response["Location"]:
                problems.append(f"{door.name}: sent to {response['Location']}")
            if role not in door.opens_to and fingerprint(*LABELS) != before:
                problems.append(f"{door.name}: something was changed")
            transaction.set_rollback(True)
    assert problems == []


def test_what_changes_something_is_not_done_by_following_a_link(desk, admin):
    before = fingerprint(*LABELS)
    doors = [door for door in DOORS if door.method == "post" and door.name != "person_merge"]
    assert [door.name for door in doors if admin.get(door.url(desk)).status_code != 405] == []
    assert fingerprint(*LABELS) == before


def test_the_navigation_shows_only_what_opens(desk, sign_in):
    head = sign_in("head").get("/admin/").content.decode()
    assert "/admin/departments/" in head
    assert "/admin/mailboxes/" not in head
    assert "/admin/settings/" not in head


def test_a_refused_colleague_is_told_in_the_frame(desk, sign_in):
    response = sign_in("head").get("/admin/mailboxes/")
    assert response.status_code == 403
    assert "This is not open to you" in response.content.decode()


def test_a_head_manages_only_the_own_department(desk, sign_in):
    head = sign_in("head")
    before = fingerprint(*LABELS)
    assert head.get(f"/admin/departments/{desk.other.pk}/").status_code == 403
    assert head.post(f"/admin/departments/{desk.other.pk}/active/").status_code == 403
    assert head.post("/admin/teams/new/", {"department_id": desk.other.pk, "name": "Sneaky"}).status_code == 422
    role = {"role-role_id": desk.role.pk, "role-department_id": desk.other.pk}
    assert head.post(f"/admin/people/{desk.contact.pk}/roles/add/", role).status_code == 422
    everywhere = {"role-role_id": desk.role.pk, "role-department_id": ""}
    assert head.post(f"/admin/people/{desk.contact.pk}/roles/add/", everywhere).status_code == 422
    assert fingerprint(*LABELS) == before


def test_a_head_sees_only_colleagues_of_the_own_departments(desk, sign_in):
    from deskbell.people.tests.factories import agent

    agent(where=desk.other, name="Olga Other")
    page = sign_in("head").get("/admin/colleagues/").content.decode()
    assert "Tom Arden" in page
    assert "Olga Other" not in page


def test_moving_a_department_says_how_many_more_people_reach_it(desk, sign_in):
    address = f"/admin/departments/{desk.other.pk}/"
    values = {"name": desk.other.name, "parent_id": desk.billing.pk, "position": 0}
    answer = sign_in("administrator").post(address, values, follow=True).content.decode()
    # Hedda, Leo, Tom and Hella hold roles in Billing.
    assert "Saved. The roles of 4 people in or above Billing hold here now, too." in answer
    again = sign_in("administrator").post(address, values, follow=True).content.decode()
    assert "in or above" not in again


def test_an_open_invitation_is_listed_and_withdrawn(desk, sign_in):
    administrator = sign_in("administrator")
    place = f"/admin/invitations/{desk.invitation_id}/withdraw/"
    page = administrator.get("/admin/invitations/").content.decode()
    assert desk.twin.name in page
    assert place in page
    answer = administrator.post(place, follow=True).content.decode()
    assert "Its link no longer works." in answer
    assert "No invitation is open" in answer
    assert administrator.post(place).status_code == 404


def test_a_lead_cannot_change_the_administrator(desk, sign_in):
    lead = sign_in("lead")
    before = fingerprint(*LABELS)
    pk = desk.users["administrator"].pk
    response = lead.get(f"/admin/colleagues/{pk}/")
    assert "you can look but not change anything" in response.content.decode()
    data = {"contact-kind": "email", "contact-value": "mine@evil.example"}
    assert lead.post(f"/admin/people/{pk}/contacts/add/", data).status_code == 403
    assert lead.post(f"/admin/people/{pk}/deactivate/").status_code == 403
    assert fingerprint(*LABELS) == before


def test_a_lead_looks_at_contacts_and_organisations_without_their_identity(desk, sign_in):
    lead = sign_in("lead")
    contact = lead.get(f"/admin/contacts/{desk.contact.pk}/").content.decode()
    assert 'name="name"' in contact
    for hidden in ('name="organisation_id"', "/contacts/add/", "/invite/", "/merge/", "/deactivate/"):
        assert hidden not in contact
    organisation = lead.get(f"/admin/organisations/{desk.organisation.pk}/").content.decode()
    assert "you can look but not change anything" in organisation
    assert "/domains/" not in organisation
    assert "shares_tickets" not in organisation
    data = {"name": "Mine", "kind": "customer"}
    assert lead.post(f"/admin/organisations/{desk.organisation.pk}/", data).status_code == 403
