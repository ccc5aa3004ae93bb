"""Messages of a ticket by an index of alike keys; who has read what, by the key of its table; files of drafts alone.

Indexes are made and dropped CONCURRENTLY: nobody waits (some seconds a million messages). Who has read what is locked
for the milliseconds in which its key is exchanged. Each step may be repeated, so that a migration that was ended in
the middle goes on when it is run again.
"""

import django.db.models.deletion
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.models.expressions import CombinedExpression

BLOCK = CombinedExpression(models.F("id"), ">>", models.Value(16), output_field=models.BigIntegerField())

# The index becomes the key; the column of the old one goes, with its index.
KEY = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_constraint WHERE conname = 'ticket_read_once') THEN
        ALTER TABLE tickets_ticketread DROP COLUMN id;
        ALTER TABLE tickets_ticketread ADD CONSTRAINT tickets_ticketread_pkey PRIMARY KEY USING INDEX ticket_read_key;
        ALTER TABLE tickets_ticketread DROP CONSTRAINT ticket_read_once;
    ELSE
        DROP INDEX ticket_read_key;
    END IF;
END $$
"""


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("tickets", "0007_mine_counted")]

    operations = [
        migrations.RunSQL("DROP INDEX CONCURRENTLY IF EXISTS message_of_ticket"),
        migrations.RunSQL("DROP INDEX CONCURRENTLY IF EXISTS attachment_of_draft"),
        migrations.RunSQL("DROP INDEX CONCURRENTLY IF EXISTS ticket_read_key"),
        AddIndexConcurrently("message", models.Index(models.F("ticket"), BLOCK, name="message_of_ticket")),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL("DROP INDEX CONCURRENTLY IF EXISTS message_ticket")],
            state_operations=[migrations.RemoveIndex("message", "message_ticket")],
        ),
        AddIndexConcurrently(
            "attachment",
            models.Index(fields=["draft"], condition=models.Q(draft__isnull=False), name="attachment_of_draft"),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL("DROP INDEX CONCURRENTLY IF EXISTS tickets_attachment_draft_id_f043ef28")
            ],
            state_operations=[
                migrations.AlterField(
                    "attachment",
                    "draft",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="attachments",
                        to="tickets.draft",
                    ),
                )
            ],
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "CREATE UNIQUE INDEX CONCURRENTLY ticket_read_key ON tickets_ticketread (ticket_id, user_id)"
                ),
                migrations.RunSQL(KEY),
                migrations.RunSQL("DROP INDEX CONCURRENTLY IF EXISTS tickets_ticketread_ticket_id_30492c99"),
            ],
            state_operations=[
                migrations.RemoveConstraint("ticketread", "ticket_read_once"),
                migrations.RemoveField("ticketread", "id"),
                migrations.AddField(
                    "ticketread",
                    "pk",
                    models.CompositePrimaryKey(
                        "ticket_id", "user_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                migrations.AlterField(
                    "ticketread",
                    "ticket",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reads",
                        to="tickets.ticket",
                    ),
                ),
            ],
        ),
    ]
