from django.db import migrations

# The primary key has the collation "C": it answers whatever this second index on the same column would.
DROP = """
DO $$
DECLARE name text;
BEGIN
    SELECT indexname INTO name FROM pg_indexes
        WHERE schemaname = current_schema() AND tablename = 'search_word' AND indexdef LIKE '%varchar_pattern_ops%';
    IF name IS NOT NULL THEN
        EXECUTE format('DROP INDEX %I', name);
    END IF;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0003_planning'),
    ]

    operations = [
        migrations.RunSQL(DROP, migrations.RunSQL.noop),
    ]
