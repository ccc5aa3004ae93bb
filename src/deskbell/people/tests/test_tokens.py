"""API tokens: what they open, for whom, and when they no longer do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deskbell.kernel.api import SYSTEM, Event, Invalid, NotAllowed, NotFound, change, clock
from deskbell.kernel.testing import QueryCounts
from deskbell.people import api as people
from deskbell.people.tests.factories import administrator, agent, department, person, viewer

pytestmark = pytest.mark.django_db
counts = QueryCounts(__file__.rpartition("/")[0])
DAY = timedelta(days=1)


def token_of(user, scopes=("people:read",), days=30, name="Nightly export"):
    return people.create_token(viewer(user), name, scopes, clock.now() + days * DAY if days else None)


def problem_of(secret):
    with pytest.raises(people.TokenRefused) as refused:
        people.viewer_for_token(secret)
    return refused.value.problem


def test_a_token_stands_for_its_person_within_its_scopes():
    tom = agent(where=department())
    token, secret = token_of(tom, ("tickets:read", "people:read", "people:read"))
    found = people.viewer_for_token(secret)
    assert found.viewer == viewer(tom)
    assert (found.token_id, found.scopes) == (token.pk, frozenset({"people:read", "tickets:read"}))


def test_a_secret_is_recognisable_and_kept_nowhere():
    token, secret = token_of(agent(where=department()))
    assert secret.startswith("deskbell_")
    assert len(secret) == 52
    assert secret not in str(people.ApiToken.objects.filter(pk=token.pk).values().get())
    event = Event.objects.get(kind="user.token_created")
    assert secret not in str(event.data)
    assert event.data["last_four"] == secret[-4:] == token.last_four


@pytest.mark.parametrize("secret", ["", "deskbell_", "deskbell_" + "a" * 43, "x\x00", "\ud800", "é" * 5000])
def test_an_unknown_token_is_refused(secret):
    assert problem_of(secret) is people.TokenProblem.UNKNOWN
    assert problem_of("deskbell_" + secret) is people.TokenProblem.UNKNOWN


def test_a_token_ends_with_its_day_with_revocation_and_with_its_person():
    tom = agent(where=department())
    _token, expiring = token_of(tom, days=2)
    token, secret = token_of(tom)
    with clock.moved_to(clock.now() + 3 * DAY):
        assert problem_of(expiring) is people.TokenProblem.EXPIRED
    people.set_blocked(SYSTEM, tom.pk, blocked=True)
    assert problem_of(secret) is people.TokenProblem.PERSON
    people.set_blocked(SYSTEM, tom.pk, blocked=False)
    administrator()
    people.deactivate_user(SYSTEM, tom.pk)
    assert problem_of(secret) is people.TokenProblem.PERSON
    people.reactivate_user(SYSTEM, tom.pk)
    people.revoke_token(viewer(tom), token.pk)
    people.revoke_token(viewer(tom), token.pk)
    assert problem_of(secret) is people.TokenProblem.REVOKED
    assert Event.objects.filter(kind="user.token_revoked").count() == 1


def test_a_merged_person_takes_no_tokens_along():
    source, target = agent(where=department()), agent(where=department())
    _token, secret = token_of(source)
    people.merge_people(SYSTEM, source.pk, target.pk)
    assert problem_of(secret) is people.TokenProblem.REVOKED
    assert not target.api_tokens.exists()


def test_people_without_a_role_use_tokens_only_where_the_desk_lets_them():
    anna = person()
    with pytest.raises(NotAllowed):
        token_of(anna)
    assert not people.ApiToken.objects.exists()
    change(SYSTEM, people.TOKENS_FOR_CUSTOMERS.name, True)
    _token, secret = token_of(anna)
    assert people.viewer_for_token(secret).viewer.user_id == anna.pk
    change(SYSTEM, people.TOKENS_FOR_CUSTOMERS.name, False)
    assert problem_of(secret) is people.TokenProblem.PERSON


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " \x00 "}, "name"),
        ({"scopes": ()}, "scopes"),
        ({"scopes": ("everything",)}, "scopes"),
        ({"days": -1}, "expires_at"),
        ({"days": 400}, "expires_at"),
        ({"days": None}, "expires_at"),
    ],
)
def test_a_token_needs_a_name_known_scopes_and_an_end_the_desk_allows(values, field):
    tom = agent(where=department())
    with pytest.raises(Invalid) as refused:
        token_of(tom, **values)
    assert set(refused.value.fields) == {field}
    assert not people.ApiToken.objects.exists()


def test_a_desk_may_allow_tokens_that_never_expire():
    change(SYSTEM, people.LONGEST_TOKEN_LIFE.name, 0)
    token, _secret = token_of(agent(where=department()), days=None)
    assert token.expires_at is None


def test_a_person_has_so_many_working_tokens_and_no_more(monkeypatch):
    monkeypatch.setattr("deskbell.people.actions.tokens.MOST_TOKENS", 2)
    tom = agent(where=department())
    first, _secret = token_of(tom)
    token_of(tom)
    with pytest.raises(Invalid):
        token_of(tom)
    people.revoke_token(viewer(tom), first.pk)
    token_of(tom)
    assert tom.api_tokens.count() == 3


def test_last_use_is_written_at_most_once_a_minute():
    token, secret = token_of(agent(where=department()))
    with clock.moved_to(clock.now()) as now:
        people.viewer_for_token(secret)
        first = now.moment
        now.advance(timedelta(seconds=59))
        with counts.check("viewer of a token"):
            people.viewer_for_token(secret)
        token.refresh_from_db()
        assert token.last_used_at == first
        now.advance(timedelta(seconds=1))
        people.viewer_for_token(secret)
        token.refresh_from_db()
        assert token.last_used_at == now.moment


def test_tokens_of_others_are_seen_and_revoked_by_whoever_manages_them():
    room = department()
    tom, ada = agent(where=room), administrator()
    token, secret = token_of(tom)
    for stranger, refusal in (
        (agent(where=room), NotFound),
        (person(), NotFound),
        (agent("head", where=room), NotFound),
    ):
        with pytest.raises(refusal):
            people.revoke_token(viewer(stranger), token.pk)
        with pytest.raises(NotAllowed):
            people.desk_tokens(viewer(stranger))
    people.viewer_for_token(secret)
    assert [row.pk for row in people.desk_tokens(viewer(ada)).rows] == [token.pk]
    people.revoke_token(viewer(ada), token.pk)
    assert problem_of(secret) is people.TokenProblem.REVOKED
    assert people.desk_tokens(viewer(ada)).rows == []
    assert [row.pk for row in people.desk_tokens(viewer(ada), working=False).rows] == [token.pk]


def test_the_list_of_the_desk_goes_on_page_by_page_with_the_same_queries():
    ada = administrator()
    for number in range(5):
        token_of(agent(where=department()), name=f"Token {number}")
    sees, seen, after = viewer(ada), [], None
    for _page in range(3):
        with counts.check("tokens of the desk"):
            page = people.desk_tokens(sees, after=after, size=2)
        seen += [token.name for token in page.rows]
        after = page.next
    assert after is None
    assert seen == [f"Token {number}" for number in reversed(range(5))]
    assert people.own_tokens(viewer(ada)) == []
