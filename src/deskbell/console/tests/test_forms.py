"""Every form of the console: what it does with good input, and what it says to bad input."""

from __future__ import annotations

import pytest

from deskbell.channels import api as channels
from deskbell.console.tests.factories import park
from deskbell.kernel.api import DESK_NAME, Event, values
from deskbell.people import api as people
from deskbell.tickets import api as tickets

MAILBOX = {
    "address": "new@desk.example", "protocol": "direct", "in_security": "tls", "in_port": "993", "poll_seconds": "60",
    "after_reading": "keep", "out_security": "starttls", "out_port": "587",
}  # fmt: skip
BAD = [
    "\x00",
    "a\x00b",
    "\u202eevil\u202c",
    "🛎️" * 40,
    "'; DROP TABLE people_user; --",
    "<script>alert(1)</script>",
    "x" * 20_001,
]


def page(response) -> str:
    return response.content.decode()


def test_a_person_is_added_and_their_organisation_found_by_the_domain(desk, admin):
    data = {"name": "Нова Людина", "email": "nova@kern.example", "language": "en", "time_zone": "Europe/Kyiv"}
    assert admin.post("/admin/people/new/", data).status_code == 303
    assert people.User.objects.get(email="nova@kern.example").organisation == desk.organisation


def test_a_person_without_a_name_is_asked_for_one_at_the_field(desk, admin):
    response = admin.post("/admin/people/new/", {"language": "en", "time_zone": "UTC"})
    assert response.status_code == 422
    assert 'id="id_name_error"' in page(response)


def test_a_person_is_changed_and_the_page_says_by_whom(desk, admin):
    url = f"/admin/contacts/{desk.contact.pk}/"
    data = {"name": "Anna Karlsson", "language": "en", "time_zone": "UTC", "organisation_id": desk.organisation.pk}
    assert admin.post(url, data).status_code == 303
    assert "Person changed by Ada Min" in page(admin.get(url))


def test_an_address_of_somebody_else_is_refused_at_the_field(desk, admin):
    data = {"contact-kind": "email", "contact-value": desk.twin.email}
    response = admin.post(f"/admin/people/{desk.contact.pk}/contacts/add/", data)
    assert response.status_code == 422
    assert "This belongs to another person already" in page(response)


def test_an_absence_is_read_in_the_zone_of_the_person(desk, admin):
    user = desk.users["agent"]
    people.User.objects.filter(pk=user.pk).update(time_zone="Asia/Taipei")
    data = {"absence-starts_at": "2030-01-01T09:00", "absence-ends_at": "2030-01-02T09:00"}
    assert admin.post(f"/admin/people/{user.pk}/absences/add/", data).status_code == 303
    assert people.Absence.objects.get(user=user).starts_at.isoformat() == "2030-01-01T01:00:00+00:00"


def test_a_merge_is_shown_before_it_is_done(desk, admin):
    url = f"/admin/people/{desk.twin.pk}/merge/"
    preview = page(admin.get(url, {"target": desk.contact.pk}))
    assert desk.twin.email in preview
    assert people.User.objects.get(pk=desk.twin.pk).is_active
    assert admin.post(url, {"target_id": desk.contact.pk}).status_code == 303
    assert people.User.objects.get(pk=desk.twin.pk).merged_into_id == desk.contact.pk


def test_a_domain_anybody_can_have_is_refused_at_the_field(desk, admin):
    response = admin.post(f"/admin/organisations/{desk.organisation.pk}/domains/add/", {"domain-domain": "gmail.com"})
    assert response.status_code == 422
    assert "Anybody can have an address" in page(response)


def test_a_department_is_moved_and_not_below_itself(desk, admin):
    url = f"/admin/departments/{desk.billing.pk}/"
    assert admin.post(url, {"name": "Billing", "parent_id": desk.other.pk, "position": 0}).status_code == 303
    desk.billing.refresh_from_db()
    assert desk.billing.parent_id == desk.other.pk
    data = {"name": "Elsewhere", "parent_id": desk.billing.pk, "position": 0}
    assert admin.post(f"/admin/departments/{desk.other.pk}/", data).status_code == 422


def test_members_of_a_team_are_chosen_and_leads_are_members(desk, admin):
    helper, lead = desk.assignment.user_id, desk.users["lead"].pk
    url = f"/admin/teams/{desk.team.pk}/members/"
    assert admin.post(url, {"members": [helper], "leads": [lead]}).status_code == 303
    found = set(people.TeamMembership.objects.filter(team=desk.team).values_list("user_id", "is_lead"))
    assert found == {(helper, False), (lead, True)}


def test_a_role_gets_the_permissions_ticked(desk, admin):
    data = {"name": "Guest", "permissions": ["people.see", "ticket.see"]}
    assert admin.post(f"/admin/roles/{desk.role.pk}/", data).status_code == 303
    desk.role.refresh_from_db()
    assert desk.role.permissions == ["people.see", "ticket.see"]


