"""Counting the open tickets of a department reads an index alone."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_reference"),
        ("tickets", "0004_reference"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="ticket",
            name="ticket_open_department",
        ),
        migrations.RemoveIndex(
            model_name="ticket",
            name="ticket_unassigned",
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("state_category__in", ["new", "active", "waiting"])),
                fields=["department", "-last_message_at", "-id"],
                include=("is_restricted", "assignee", "owner"),
                name="ticket_open_department",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("state_category__in", ["new", "active", "waiting"]), ("assignee__isnull", True)),
                fields=["department", "-last_message_at", "-id"],
                include=("is_restricted", "assignee", "owner"),
                name="ticket_unassigned",
            ),
        ),
    ]
