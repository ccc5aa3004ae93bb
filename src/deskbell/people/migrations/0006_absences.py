"""Absences are reference data too: every ticket page says which colleagues are away."""

from django.db import migrations

from deskbell.kernel.reference import watch


class Migration(migrations.Migration):
    dependencies = [("people", "0005_reference")]

    operations = [watch("people_absence")]
