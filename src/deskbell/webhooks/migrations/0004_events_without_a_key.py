"""Events lose their unique index, which a foreign key needs (kernel 0008)."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("webhooks", "0003_reference"), ("kernel", "0007_eight_columns")]
    run_before: ClassVar[list[tuple[str, str]]] = [("kernel", "0008_blocks_of_events")]

    operations = [
        migrations.AlterField(
            "delivery",
            "event",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="kernel.event",
            ),
        )
    ]
