"""What webhooks want is kept in each process until one of them changes (`kernel.reference`)."""

from django.db import migrations

from deskbell.kernel.reference import watch


class Migration(migrations.Migration):
    dependencies = [("webhooks", "0002_permission"), ("kernel", "0004_reference")]

    # Not what sending writes all the time: failures, rest_until, wakes_at and their like.
    operations = [watch("webhooks_webhook", columns=("kinds", "is_active"))]
