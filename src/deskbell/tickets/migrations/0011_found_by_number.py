"""Replies find their ticket by its number; only tokens of tickets that are there already are looked for themselves.

The index is made CONCURRENTLY: nobody waits. Each step may be repeated.
"""

from django.db import migrations, models
from django.db.models.functions import Length
from django.db.models.lookups import Exact

OLD_INDEX = "ALTER TABLE tickets_ticket DROP CONSTRAINT IF EXISTS ticket_reply_token"
OLD_INDEX_BACK = "ALTER TABLE tickets_ticket ADD CONSTRAINT ticket_reply_token UNIQUE (reply_token)"
NO_INDEX = "DROP INDEX CONCURRENTLY IF EXISTS ticket_old_reply_token"
INDEX = """
CREATE UNIQUE INDEX CONCURRENTLY ticket_old_reply_token ON tickets_ticket (reply_token) WHERE length(reply_token) = 20
"""


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("tickets", "0010_no_marks_of_closed")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(NO_INDEX, migrations.RunSQL.noop),
                migrations.RunSQL(INDEX, NO_INDEX),
                migrations.RunSQL(OLD_INDEX, OLD_INDEX_BACK),
            ],
            state_operations=[
                migrations.RemoveConstraint("ticket", "ticket_reply_token"),
                migrations.AddConstraint(
                    "ticket",
                    models.UniqueConstraint(
                        condition=models.Q(Exact(Length("reply_token"), 20)),
                        fields=("reply_token",),
                        name="ticket_old_reply_token",
                    ),
                ),
            ],
        ),
    ]
