import deskbell.kernel.clock
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

# Seven hexadecimal digits are a code; what fills up the last byte is one, too.
INDEXES = """
CREATE FUNCTION search_codes(bytea) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN string_to_array(rtrim(regexp_replace(encode($1, 'hex'), '(.{7})', '\\1 ', 'g')), ' ');
CREATE FUNCTION search_lexemes(bytea) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN array_to_tsvector(string_to_array(rtrim(regexp_replace(encode($1, 'hex'), '(.{7})', '\\1 ', 'g')), ' '));
CREATE FUNCTION search_packed(text[]) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT decode(coalesce(string_agg(code, '' ORDER BY code COLLATE "C"), '')
        || CASE count(*) % 2 WHEN 1 THEN 'fffffff' ELSE '' END, 'hex')
        FROM (SELECT DISTINCT unnest($1)) AS each (code) WHERE code <> 'fffffff');
CREATE INDEX search_document_codes ON search_searchdocument USING gin (search_lexemes(codes)) WITH (fastupdate = off);
ALTER TABLE search_searchdocument ALTER COLUMN codes SET STATISTICS 0;
ALTER TABLE search_searchdocument ALTER COLUMN codes SET STORAGE EXTERNAL;
CREATE INDEX search_word_trigrams ON search_word USING gin (word gin_trgm_ops);
"""
FORGET = """
DROP INDEX search_document_codes;
DROP FUNCTION search_lexemes(bytea);
DROP FUNCTION search_codes(bytea);
DROP FUNCTION search_packed(text[]);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0001_initial'),
    ]

    operations = [
        TrigramExtension(),
        migrations.DeleteModel(name='SearchDocument'),
        migrations.CreateModel(
            name='SearchDocument',
            fields=[
                ('pk', models.CompositePrimaryKey('subject_type', 'subject_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('subject_type', models.CharField(db_collation='C', max_length=40)),
                ('subject_id', models.BigIntegerField()),
                ('fresh_at', models.DateTimeField(default=deskbell.kernel.clock.now)),
                ('version', models.SmallIntegerField(default=0)),
                ('codes', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('word', models.CharField(db_collation='C', max_length=48, primary_key=True, serialize=False)),
                ('documents', models.IntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='NewWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(db_collation='C', max_length=48)),
            ],
            options={
                'indexes': [models.Index(fields=['word'], name='search_new_word')],
            },
        ),
        migrations.CreateModel(
            name='Rebuild',
            fields=[
                ('subject_type', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('after_id', models.BigIntegerField(default=0)),
                ('started_at', models.DateTimeField(default=deskbell.kernel.clock.now)),
                ('finished_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.RunSQL(INDEXES, FORGET),
    ]
