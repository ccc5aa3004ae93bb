"""Counting the open tickets of an assignee reads an index alone."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_absences"),
        ("tickets", "0006_one_index_each"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(model_name="ticket", name="ticket_open_assignee"),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("state_category__in", ["new", "active", "waiting"])),
                fields=["assignee", "-last_message_at", "-id"],
                include=("department", "is_restricted", "owner"),
                name="ticket_open_assignee",
            ),
        ),
    ]
