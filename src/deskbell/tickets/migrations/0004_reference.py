"""The small tables that describe tickets are reference data (kernel.reference)."""

from django.db import migrations

from deskbell.kernel.reference import watch


class Migration(migrations.Migration):
    dependencies = [("tickets", "0003_attachment_text"), ("kernel", "0004_reference")]

    operations = [
        watch(
            "tickets_kind", "tickets_category", "tickets_state", "tickets_transition", "tickets_priority",
            "tickets_prioritycell", "tickets_waitingreason", "tickets_customfield",
        ),
    ]  # fmt: skip
