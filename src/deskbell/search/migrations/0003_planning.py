from django.db import migrations

# Unfolding a document takes some 100 µs; told so, the planner never reads all documents to find some.
# Compiling a query for a second to save a millisecond is what jit does to queries of many branches.
PLANNING = """
CREATE OR REPLACE FUNCTION search_lexemes(bytea) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 2000 AS $$
BEGIN
    RETURN array_to_tsvector(
        string_to_array(rtrim(regexp_replace(encode($1, 'hex'), '(.{7})', '\\1 ', 'g')), ' ')
    );
END $$;
DO $$
BEGIN
    EXECUTE format('ALTER DATABASE %I SET jit = off', current_database());
EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'jit stays on: the database belongs to another user';
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0002_codes'),
    ]

    operations = [
        migrations.RunSQL(PLANNING, migrations.RunSQL.noop),
    ]
