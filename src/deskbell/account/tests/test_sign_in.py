"""Signing in through the pages, as a browser does."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client

from deskbell.kernel.api import SYSTEM, Event, change
from deskbell.people import api as people
from deskbell.people.tests.factories import PASSWORD, administrator, agent, department, person, viewer

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


def sign_in(client: Client, user: people.User, password: str = PASSWORD):
    return client.post(LOGIN, {"login": user.email, "password": password})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_sign_in_page_is_ours(client):
    body = client.get(LOGIN).content.decode()
    assert "Sign in with a passkey" in body
    assert "plain-card" in body
    assert not re.search(r"<[^>]+ (style|on\w+)=", body)


def test_a_password_signs_in(client):
    user = person(password=PASSWORD)
    response = sign_in(client, user)
    assert response.status_code == 302
    assert is_signed_in(client)
    assert Event.objects.filter(kind="user.signed_in", subject_id=user.pk).exists()


def test_an_address_is_taken_in_any_case_and_any_confirmed_one_will_do(client):
    user = person(password=PASSWORD, email="anna@example.org")
    people.add_contact_point(SYSTEM, user.pk, "email", "anna.kern@example.net", verified=True)
    assert client.post(LOGIN, {"login": "ANNA.Kern@Example.NET", "password": PASSWORD}).status_code == 302
    assert is_signed_in(client)


def test_an_unconfirmed_second_address_does_not_sign_in(client):
    user = person(password=PASSWORD)
    people.add_contact_point(SYSTEM, user.pk, "email", "not@example.net")
    client.post(LOGIN, {"login": "not@example.net", "password": PASSWORD})
    assert not is_signed_in(client)


def test_a_removed_address_no_longer_signs_in(client):
    user = person(password=PASSWORD)
    point = people.add_contact_point(SYSTEM, user.pk, "email", "old@example.net", verified=True)
    people.remove_contact_point(SYSTEM, point.pk)
    client.post(LOGIN, {"login": "old@example.net", "password": PASSWORD})
    assert not is_signed_in(client)


def test_a_wrong_password_says_so_and_nothing_more(client):
    user = person(password=PASSWORD)
    known = sign_in(client, user, "wrong").content.decode()
    unknown = client.post(LOGIN, {"login": "nobody@example.org", "password": "wrong"}).content.decode()
    assert "do not belong together" in known
    assert "do not belong together" in unknown


@pytest.mark.parametrize(
    "name",
    [
        "a\x00b@example.org",
        "'; drop table people_user; --@x.org",
        "😀@example.org",
        "\u202egro.elpmaxe@anna",
        "x" * 5000,
    ],
)
def test_odd_names_at_sign_in_are_answered_plainly(client, name):
    assert client.post(LOGIN, {"login": name, "password": "x\x00y"}).status_code == 200


def test_wrong_passwords_are_limited_and_the_page_says_how_long(client):
    user = person(password=PASSWORD)
    for _attempt in range(5):
        assert sign_in(client, user, "wrong").status_code == 200
    refused = sign_in(client, user)
    assert refused.status_code == 429
    assert 200 < int(refused["Retry-After"]) <= 300
    assert "Wait 5 minutes, then try again." in refused.content.decode()
    assert not is_signed_in(client)


def test_many_requests_from_one_machine_are_refused_with_a_time(client):
    for _attempt in range(30):
        client.post(LOGIN, {})
    refused = client.post(LOGIN, {})
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 60


def test_a_mailed_code_signs_in_and_confirms_the_address(client, django_capture_on_commit_callbacks):
    user = person("Олена", verified=False, language="uk")
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/login/code/", {"email": user.email.upper()})
    sent = mail.outbox[-1]
    assert sent.to == [user.email]
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    code = re.search(r"^ {4}(\S+)$", str(sent.body), re.MULTILINE).group(1)
    assert client.get("/account/login/code/confirm/").status_code == 200
    assert client.post("/account/login/code/confirm/", {"code": code}).status_code == 302
    assert is_signed_in(client)
    assert user.contact_points.get().verified_at is not None


def test_a_code_asked_for_an_unknown_address_looks_the_same_and_sends_nothing(
    client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/account/login/code/", {"email": "nobody@example.org"}, follow=True)
    assert "a code is on its way there" in response.content.decode()
    assert mail.outbox == []


def test_a_wrong_code_three_times_ends_the_try(client, django_capture_on_commit_callbacks):
    user = person()
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/login/code/", {"email": user.email})
    for _attempt in range(3):
        client.post("/account/login/code/confirm/", {"code": "AAAAAA"})
    assert client.get("/account/login/code/confirm/").status_code == 302
    assert not is_signed_in(client)


def test_a_forgotten_password_is_reset_by_mail(client, django_capture_on_commit_callbacks):
    user = person(password=PASSWORD)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/password/reset/", {"email": user.email})
    link = re.search(r"https?://[^/]+(/\S+)", str(mail.outbox[-1].body)).group(1)
    page = client.get(link, follow=True)
    form = page.redirect_chain[-1][0]
    assert client.post(form, {"password1": "another brass bell"}).status_code == 302
    user.refresh_from_db()
    assert user.check_password("another brass bell")
    assert "no longer works" in client.get(link, follow=True).content.decode()


def test_a_short_password_is_refused_by_its_field(client):
    user = person(password=PASSWORD)
    sign_in(client, user)
    answer = client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": "short"})
    assert "too short" in answer.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def totp_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def set_up_totp(client: Client) -> str:
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get("/account/2fa/totp/activate/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page).group(1)
    assert "data:image/svg+xml;base64," in page
    client.post("/account/2fa/totp/activate/", {"code": totp_code(secret)})
    return secret


def test_an_authenticator_app_is_asked_after_the_password_and_a_recovery_code_will_do(
    client, django_capture_on_commit_callbacks
):
    user = person(password=PASSWORD)
    sign_in(client, user)
    with django_capture_on_commit_callbacks(execute=True):
        set_up_totp(client)
    assert "authenticator app was set up" in mail.outbox[-1].body
    codes = re.findall(r"<li><code>(\w+)</code>", client.get("/account/2fa/recovery-codes/").content.decode())
    assert len(codes) == 10
    other = Client()
    sign_in(other, user)
    assert not is_signed_in(other)
    assert "recovery codes" in other.get("/account/2fa/authenticate/").content.decode()
    assert "This code is not right" in other.post("/account/2fa/authenticate/", {"code": "000000"}).content.decode()
    other.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert is_signed_in(other)


def test_agents_are_taken_to_the_second_factor_where_the_desk_requires_one(client):
    change(SYSTEM, "people.require_second_factor", True)
    tom = agent(where=department(), password=PASSWORD)
    sign_in(client, tom)
    held_back = client.get("/desk/")
    assert (held_back.status_code, held_back["Location"]) == (303, "/account/2fa/")
    assert client.get("/account/2fa/").status_code == 200
    set_up_totp(client)
    assert client.get("/desk/").status_code == 200


def test_customers_need_no_second_factor_for_it(client):
    change(SYSTEM, "people.require_second_factor", True)
    sign_in(client, person(password=PASSWORD))
    assert client.get("/account/").status_code == 200
    assert client.get("/portal/").status_code != 303


def test_signing_out_elsewhere_ends_the_other_sessions(client):
    user = person(password=PASSWORD)
    other = Client()
    sign_in(client, user)
    sign_in(other, user)
    assert "Sign out elsewhere" in client.get("/account/sessions/").content.decode()
    client.post("/account/sessions/")
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302


def test_somebody_deactivated_is_signed_out_at_once_and_stays_out(client):
    user = person(password=PASSWORD)
    boss = administrator()
    sign_in(client, user)
    people.deactivate_user(viewer(boss), user.pk)
    assert client.get("/account/").status_code == 302
    assert sign_in(client, user)["Location"] == "/account/inactive/"
    assert "not active" in client.get("/account/inactive/").content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/account/", "/account/login/", "/account/login/code/", "/account/logout/", "/account/inactive/",
        "/account/password/change/", "/account/password/set/", "/account/password/reset/", "/account/password/reset/done/",
        "/account/password/reset/key/done/", "/account/password/reset/key/1-x/", "/account/reauthenticate/", "/account/signup/",
        "/account/email/", "/account/confirm-email/", "/account/confirm-email/abc/", "/account/2fa/",
        "/account/2fa/totp/activate/", "/account/2fa/recovery-codes/generate/", "/account/2fa/webauthn/", "/account/2fa/webauthn/add/",
        "/account/sessions/", "/account/set-up/x/", "/account/addresses/confirm/x/", "/account/login/code/confirm/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("signed_in", [False, True])
def test_no_page_shows_allauths_own_template(client, path, signed_in):
    if signed_in:
        sign_in(client, person(password=PASSWORD))
        client.post("/account/reauthenticate/", {"password": PASSWORD})
    response = client.get(path, follow=True)
    assert response.status_code in (200, 404)
    body = response.content.decode()
    assert "Menu:" not in body
    assert 'class="plain"' in body or 'class="portal"' in body
    assert not re.search(r"<[^>]+ (style|on[a-z]+)=", body)
