"""The roles Deskbell brings; an administrator may change all but the administrator's own permissions."""

from django.db import migrations

VIEWER = ["ticket.see", "people.see"]
AGENT = [*VIEWER, "ticket.note", "ticket.create", "ticket.work", "ticket.assign", "ticket.transfer", "ticket.merge"]
LEAD = [*AGENT, "ticket.priority", "ticket.bulk", "people.manage"]
HEAD = [*LEAD, "ticket.restricted", "departments.manage", "roles.manage", "desk.audit"]
ADMINISTRATOR = [*HEAD, "tickets.configure", "channels.configure", "desk.configure"]

ROLES = [
    ("viewer", "Viewer", "Reads the department's tickets", VIEWER),
    ("agent", "Agent", "Answers the department's tickets", AGENT),
    ("lead", "Lead", "An agent who also sets priorities and changes many tickets at once", LEAD),
    ("head", "Head", "Sees and may do everything in the department", HEAD),
    ("administrator", "Administrator", "Manages the desk itself", ADMINISTRATOR),
]


def create(apps, _editor):
    role = apps.get_model("people", "Role")
    for position, (code, name, description, permissions) in enumerate(ROLES):
        role.objects.create(
            code=code, name=name, description=description, permissions=permissions, position=position
        )


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
