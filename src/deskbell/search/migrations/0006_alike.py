from django.db import migrations

# Short codes that begin alike stand together without their beginning (`packed` in codes.py): sixteen beginnings of two
# digits, twelve of one. Both functions say it, for while an index is made functions cannot call those of a schema.
_BODY = """
DECLARE
    document bytea := CASE WHEN length($1) < 30 THEN decode(repeat('00', 30), 'hex') ELSE $1 END;
    digits text := encode(substr(document, 31), 'hex');
    start int := 1;
    found text := '';
    size int;
BEGIN
    FOR beginning IN 0..15 LOOP
        size := get_byte(document, beginning) * 2;
        IF size > 0 THEN
            found := found || regexp_replace(substr(digits, start, size), '..', '0' || to_hex(beginning) || '\\& ', 'g');
            start := start + size;
        END IF;
    END LOOP;
    FOR beginning IN 1..12 LOOP
        size := get_byte(document, 15 + beginning) * 3;
        IF size > 0 THEN
            found := found || regexp_replace(substr(digits, start, size), '...', to_hex(beginning) || '\\& ', 'g');
            start := start + size;
        END IF;
    END LOOP;
    size := (get_byte(document, 28) * 256 + get_byte(document, 29)) * 4;
    found := found || regexp_replace(substr(digits, start, size), '....', '\\& ', 'g');
    start := start + size;
    found := found
        || regexp_replace(substr(digits, start, greatest(length(digits) - start + 1, 0) / 7 * 7), '.{7}', '\\& ', 'g');
"""
# Days of 1970, and units of eight and of sixty-four of them.
CODES = f"""
DROP INDEX search_document_codes;
DROP FUNCTION search_lexemes(bytea);
ALTER FUNCTION search_codes(bytea) RENAME TO search_codes_before;
CREATE FUNCTION search_codes(bytea) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 2000 AS $$
{_BODY}
    RETURN string_to_array(rtrim(found), ' ');
END $$;
CREATE FUNCTION search_lexemes(bytea, timestamptz) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL UNSAFE COST 2000 AS $$
{_BODY}
    size := greatest(1, floor(extract(epoch FROM $2) / 86400)::int);
    RETURN array_to_tsvector(string_to_array(found
        || 'f' || lpad(to_hex(size), 6, '0')
        || ' f' || lpad(to_hex((1 << 20) + (size >> 3)), 6, '0')
        || ' f' || lpad(to_hex((2 << 20) + (size >> 6)), 6, '0'), ' '));
END $$;
CREATE OR REPLACE FUNCTION search_packed(text[]) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (
        WITH each AS (
            SELECT code, CASE
                WHEN length(code) = 7 THEN 29
                WHEN code < '1' THEN strpos('0123456789abcdef', substr(code, 2, 1)) - 1
                WHEN code < 'd' THEN strpos('123456789abc', substr(code, 1, 1)) + 15
                ELSE 28
            END AS place FROM (SELECT DISTINCT unnest($1) COLLATE "C" AS code) AS every
        ), alike AS (
            SELECT place, count(*) AS size, string_agg(code, '' ORDER BY code) AS codes,
                string_agg(substr(code, CASE WHEN place < 16 THEN 3 ELSE 2 END), '' ORDER BY code) AS ends
            FROM each GROUP BY place
        ), laid AS (
            SELECT CASE WHEN place < 28 AND size > 255 THEN 28 ELSE place END AS place, size,
                CASE WHEN place < 28 AND size <= 255 THEN ends ELSE codes END AS digits FROM alike
        ), complete AS (
            SELECT places.place, coalesce(sum(size), 0)::int AS size, coalesce(string_agg(digits, ''), '') AS digits
            FROM generate_series(0, 29) AS places (place) LEFT JOIN laid USING (place) GROUP BY places.place
        )
        SELECT decode(
            string_agg(lpad(to_hex(size), CASE place WHEN 28 THEN 4 ELSE 2 END, '0'), '' ORDER BY place)
                FILTER (WHERE place < 29)
            || string_agg(digits, '' ORDER BY place)
            || CASE sum(length(digits)) % 2 WHEN 1 THEN 'f' ELSE '' END, 'hex')
        FROM complete
    );
CREATE FUNCTION search_packed_anew(bytea) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT
    RETURN search_packed(ARRAY(
        -- Times are made of the document's time now, and nobody asks for the kind of a record by its code. The two codes
        -- of figures that only colleagues find had a range each; now they have one, the second code with other bits.
        SELECT CASE
            WHEN length(code) = 4 AND code >= 'd' THEN to_hex(('x' || code)::bit(16)::int # 1445)
            WHEN length(code) = 4 AND code >= 'c' THEN 'd' || substr(code, 2)
            ELSE code
        END
        FROM unnest(search_codes_before($1)) AS code WHERE code < 'f' AND code <> 'e1a16cc'
    ));
ALTER TABLE search_searchdocument
    ALTER COLUMN codes TYPE bytea USING search_packed_anew(codes),
    ALTER COLUMN codes SET STORAGE EXTERNAL;
DROP FUNCTION search_packed_anew(bytea);
DROP FUNCTION search_codes_before(bytea);
CREATE INDEX search_document_codes ON search_searchdocument USING gin (search_lexemes(codes, fresh_at))
    WITH (fastupdate = off);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0005_common'),
    ]

    operations = [
        migrations.RunSQL(CODES, migrations.RunSQL.noop),
    ]
