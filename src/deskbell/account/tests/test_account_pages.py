"""Preferences, addresses, links, registering: through the pages."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from deskbell.kernel.api import SYSTEM, change, clock
from deskbell.kernel.testing import QueryCounts
from deskbell.people import api as people
from deskbell.people.tests.factories import PASSWORD, administrator, agent, department, person, viewer

pytestmark = pytest.mark.django_db
counts = QueryCounts(__file__.rpartition("/")[0])
SET_UP = {
    "desk_name": "Acme desk", "department": "Support", "name": "Ada Min", "email": "Ada@Example.org",
    "password": PASSWORD, "language": "fi", "time_zone": "Europe/Helsinki",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


def signed_in(user: people.User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def link_in_last_mail() -> str:
    return re.search(r"https?://[^/]+(/\S+)", str(mail.outbox[-1].body)).group(1)


def test_the_set_up_page_opens_the_desk_and_signs_in(client):
    address = f"/account/set-up/{people.create_setup_link()}/"
    assert "Open the desk" in client.get(address).content.decode()
    response = client.post(address, SET_UP)
    assert response.status_code == 302
    ada = people.User.objects.get()
    assert (ada.email, ada.time_zone) == ("ada@example.org", "Europe/Helsinki")
    assert client.session["_auth_user_id"] == str(ada.pk)
    assert "no longer works" in Client().get(address).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"password": "short"}, {"email": "nobody"}, {"desk_name": " "}, {"time_zone": "Mars"}, {"name": "a\x00b"}]
)
def test_a_mistake_at_set_up_is_named_and_nothing_is_made(client, wrong):
    address = f"/account/set-up/{people.create_setup_link()}/"
    response = client.post(address, {**SET_UP, **wrong})
    assert response.status_code == 422
    assert "One thing needs another look" in response.content.decode()
    assert not people.User.objects.exists()
    assert client.post(address, SET_UP).status_code == 302


def test_an_invitation_is_accepted_on_its_page(client):
    user = person(verified=False)
    token = people.invite_user(viewer(administrator()), user.pk)
    assert client.post(f"/account/set-up/{token}/", {"password": PASSWORD}).status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_preferences_are_saved_and_speak_the_new_language():
    user = person()
    browser = signed_in(user)
    sent = {"name": "Anna K.", "language": "en", "time_zone": "Asia/Taipei", "theme": "dark", "density": "compact"}
    assert browser.post("/account/", sent).status_code == 303
    user.refresh_from_db()
    assert (user.name, user.time_zone, user.theme) == ("Anna K.", "Asia/Taipei", "dark")
    page = browser.get("/account/").content.decode()
    assert 'data-theme="dark"' in page
    assert 'value="Asia/Taipei" selected' in page


@pytest.mark.parametrize(
    "wrong",
    [{"time_zone": "Mars/Olympus"}, {"theme": "pink"}, {"name": ""}, {"name": "x" * 300}, {"language": "../../etc"}],
)
def test_preferences_that_make_no_sense_are_named(wrong):
    user = person()
    sent = {"name": "Anna", "language": "en", "time_zone": "UTC", "theme": "dark", "density": "compact", **wrong}
    assert signed_in(user).post("/account/", sent).status_code == 422
    user.refresh_from_db()
    assert user.theme == "system"


def test_an_address_is_added_when_the_link_sent_to_it_is_opened(django_capture_on_commit_callbacks):
    user = person()
    browser = signed_in(user)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post("/account/addresses/add/", {"value": "Second@Example.org"})
    assert mail.outbox[-1].to == ["second@example.org"]
    link = link_in_last_mail()
    assert "Confirm" in browser.get(link).content.decode()
    assert people.find_by_contact("email", "second@example.org") is None
    browser.post(link)
    browser.post(link)
    assert user.contact_points.get(value="second@example.org").verified_at is not None


def test_the_link_to_an_address_gives_it_to_nobody_else(client, django_capture_on_commit_callbacks):
    eve = person()
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(eve).post("/account/addresses/add/", {"value": "boss@example.com"})
    link = link_in_last_mail()
    assert client.post(link).url.startswith("/account/login/")
    assert signed_in(person()).post(link).status_code == 303
    assert people.find_by_contact("email", "boss@example.com") is None


def test_an_address_that_became_somebodys_meanwhile_stays_theirs(django_capture_on_commit_callbacks):
    user = person()
    browser = signed_in(user)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post("/account/addresses/add/", {"value": "second@example.org"})
    boss = person(email="second@example.org")
    assert "another person" in browser.post(link_in_last_mail(), follow=True).content.decode()
    assert people.find_by_contact("email", "second@example.org") == boss


def test_an_old_or_made_up_link_says_so(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(person()).post("/account/addresses/add/", {"value": "second@example.org"})
    assert client.post(link_in_last_mail()[:-2] + "x/").status_code == 404


def test_nobody_touches_the_addresses_of_another_person():
    anna, boris = person(), person()
    second = people.add_contact_point(SYSTEM, anna.pk, "email", "second@example.org", verified=True)
    browser = signed_in(boris)
    for action in ("remove", "primary", "send"):
        assert browser.post(f"/account/addresses/{second.pk}/{action}/").status_code == 404
    assert anna.contact_points.count() == 2


@pytest.mark.parametrize("value", ["", "nonsense", "@", "a@b\x00.org", "+++", "'; drop table", "😀", "x" * 1000])
def test_what_is_neither_address_nor_number_is_refused(value):
    user = person()
    assert signed_in(user).post("/account/addresses/add/", {"value": value}).status_code == 422
    assert user.contact_points.count() == 1


def test_working_hours_and_absences_of_agents():
    with clock.moved_to(clock.now()):
        tom, cora = agent(where=department()), agent(where=department(), name="Cora")
        browser = signed_in(tom)
        assert browser.post("/account/working-hours/", {"start_1": "09:00", "end_1": "17:30"}).status_code == 303
        assert browser.post("/account/working-hours/", {"start_1": "19:00", "end_1": "17:30"}).status_code == 422
        tom.refresh_from_db()
        assert tom.working_hours == {"1": [["09:00", "17:30"]]}
        first = (clock.now() + timedelta(days=2)).date()
        away = {"first_day": first, "last_day": first, "substitute": cora.email, "note": "Holiday"}
        assert browser.post("/account/absences/add/", {**away, "substitute": "nobody@example.org"}).status_code == 422
        assert browser.post("/account/absences/add/", away).status_code == 303
        assert "Cora stands in" in browser.get("/account/").content.decode()
        assert tom.absences.get().ends_at - tom.absences.get().starts_at == timedelta(days=1)
        browser.post(f"/account/absences/{tom.absences.get().pk}/remove/")
        assert not tom.absences.exists()


def test_customers_have_no_absences():
    sent = {"first_day": "2099-01-01", "last_day": "2099-01-02"}
    anna = person()
    assert signed_in(anna).post("/account/absences/add/", sent).status_code in (403, 404)
    assert not anna.absences.exists()


def test_registering_is_closed_at_first(client):
    assert "You need not register" in client.get("/account/signup/").content.decode()
    assert client.post("/account/signup/", {"name": "A", "email": "a@example.org"}).status_code == 403
    assert mail.outbox == []


def test_registering_makes_nothing_before_the_address_is_confirmed(client, django_capture_on_commit_callbacks):
    change(SYSTEM, "people.portal_sign_up", True)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/signup/", {"name": "Anna", "email": "Anna@example.org"})
    assert not people.User.objects.exists()
    assert client.post(link_in_last_mail(), {"password": PASSWORD}).status_code == 302
    anna = people.User.objects.get()
    assert client.session["_auth_user_id"] == str(anna.pk)
    assert anna.contact_points.get().verified_at is not None


def test_registering_with_a_known_address_says_the_same_and_mails_its_owner(client, django_capture_on_commit_callbacks):
    change(SYSTEM, "people.portal_sign_up", True)
    anna = person()
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post("/account/signup/", {"name": "Eve", "email": anna.email}).content.decode()
    assert f"We sent a mail to {anna.email}" in page
    assert "an account" in str(mail.outbox[-1].body)
    assert people.User.objects.count() == 1


def test_the_number_of_queries_of_each_page_is_known():
    tom = agent(where=department(), password=PASSWORD)
    browser = signed_in(tom)
    for name, address in {
        "profile": "/account/",
        "security": "/account/2fa/",
        "sessions": "/account/sessions/",
    }.items():
        browser.get(address)
        with counts.check(name):
            assert browser.get(address).status_code == 200
    with counts.check("sign in page"):
        Client().get("/account/login/")


def test_no_code_to_sign_in_with_reaches_the_log(caplog, settings, django_capture_on_commit_callbacks):
    user = person()
    for backend in ("deskbell.config.mail_backend.NotConfiguredBackend", "django.core.mail.backends.smtp.EmailBackend"):
        settings.EMAIL_BACKEND, settings.EMAIL_PORT, settings.EMAIL_HOST = backend, 9, "127.0.0.1"
        with django_capture_on_commit_callbacks(execute=True):
            people.mail_person(user, user.email or "", "account/mail/login_code.txt", {"code": "K3YC0D"})
    assert user.email in caplog.text
    assert "K3YC0D" not in caplog.text
