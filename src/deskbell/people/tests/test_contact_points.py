"""Addresses and numbers: their normal form, and that each identifies one person."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress

from deskbell.kernel.api import SYSTEM, Event, Invalid, NotAllowed, NotFound, change
from deskbell.people import api as people
from deskbell.people.tests.factories import PASSWORD, administrator, agent, department, organisation, person, viewer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        (" Anna.Kern@Example.ORG ", "anna.kern@example.org"),
        ("<anna@example.org>", "anna@example.org"),
        ("anna@exämple.de", "anna@xn--exmple-cua.de"),
        ("анна@пример.укр", "анна@xn--e1afmkfd.xn--j1amh"),
        ("root@localhost", "root@localhost"),
        ("desk@mail.corp.local", "desk@mail.corp.local"),
        ("anna@[192.0.2.1]", "anna@[192.0.2.1]"),
        ("o'brien+tag@example.org", "o'brien+tag@example.org"),
    ],
)
def test_an_address_has_one_normal_form(written, normal):
    assert people.normalise_email(written) == normal
    assert people.normalise_email(normal) == normal


@pytest.mark.parametrize(
    "written",
    [
        "",
        "anna",
        "@example.org",
        "anna@",
        "a b@example.org",
        "a@b@c.org",
        "a\x00b@example.org",
        "x" * 300 + "@example.org",
        "anna@exa mple.org",
        "anna@.org",
        "a@-x.org",
    ],
)
def test_what_is_no_address_is_refused(written):
    with pytest.raises(Invalid):
        people.normalise_email(written)


@pytest.mark.parametrize(
    ("written", "region", "normal"),
    [
        ("+358 40 123 4567", "", "+358401234567"),
        ("040 123 4567", "FI", "+358401234567"),
        ("(02) 2345-6789", "TW", "+886223456789"),
    ],
)
def test_a_number_has_one_normal_form(written, region, normal):
    assert people.normalise_phone(written, region) == normal


def test_a_number_without_country_takes_the_desks_own():
    with pytest.raises(Invalid):
        people.normalise_phone("040 123 4567")
    change(SYSTEM, "people.phone_region", "FI")
    assert people.normalise_phone("040 123 4567") == "+358401234567"


def test_an_address_written_in_another_way_finds_the_same_person():
    first, added = people.find_or_create_by_email(SYSTEM, "Anna@Example.org", "Anna Kern")
    second, added_again = people.find_or_create_by_email(SYSTEM, "anna@EXAMPLE.ORG", "Somebody Else")
    assert (first.pk, added, added_again) == (second.pk, True, False)
    assert second.name == "Anna Kern"


def test_a_nameless_sender_goes_by_their_address():
    user, _added = people.find_or_create_by_email(SYSTEM, "info@example.org", "\u202e\x00 ")
    assert user.name == "info"


def test_an_address_belongs_to_one_person():
    anna = person(email="anna@example.org")
    with pytest.raises(Invalid, match="another person"):
        people.add_contact_point(SYSTEM, person().pk, "email", "ANNA@example.org")
    assert anna.contact_points.count() == 1


def test_the_first_address_is_the_primary_and_the_one_to_sign_in_with():
    user = people.create_user(SYSTEM, name="By Phone", phone="+358401234567")
    assert user.email is None
    people.add_contact_point(SYSTEM, user.pk, "email", "New@Example.org")
    user.refresh_from_db()
    assert user.email == "new@example.org"


def test_somebody_cannot_make_an_unconfirmed_address_their_main_one():
    user = person()
    point = people.add_contact_point(SYSTEM, user.pk, "email", "second@example.org")
    with pytest.raises(Invalid, match="Confirm"):
        people.make_primary(viewer(user), point.pk)
    user.refresh_from_db()
    assert user.email != "second@example.org"
    people.confirm_email(SYSTEM, user.pk, "second@example.org")
    people.make_primary(viewer(user), point.pk)
    user.refresh_from_db()
    assert user.email == "second@example.org"


@pytest.mark.parametrize("role", ["", "lead"])
def test_nobody_takes_the_mail_of_an_address_they_have_not_confirmed(role):
    user = agent(role, where=department()) if role else person()
    with pytest.raises(Invalid, match="confirms"):
        people.add_contact_point(viewer(user), user.pk, "email", "boss@example.com")
    assert people.find_by_contact("email", "boss@example.com") is None
    people.add_contact_point(viewer(user), user.pk, "email", "boss@example.com", verified=True)
    assert people.find_by_contact("email", "boss@example.com") == user


def test_the_only_address_of_somebody_with_a_password_stays():
    user = person(password=PASSWORD)
    with pytest.raises(Invalid):
        people.remove_contact_point(viewer(user), user.contact_points.get().pk)
    assert user.contact_points.count() == 1


def test_the_table_sign_in_looks_into_follows_the_confirmed_addresses():
    user = person(email="one@example.org")
    two = people.add_contact_point(SYSTEM, user.pk, "email", "two@example.org", verified=True)
    people.add_contact_point(SYSTEM, user.pk, "email", "three@example.org")
    held = EmailAddress.objects.filter(user_id=user.pk)
    assert set(held.values_list("email", "primary")) == {("one@example.org", True), ("two@example.org", False)}
    people.make_primary(SYSTEM, two.pk)
    assert set(held.values_list("email", "primary")) == {("one@example.org", False), ("two@example.org", True)}


def test_nobody_touches_the_addresses_of_another_person_without_managing_people():
    victim, boris = person(), person()
    with pytest.raises(NotFound):
        people.add_contact_point(viewer(boris), victim.pk, "email", "boris@example.org")
    with pytest.raises(NotAllowed):
        people.add_contact_point(viewer(agent(where=department())), victim.pk, "email", "boris@example.org")
    assert victim.contact_points.count() == 1


def test_whoever_manages_people_cannot_take_over_somebody_with_more_rights():
    ada, lead = administrator(), agent("lead", where=department())
    for attempt in (
        lambda: people.add_contact_point(viewer(lead), ada.pk, "email", "trap@example.org"),
        lambda: people.invite_user(viewer(lead), ada.pk),
        lambda: people.deactivate_user(viewer(lead), ada.pk),
        lambda: people.merge_people(viewer(lead), person().pk, ada.pk),
        lambda: people.update_user(viewer(lead), ada.pk, name="Trapped"),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    ada.refresh_from_db()
    assert (ada.name, ada.is_active, ada.contact_points.count()) == ("Ada Min", True, 1)
    assert not Event.objects.filter(actor_id=lead.pk).exists()


def test_people_join_the_organisation_of_their_mail_domain():
    firm = organisation("Kern")
    early = person(email="early@mail.kern.example")
    people.add_domain(SYSTEM, firm.pk, "@Kern.Example")
    early.refresh_from_db()
    assert early.organisation_id == firm.pk
    assert person(email="late@kern.example").organisation_id == firm.pk
    assert person(email="later@sub.kern.example").organisation_id == firm.pk
    assert person(email="other@notkern.example").organisation_id is None


def test_public_mail_domains_belong_to_nobody():
    firm = organisation()
    with pytest.raises(Invalid, match="Anybody"):
        people.add_domain(SYSTEM, firm.pk, "gmail.com")
    assert firm.domains.count() == 0
    people.add_domain(SYSTEM, firm.pk, "kern.example")
    other = organisation()
    with pytest.raises(Invalid, match="belongs to"):
        people.add_domain(SYSTEM, other.pk, "kern.example")
    assert other.domains.count() == 0


def test_a_top_level_domain_belongs_to_nobody():
    firm = organisation()
    with pytest.raises(Invalid):
        people.add_domain(SYSTEM, firm.pk, "com")
    assert firm.domains.count() == 0


def test_new_people_take_language_and_zone_of_their_organisation():
    firm = organisation(language="uk", time_zone="Europe/Kyiv")
    people.add_domain(SYSTEM, firm.pk, "firma.example")
    user, _added = people.find_or_create_by_email(SYSTEM, "olena@firma.example")
    assert (user.language, user.time_zone) == ("uk", "Europe/Kyiv")
