"""Administrators may set up webhooks."""

from django.db import migrations

PERMISSION = "webhooks.manage"


def give(apps, _editor):
    role = apps.get_model("people", "Role").objects.filter(code="administrator").first()
    if role is not None and PERMISSION not in role.permissions:
        role.permissions = [*role.permissions, PERMISSION]
        role.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    dependencies = [("webhooks", "0001_initial"), ("people", "0002_roles")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
