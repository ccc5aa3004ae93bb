from django.db import migrations, models

from deskbell.kernel.reference import watch

# Two bytes say how many codes of four digits come first; those of seven follow, and half a byte where they are odd.
# UNSAFE: no query with search_lexemes is run by several processes, which would read all stretches of time at once.
SHORT_CODES = """
DROP INDEX search_document_codes;
UPDATE search_searchdocument SET codes = '\\x0000'::bytea || codes;
CREATE OR REPLACE FUNCTION search_codes(bytea) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 2000 AS $$
DECLARE
    digits text := encode($1, 'hex');
    last_short int := 4 + CASE WHEN length($1) > 1 THEN 4 * (get_byte($1, 0) * 256 + get_byte($1, 1)) ELSE 0 END;
BEGIN
    RETURN string_to_array(rtrim(
        regexp_replace(substr(digits, 5, last_short - 4), '(.{4})', '\\1 ', 'g')
        || regexp_replace(
            substr(digits, last_short + 1, greatest(length(digits) - last_short, 0) / 7 * 7), '(.{7})', '\\1 ', 'g')
    ), ' ');
END $$;
CREATE OR REPLACE FUNCTION search_lexemes(bytea) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL UNSAFE COST 2000 AS $$
DECLARE
    digits text := encode($1, 'hex');
    last_short int := 4 + CASE WHEN length($1) > 1 THEN 4 * (get_byte($1, 0) * 256 + get_byte($1, 1)) ELSE 0 END;
BEGIN
    RETURN array_to_tsvector(string_to_array(rtrim(
        regexp_replace(substr(digits, 5, last_short - 4), '(.{4})', '\\1 ', 'g')
        || regexp_replace(
            substr(digits, last_short + 1, greatest(length(digits) - last_short, 0) / 7 * 7), '(.{7})', '\\1 ', 'g')
    ), ' '));
END $$;
CREATE OR REPLACE FUNCTION search_packed(text[]) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT decode(
        lpad(to_hex(count(*) FILTER (WHERE length(code) = 4)), 4, '0')
        || coalesce(string_agg(code, '' ORDER BY code COLLATE "C") FILTER (WHERE length(code) = 4), '')
        || coalesce(string_agg(code, '' ORDER BY code COLLATE "C") FILTER (WHERE length(code) = 7), '')
        || CASE count(*) FILTER (WHERE length(code) = 7) % 2 WHEN 1 THEN 'f' ELSE '' END, 'hex')
        FROM (SELECT DISTINCT unnest($1)) AS each (code));
CREATE INDEX search_document_codes ON search_searchdocument USING gin (search_lexemes(codes)) WITH (fastupdate = off);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0004_reference'),
        ('search', '0004_packing'),
    ]

    operations = [
        migrations.CreateModel(
            name='CommonWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('documents', models.IntegerField()),
                ('codes', models.BinaryField()),
            ],
        ),
        watch('search_commonwords'),
        migrations.RunSQL(SHORT_CODES, migrations.RunSQL.noop),
    ]
