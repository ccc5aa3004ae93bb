"""Every address of the product, asked by everybody: nobody gets further than their side of the desk.

Made from the address table itself, so a new page is asked the day it is added. The surfaces' own tables
(`tests/test_doors.py`, `test_access_matrix.py` beside them) say in detail who may do what behind a door.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from deskbell.people.api import Department, RoleAssignment, User
from deskbell.tickets.tests import factories

pytestmark = pytest.mark.django_db

# Open to anybody by design, with the reason.
OPEN = {
    "healthz": "says that the process runs",
    "readyz": "says that the database answers",
    "account_login": "the door itself",
    "account_logout": "leads to the door",
    "account_signup": "where registration is allowed; else says that it is not",
    "account_reset_password": "for those who lost theirs; says nothing about who exists",
    "account_reset_password_done": "the answer to it",
    "account_reset_password_from_key": "needs the mailed key",
    "account_reset_password_from_key_done": "the answer to it",
    "account_request_login_code": "mails a code; says nothing about who exists",
    "account_confirm_login_code": "needs the code",
    "account_inactive": "says that an account is not active",
    "account_email_verification_sent": "leads to the profile",
    "account_confirm_email": "needs the mailed key",
    "mfa_login_webauthn": "the challenge of a passkey",
    "mfa_authenticate": "the second factor",
    "account:set_up": "needs the secret link",
    "account:sign_up": "where registration is allowed; else says that it is not",
    "account:finish_sign_up": "needs the mailed link",
    "account:confirm_address": "needs the mailed link",
    "account_reauthenticate": "leads to the door",
    "api_problems": "explains what the API answers; the same for everybody",
    "ui:styleguide": "in demonstrations only",
}
NOT_FOUND_OR_REFUSED = {302, 303, 400, 401, 403, 404, 405, 409, 410, 422, 429}


@dataclass(frozen=True, slots=True)
class Door:
    name: str
    arguments: tuple[tuple[str, str], ...]

    @property
    def surface(self) -> str:
        return self.name.split(":")[0] if ":" in self.name else ""


# Something of each type: the ids belong to nobody.
SAMPLES = {"int": "987654321", "slug": "none", "str": "nothing", "uuid": "00000000-0000-0000-0000-000000000000"}


def doors(patterns: Sequence[URLPattern | URLResolver] = (), namespace: str = "") -> Iterator[Door]:
    for pattern in patterns or get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from doors(pattern.url_patterns, inner)
        elif pattern.name:
            yield Door(f"{namespace}{pattern.name}", ())


def address(door: Door, number: str = SAMPLES["int"]) -> str | None:
    """An address of the door with made-up ids, this number among them; None for one that takes no sample."""
    resolver = get_resolver()
    *spaces, name = door.name.split(":")
    prefix = ""
    for space in spaces:
        start, inner = resolver.namespace_dict[space]
        prefix, resolver = prefix + start, inner
    for possibilities, _pattern, _defaults, converters in resolver.reverse_dict.getlist(name):
        for _result, parameters in possibilities:
            values = {each: _sample(converters.get(each), number) for each in parameters}
            try:
                return reverse(door.name, kwargs=values)
            except NoReverseMatch:
                continue
    return None


def _sample(converter: object, number: str) -> str:
    name = type(converter).__name__.removesuffix("Converter").lower()
    return (SAMPLES | {"int": number}).get({"string": "str"}.get(name, name), number)


DOORS = sorted({door.name: door for door in doors()}.values(), key=lambda door: door.name)


@pytest.fixture
def everybody(db: None) -> dict[str, Client]:
    """One signed-in client for each role, all in the same department."""
    here = factories.department()
    people = {
        "customer": factories.person(),
        "viewer": factories.colleague(here, "viewer"),
        "agent": factories.colleague(here, "agent"),
    }
    clients = {}
    for role, user in people.items():
        clients[role] = Client(raise_request_exception=True)
        clients[role].force_login(get_user_model().objects.get(pk=user.pk))
    clients["anybody"] = Client()
    return clients


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_a_door_lets_in_only_its_own(door, everybody):
    target = address(door)
    if target is None:
        pytest.skip("takes arguments of its own kind")
    before = (User.objects.count(), Department.objects.count(), RoleAssignment.objects.count())
    for method in ("get", "post"):
        answers = {role: getattr(client, method)(target).status_code for role, client in everybody.items()}
        assert not [role for role, status in answers.items() if status >= 500], answers
        if door.name not in OPEN:
            assert answers["anybody"] in NOT_FOUND_OR_REFUSED, f"{target} is open to anybody: {answers}"
        if door.surface == "agent":
            assert answers["customer"] in NOT_FOUND_OR_REFUSED, f"{target} is open to a customer: {answers}"
        if door.surface == "console":
            assert answers["customer"] in {403, 404, 405}, f"{target} is open to a customer: {answers}"
            assert answers["viewer"] in NOT_FOUND_OR_REFUSED, f"{target} is open to a viewer: {answers}"
    assert before == (User.objects.count(), Department.objects.count(), RoleAssignment.objects.count())


@pytest.mark.parametrize(
    "door", [door for door in DOORS if address(door) != address(door, "1")], ids=lambda door: door.name
)
def test_numbers_beyond_every_key_are_as_those_of_nothing(door, everybody):
    """Keys have four bytes or eight."""
    everybody["administrator"] = Client()
    everybody["administrator"].force_login(factories.colleague(None, "administrator"))
    for role, client in everybody.items():
        for method in ("get", "post"):
            known, *answers = (
                getattr(client, method)(address(door, str(number))).status_code
                for number in (SAMPLES["int"], 2**31, 2**40, 2**63 - 1, 2**63)
            )
            assert set(answers) == {known}, (role, method, answers)


def test_the_list_of_open_doors_is_current():
    known = {door.name for door in DOORS}
    assert not sorted(set(OPEN) - known - {"ui:styleguide"})
