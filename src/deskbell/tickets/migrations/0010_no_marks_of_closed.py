"""Who has read what is kept for tickets that are not closed, and without an index by person.

The table is written anew with the few marks that stay, so that its room comes back; it is locked for as long as reading
it takes (a second for a million marks).
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEEP = """
CREATE TEMPORARY TABLE kept ON COMMIT DROP AS
    SELECT r.* FROM tickets_ticketread AS r JOIN tickets_ticket AS t ON t.id = r.ticket_id
    WHERE t.state_category NOT IN ('closed', 'cancelled');
TRUNCATE tickets_ticketread;
INSERT INTO tickets_ticketread (ticket_id, user_id, last_message_id, read_at)
    SELECT ticket_id, user_id, last_message_id, read_at FROM kept ORDER BY ticket_id, user_id
"""


class Migration(migrations.Migration):
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("tickets", "0009_narrow_messages")]

    operations = [
        migrations.RunSQL("LOCK TABLE tickets_ticketread", migrations.RunSQL.noop),
        migrations.AlterField(
            "ticketread",
            "user",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
    ]
