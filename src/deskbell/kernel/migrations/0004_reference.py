"""The version of the small tables, and the trigger function that draws a new one."""

from django.db import migrations

from deskbell.kernel.reference import NO_SCHEMA, SCHEMA, watch


class Migration(migrations.Migration):
    dependencies = [("kernel", "0003_idempotent_answers")]

    operations = [migrations.RunSQL(SCHEMA, NO_SCHEMA), watch("kernel_optionvalue")]
