from django.db import migrations

# Nobody asks for single days any more (`stretches` in codes.py). What an index has of them already is never met and
# goes when it is made anew; nothing is locked or read here.
WEEKS = r"""
DO $do$
DECLARE
    day text := $code$'f' || lpad(to_hex(size), 6, '0')
        || ' f' ||$code$;
    before text := pg_get_functiondef('search_lexemes(bytea, timestamptz)'::regprocedure);
BEGIN
    IF strpos(before, day) = 0 THEN
        RAISE 'search_lexemes is not the one that 0006 made';
    END IF;
    EXECUTE replace(before, day, '''f'' ||');
END $do$;
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0006_alike")]

    operations = [migrations.RunSQL(WEEKS, migrations.RunSQL.noop)]