def test_a_mailbox_keeps_its_password_when_the_field_stays_empty_and_never_shows_it(desk, admin):
    data = MAILBOX | {"department_id": desk.billing.pk, "out_password": "brass and ink"}
    assert admin.post("/admin/mailboxes/new/", data).status_code == 303
    row = channels.Mailbox.objects.get(address="new@desk.example")
    url = f"/admin/mailboxes/{row.pk}/"
    assert "brass and ink" not in page(admin.get(url))
    again = data | {"name": "Front", "out_password": ""}
    assert admin.post(url, again).status_code == 303
    row.refresh_from_db()
    assert (row.name, row.out_password) == ("Front", "brass and ink")


def test_an_imap_mailbox_without_a_server_is_told_so_at_the_field(desk, admin):
    data = MAILBOX | {"department_id": desk.billing.pk, "protocol": "imap"}
    response = admin.post("/admin/mailboxes/new/", data)
    assert response.status_code == 422
    assert 'id="id_in_host_error"' in page(response)


def test_a_test_of_a_mailbox_without_a_server_says_which_step_failed(desk, admin):
    admin.post(f"/admin/mailboxes/{desk.mailbox.pk}/test/")
    shown = page(admin.get(f"/admin/mailboxes/{desk.mailbox.pk}/"))
    assert "It does not work yet." in shown
    assert "Connect to the sending server" in shown


def test_parked_mail_is_put_into_a_ticket(desk, admin):
    url = f"/admin/parked/{desk.parked.pk}/deliver/"
    assert admin.post(url, {"deliver-ticket": "no number"}).status_code == 422
    assert admin.post(url, {"deliver-ticket": f"#{desk.ticket.pk}"}).status_code == 303
    desk.parked.refresh_from_db()
    assert (desk.parked.state, desk.parked.ticket_id) == ("processed", desk.ticket.pk)
    assert desk.ticket.messages.count() == 2


def test_parked_mail_set_aside_is_kept_and_comes_back(desk, admin):
    assert admin.post(f"/admin/parked/{desk.parked.pk}/dismiss/").status_code == 303
    assert "Printer" in page(admin.get("/admin/parked/", {"state": "dismissed"}))
    assert admin.post(f"/admin/parked/{desk.parked.pk}/deliver/", {"deliver-ticket": desk.ticket.pk}).status_code == 303


def test_the_html_of_a_mail_stands_in_a_closed_frame(desk, admin):
    response = admin.get(f"/admin/outbox/kept/{desk.kept.pk}/html/")
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_an_acknowledgement_is_previewed_without_being_saved(desk, admin):
    url = f"/admin/templates/{desk.template.pk}/"
    data = {"subject": "{{ ticket.number }}", "body": "Dear {{ person.name }}", "is_active": "on"}
    assert "Dear Anna Kern" in page(admin.post(url, data | {"preview": "1"}))
    desk.template.refresh_from_db()
    assert desk.template.body == "Hello {{ person.name }}"
    assert admin.post(url, data).status_code == 303
    desk.template.refresh_from_db()
    assert desk.template.body == "Dear {{ person.name }}"


def test_a_broken_template_is_refused_at_the_field(desk, admin):
    data = {"subject": "x", "body": "{% if %}", "is_active": "on"}
    response = admin.post(f"/admin/templates/{desk.template.pk}/", data)
    assert response.status_code == 422
    assert 'id="id_body_error"' in page(response)


def test_a_category_is_added_below_another_and_switched_off(desk, admin):
    parent = tickets.Category.objects.get(name="Other")
    assert (
        admin.post("/admin/categories/new/", {"name": "Coffee", "parent_id": parent.pk, "position": 0}).status_code
        == 303
    )
    child = tickets.Category.objects.get(name="Coffee")
    assert child.path == f"{parent.path}{child.pk}/"
    assert admin.post(f"/admin/categories/{child.pk}/active/", {"active": ""}).status_code == 303
    child.refresh_from_db()
    assert not child.is_active


@pytest.mark.parametrize(
    ("url", "data", "model"),
    [
        ("kinds", {"name": "Пропозиція", "icon": "star", "position": 9}, tickets.Kind),
        ("states", {"name": "Очікує", "category": "waiting", "position": 9}, tickets.State),
        ("priorities", {"name": "最低", "rank": 9}, tickets.Priority),
        ("waiting-reasons", {"name": "Погода", "side": "date", "position": 9}, tickets.WaitingReason),
    ],
)
def test_a_name_in_any_script_gets_a_code(url, data, model, desk, admin):
    assert admin.post(f"/admin/{url}/new/", data).status_code == 303
    assert model.objects.get(name=data["name"]).code.isascii()


def test_a_step_between_states_is_added_changed_and_removed(desk, admin):
    closed, new = tickets.State.objects.get(code="closed"), tickets.State.objects.get(code="new")
    url = f"/admin/states/{closed.pk}/to/{new.pk}/"
    assert admin.post(url, {"permission": "ticket.work", "guards": ["has_reason"]}).status_code == 303
    step = tickets.Transition.objects.get(source=closed, target=new)
    assert step.guards == ["has_reason"]
    assert admin.post(url, {"permission": "ticket.assign", "by_requester": "on"}).status_code == 303
    step.refresh_from_db()
    assert (step.guards, step.permission, step.by_requester) == ([], "ticket.assign", True)
    assert admin.post(f"{url}remove/").status_code == 303
    assert not tickets.Transition.objects.filter(pk=step.pk).exists()


