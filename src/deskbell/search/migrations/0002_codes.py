import deskbell.kernel.clock
import django.contrib.postgres.fields
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

INDEXES = """
CREATE INDEX search_document_codes ON search_searchdocument
    USING gin (array_to_tsvector(codes::text[])) WITH (fastupdate = off);
ALTER TABLE search_searchdocument ALTER COLUMN codes SET STATISTICS 0;
ALTER TABLE search_searchdocument ALTER COLUMN codes SET STORAGE EXTERNAL;
CREATE INDEX search_word_trigrams ON search_word USING gin (word gin_trgm_ops);
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
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
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
        migrations.RunSQL(INDEXES, migrations.RunSQL.noop),
    ]
