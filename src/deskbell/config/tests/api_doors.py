"""Every operation of the API: how it is called well, and what each role is answered.

The columns: customer, viewer, agent, lead and head of the department, an agent of another one, the administrator.
Read them against the permissions of the roles (docs/permissions.md): `people.see` viewers and above, `people.manage`
leads and above, `departments.manage`, `roles.manage` and `desk.audit` heads and above; what concerns the whole desk,
the administrator alone. Records of another department are 404, never 403.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from deskbell.config.tests.api_desk import ApiDesk

COLUMNS = ("customer", "viewer", "agent", "lead", "head", "other", "administrator")
Body = Callable[[ApiDesk], dict[str, Any]]

# Operation → (answers in the order of COLUMNS).
ANSWERS: dict[str, str] = {
    "absences_create": "404 403 403 201 201 403 201",
    "absences_delete": "404 403 403 204 204 403 204",
    "absences_list": "404 200 200 200 200 200 200",
    "attachments_delete": "404 404 404 404 404 404 204",
    "attachments_download": "404 404 404 404 404 404 200",
    "attachments_get": "404 404 404 404 404 404 200",
    "attachments_upload": "201 201 201 201 201 201 201",
    "contact_points_create": "404 403 403 403 403 403 201",
    "contact_points_delete": "404 403 403 403 403 403 204",
    "contact_points_make_primary": "404 403 403 403 403 403 200",
    "departments_create": "403 403 403 403 201 403 201",
    "departments_deactivate": "403 403 403 403 200 403 200",
    "departments_get": "200 200 200 200 200 200 200",
    "departments_list": "200 200 200 200 200 200 200",
    "departments_move": "403 403 403 403 403 403 200",
    "departments_reactivate": "403 403 403 403 200 403 200",
    "departments_update": "403 403 403 403 200 403 200",
    "events_kinds": "200 200 200 200 200 200 200",
    "events_list": "403 200 200 200 200 200 200",
    "events_of_ticket": "403 200 200 200 200 404 200",
    "invitations_create": "404 403 403 403 403 403 201",
    "invitations_list": "403 403 403 403 403 403 200",
    "invitations_withdraw": "404 403 403 403 403 403 204",
    "me_get": "200 200 200 200 200 200 200",
    "me_update": "200 200 200 200 200 200 200",
    "messages_add_note": "403 403 201 201 201 404 201",
    "messages_get": "403 200 200 200 200 404 200",
    "messages_list": "403 200 200 200 200 404 200",
    "messages_mark_read": "403 204 204 204 204 404 204",
    "messages_mark_unread": "403 204 204 204 204 404 204",
    "messages_reply": "403 403 201 201 201 404 201",
    "messages_timeline": "403 200 200 200 200 404 200",
    "my_messages_create": "201 404 404 404 404 404 404",
    "my_messages_list": "200 404 404 404 404 404 404",
    "my_tickets_close": "200 404 404 404 404 404 404",
    "my_tickets_create": "201 201 201 201 201 201 201",
    "my_tickets_get": "200 404 404 404 404 404 404",
    "my_tickets_list": "200 200 200 200 200 200 200",
    "my_tokens_list": "200 200 200 200 200 200 200",
    "my_tokens_revoke": "404 404 404 404 404 404 204",
    "organisation_domains_create": "403 403 403 403 403 403 201",
    "organisation_domains_delete": "403 403 403 403 403 403 204",
    "organisations_create": "403 403 403 403 403 403 201",
    "organisations_get": "200 200 200 200 200 200 200",
    "organisations_list": "403 200 200 200 200 200 200",
    "organisations_update": "403 403 403 403 403 403 200",
    "people_block": "404 403 403 200 200 403 200",
    "people_create": "403 403 403 201 201 403 201",
    "people_deactivate": "404 403 403 200 200 403 200",
    "people_get": "404 200 200 200 200 200 200",
    "people_list": "403 200 200 200 200 200 200",
    "people_merge": "404 403 403 403 403 403 200",
    "people_reactivate": "404 403 403 200 200 403 200",
    "people_unblock": "404 403 403 200 200 403 200",
    "people_update": "404 403 403 200 200 403 200",
    "permissions_list": "403 200 200 200 200 200 200",
    "roles_create": "403 403 403 403 403 403 201",
    "roles_delete": "403 403 403 403 403 403 204",
    "roles_get": "404 404 404 404 200 404 200",
    "roles_give": "404 403 403 403 201 403 201",
    "roles_list": "403 403 403 403 200 403 200",
    "roles_take": "404 403 403 403 204 403 204",
    "roles_update": "403 403 403 403 403 403 200",
    "settings_get": "403 403 403 403 403 403 200",
    "settings_list": "403 403 403 403 403 403 200",
    "settings_reset": "403 403 403 403 403 403 200",
    "settings_update": "403 403 403 403 403 403 200",
    "tags_list": "403 200 200 200 200 200 200",
    "teams_create": "403 403 403 403 201 403 201",
    "teams_get": "404 200 200 200 200 200 200",
    "teams_list": "200 200 200 200 200 200 200",
    "teams_set_members": "404 403 403 403 200 403 200",
    "teams_update": "404 403 403 403 200 403 200",
    "tickets_add_participant": "403 403 204 204 204 404 204",
    "tickets_bulk": "403 403 403 200 200 403 200",
    "tickets_change_state": "403 403 200 200 200 404 200",
    "tickets_create": "403 403 201 201 201 403 201",
    "tickets_end_referral": "403 403 204 204 204 403 204",
    "tickets_get": "403 200 200 200 200 404 200",
    "tickets_link": "403 403 201 201 201 404 201",
    "tickets_list": "403 200 200 200 200 200 200",
    "tickets_merge": "403 403 201 201 201 404 201",
    "tickets_refer": "403 403 201 201 201 404 201",
    "tickets_remove_participant": "403 403 204 204 204 404 204",
    "tickets_search": "403 200 200 200 200 200 200",
    "tickets_split": "403 403 201 201 201 404 201",
    "tickets_transfer": "403 403 200 200 200 404 200",
    "tickets_undo_merge": "403 403 204 204 204 404 204",
    "tickets_unlink": "403 403 204 204 204 404 204",
    "tickets_unwatch": "403 204 204 204 204 204 204",
    "tickets_update": "403 403 200 200 200 404 200",
    "tickets_watch": "403 204 204 204 204 404 204",
    "vocabulary_get": "200 200 200 200 200 200 200",
    "webhooks_create": "403 403 403 403 403 403 201",
    "webhooks_delete": "403 403 403 403 403 403 204",
    "webhooks_deliveries": "403 403 403 403 403 403 200",
    "webhooks_get": "403 403 403 403 403 403 200",
    "webhooks_get_delivery": "403 403 403 403 403 403 200",
    "webhooks_list": "403 403 403 403 403 403 200",
    "webhooks_resend": "404 404 404 404 404 404 202",
    "webhooks_test": "403 403 403 403 403 403 200",
    "webhooks_update": "403 403 403 403 403 403 200",
}

BODIES: dict[str, Body] = {
    "absences_create": lambda _d: {"starts_at": "2040-01-01T09:00:00Z", "ends_at": "2040-01-02T09:00:00Z"},
    "contact_points_create": lambda _d: {"kind": "phone", "value": "+358409876543"},
    "departments_create": lambda d: {"name": "Night shift", "parent_id": d.ids["department_id"]},
    "departments_move": lambda d: {"parent_id": d.ids["parent_id"]},
    "departments_update": lambda _d: {"description": "All about machines."},
    "me_update": lambda _d: {"time_zone": "Europe/Kyiv"},
    "messages_add_note": lambda _d: {"text": "Old firmware."},
    "messages_reply": lambda _d: {"text": "Try again now.", "to": []},
    "my_messages_create": lambda _d: {"text": "It still drops."},
    "my_tickets_close": lambda _d: {},
    "my_tickets_create": lambda d: {"subject": "Help", "text": "It broke.", "department_id": d.ids["department_id"]},
    "organisation_domains_create": lambda _d: {"domain": "toechter.example"},
    "organisations_create": lambda _d: {"name": "Harrow Vale"},
    "organisations_update": lambda _d: {"notes": "Pays late."},
    "people_create": lambda _d: {"name": "New Person", "email": "new.person@example.org"},
    "people_merge": lambda d: {"into_id": d.ids["into_id"]},
    "people_update": lambda _d: {"job_title": "Buyer"},
    "roles_create": lambda _d: {"name": "Night shift", "permissions": ["people.see"]},
    "roles_give": lambda d: {"role_id": d.ids["role_id"], "department_id": d.ids["department_id"]},
    "roles_update": lambda _d: {"description": "Looks only."},
    "settings_update": lambda _d: {"value": 21},
    "teams_create": lambda d: {"department_id": d.ids["department_id"], "name": "Phones"},
    "teams_set_members": lambda d: {"member_ids": [d.more["helper"]]},
    "teams_update": lambda _d: {"name": "Networks"},
    "tickets_add_participant": lambda _d: {"role": "cc"},
    "tickets_bulk": lambda d: {"ticket_ids": [d.ids["ticket_id"]], "add_tags": ["vpn"]},
    "tickets_change_state": lambda _d: {"state": "resolved", "resolution": "New firmware."},
    "tickets_create": lambda d: {
        "subject": "Printer", "text": "It jams.", "department_id": d.ids["department_id"],
        "requester_id": d.ids["requester_id"],
    },
    "tickets_link": lambda d: {"ticket_id": d.more["second"], "kind": "caused_by"},
    "tickets_merge": lambda d: {"target_id": d.ids["target_id"]},
    "tickets_refer": lambda d: {"user_id": d.ids["head_id"], "reason": "Knows the router."},
    "tickets_split": lambda d: {"message_id": d.ids["message_id"]},
    "tickets_transfer": lambda d: {"department_id": d.more["there"], "note": "It is yours."},
    "tickets_update": lambda _d: {"subject": "VPN drops at noon"},
    "webhooks_create": lambda _d: {"name": "Hook", "url": "https://hooks.invalid/2", "kinds": ["ticket.created"]},
    "webhooks_update": lambda _d: {"name": "Stock system"},
}  # fmt: skip

# Where the record of the desk is not the one to ask for.
PATHS: dict[str, Callable[[ApiDesk], dict[str, int | str]]] = {
    **dict.fromkeys(("settings_get", "settings_reset", "settings_update"), lambda _d: {"name": "tickets.reopen_days"}),
    "tickets_end_referral": lambda d: {"ticket_id": d.more["second"]},
    "contact_points_delete": lambda d: {"contact_point_id": d.more["spare_phone"]},
    "roles_delete": lambda d: {"role_id": d.more["spare_role"]},
    "tickets_remove_participant": lambda d: {"user_id": d.more["participant"]},
    "my_tokens_revoke": lambda d: {"token_id": d.ids["token_id"]},
}
QUERIES = {"tickets_search": "?q=vpn", "people_list": "?q=anna"}
UPLOADS = {"attachments_upload"}


def path_of(operation_id: str, template: str, desk: ApiDesk) -> str:
    own = PATHS.get(operation_id, lambda _d: {})(desk)
    values = {**desk.ids, **own}
    path = template
    for name, value in values.items():
        path = path.replace("{" + name + "}", str(value))
    return path + QUERIES.get(operation_id, "")
