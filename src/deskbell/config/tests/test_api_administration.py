"""What administrators do through the API: settings, invitations, and people changed by two at once."""

from __future__ import annotations

import pytest
from django.core import mail

from deskbell.kernel.api import Event, NotFound
from deskbell.people import api as people
from deskbell.people.tests import factories as make
from deskbell.tickets.tests.rest_client import Program

pytestmark = pytest.mark.django_db
SCOPES = ("people:read", "people:write", "settings:read", "settings:write")


@pytest.fixture
def program():
    return Program(make.administrator(), scopes=SCOPES)


def test_settings_are_read_changed_and_put_back(program):
    listed = program.get("/settings").json["items"]
    assert [each["name"] for each in listed] == sorted(each["name"] for each in listed)
    one = next(each for each in listed if each["name"] == "tickets.reopen_days")
    assert (one["value"], one["is_default"], one["takes"]["type"]) == (14, True, "integer")
    changed = program.put("/settings/tickets.reopen_days", {"value": 21})
    assert (changed.status_code, changed.json["value"], changed.json["is_default"]) == (200, 21, False)
    assert Event.objects.get(kind="option.changed").changes == {"value": [14, 21]}
    refused = program.put("/settings/tickets.reopen_days", {"value": "soon"})
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "tickets.reopen_days")
    assert program.get("/settings/tickets.reopen_days").json["value"] == 21
    assert program.delete("/settings/tickets.reopen_days").json["value"] == 14
    assert program.put("/settings/no.such_thing", {"value": 1}).status_code == 404


def test_people_are_invited_and_invitations_withdrawn(program, django_capture_on_commit_callbacks):
    anna = make.person("Anna Kern")
    with django_capture_on_commit_callbacks(execute=True):
        made = program.post(f"/people/{anna.pk}/invitation")
    assert (made.status_code, made.json["person"]["id"], made.json["address"]) == (201, anna.pk, anna.email)
    link = next(word for word in mail.outbox[0].body.split() if word.startswith("http"))
    token = link.rstrip("/").rpartition("/")[2]
    assert people.find_setup_link(token).user == anna
    assert [each["id"] for each in program.get("/invitations").json["items"]] == [made.json["id"]]
    assert program.delete(f"/invitations/{made.json['id']}").status_code == 204
    with pytest.raises(NotFound):
        people.find_setup_link(token)
    assert program.get("/invitations").json["items"] == []
    assert program.delete(f"/invitations/{made.json['id']}").status_code == 404
    assert Event.objects.filter(kind="user.invitation_withdrawn", subject_id=anna.pk).count() == 1


def test_a_change_of_a_person_bound_to_a_version(program):
    anna = make.person("Anna Kern")
    address = f"/people/{anna.pk}"
    read = program.get(address).headers["ETag"]
    program.post(f"{address}/contact-points", {"kind": "phone", "value": "+358401234567"})
    refused = program.patch(address, {"job_title": "Buyer"}, If_Match=read)
    assert (refused.status_code, refused.problem) == (412, "precondition-failed")
    present = program.get(address).headers["ETag"]
    assert refused.headers["ETag"] == present != read
    changed = program.patch(address, {"job_title": "Buyer"}, If_Match=present)
    assert (changed.status_code, changed.json["job_title"]) == (200, "Buyer")
    assert changed.headers["ETag"] == program.get(address).headers["ETag"]