def test_the_matrix_of_priorities_is_saved_cell_by_cell(desk, admin):
    low = tickets.Priority.objects.get(code="low")
    data = {f"cell_{impact}_{urgency}": low.pk for impact in (1, 2, 3) for urgency in (1, 2, 3)}
    assert admin.post("/admin/priorities/", data).status_code == 303
    assert set(tickets.PriorityCell.objects.values_list("priority_id", flat=True)) == {low.pk}


def test_a_field_is_added_with_its_choices_and_a_code_made_from_the_label(desk, admin):
    data = {"label": "Order number", "type": "choice", "choices": "One\nTwo\n\nTwo", "position": 0}
    assert admin.post("/admin/fields/new/", data).status_code == 303
    field = tickets.CustomField.objects.get(label="Order number")
    assert (field.code, field.choices) == ("order_number", ["One", "Two"])
    assert admin.post("/admin/fields/new/", data | {"choices": ""}).status_code == 422


def test_settings_are_saved_one_event_each_and_shown_everywhere(desk, admin):
    form = {name: "on" if value is True else value for name, value in values().items() if value is not False}
    before = Event.objects.filter(kind="option.changed").count()
    assert admin.post("/admin/settings/", form | {"desk.name": "Приймальня"}).status_code == 303
    assert DESK_NAME.get() == "Приймальня"
    assert Event.objects.filter(kind="option.changed").count() == before + 1
    response = admin.post("/admin/settings/", form | {"tickets.reopen_days": "many"})
    assert response.status_code == 422


def test_the_audit_log_filters_and_its_export_holds_the_same(desk, admin):
    admin.post(f"/admin/contacts/{desk.contact.pk}/", {"name": "=cmd()", "language": "en", "time_zone": "UTC"})
    query = {"actor": desk.users["administrator"].pk, "kind": "user.changed"}
    shown = page(admin.get("/admin/audit/", query))
    assert "Person changed" in shown
    assert "<span>Team added</span>" not in shown
    export = b"".join(admin.get("/admin/audit/export/", query).streaming_content).decode()
    assert "'=cmd()" in export
    assert "Team added" not in export


@pytest.mark.parametrize("value", BAD, ids=["nul", "nul inside", "rtl", "emoji", "sql", "html", "long"])
def test_bad_input_is_answered_and_never_breaks_a_page(value, desk, admin):
    lists = (
        "contacts",
        "colleagues",
        "organisations",
        "teams",
        "parked",
        "received",
        "outbox",
        "outbox/kept",
        "categories",
    )
    for name in lists:
        response = admin.get(f"/admin/{name}/", {"q": value, "after": value, "organisation": value, "state": value})
        assert response.status_code == 200, name
        assert b"<script>alert" not in response.content
    audit = {"record": value, "since": value, "actor": value, "kind": value, "after": value}
    assert admin.get("/admin/audit/", audit).status_code == 200
    forms = {
        "people/new": {"name": value, "email": value, "phone": value, "language": value, "time_zone": value},
        "organisations/new": {"name": value, "kind": "customer"},
        "departments/new": {"name": value, "description": value, "position": value},
        "roles/new": {"name": value, "permissions": [value]},
        "mailboxes/new": MAILBOX | {"address": value, "department_id": value, "aliases": value},
        "templates/new": {"language": "en", "subject": value, "body": value},
        "categories/new": {"name": value, "position": 0, "parent_id": value},
        "states/new": {"name": value, "category": "new", "position": 0},
        "fields/new": {"label": value, "code": value, "type": "text", "choices": value, "position": 0},
        "settings": {"desk.name": value},
    }
    for name, data in forms.items():
        response = admin.post(f"/admin/{name}/", data)
        assert response.status_code in {303, 422}, name
        if response.status_code == 422:
            assert b"error-summary" in response.content, name


def test_ten_megabytes_in_a_field_are_refused_at_the_field(desk, admin):
    response = admin.post("/admin/people/new/", {"name": "x" * 10_000_000, "language": "en", "time_zone": "UTC"})
    assert response.status_code in {413, 422}


def test_ids_beyond_every_row_are_not_found(desk, admin):
    for name in ("contacts", "organisations", "departments", "teams", "roles", "mailboxes", "categories", "states"):
        assert admin.get(f"/admin/{name}/{2**63}/").status_code == 404, name
        assert admin.get(f"/admin/{name}/999999/").status_code == 404, name


def test_more_than_a_page_of_parked_mail_is_paged(desk, admin):
    for number in range(3):
        park(subject=f"Away {number}")
    assert page(admin.get("/admin/parked/")).count("/admin/parked/") >= 4
