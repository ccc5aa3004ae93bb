"""The event log refuses UPDATE, DELETE and TRUNCATE, whoever asks."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION kernel_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The event log is append-only: % refused.', TG_OP USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER kernel_event_no_change BEFORE UPDATE OR DELETE ON kernel_event
    FOR EACH ROW EXECUTE FUNCTION kernel_event_is_append_only();
CREATE TRIGGER kernel_event_no_truncate BEFORE TRUNCATE ON kernel_event
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_event_is_append_only();
"""

ALLOW = """
DROP TRIGGER kernel_event_no_truncate ON kernel_event;
DROP TRIGGER kernel_event_no_change ON kernel_event;
DROP FUNCTION kernel_event_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
