"""Keys of tickets, of people and of whatever else tickets refer to have four bytes, and so has all that refers to them.

Each table is written anew once, however many of its columns change (Django would do it for each of them), and locked
meanwhile; nothing is written where nothing changes, so that a migration that was ended in the middle goes on when it is
run again. What PostgreSQL forgets with it, statistics and which pages all see, is collected after it.
"""

from functools import partial

from django.db import migrations, models, transaction

MODELS = ("category", "kind", "priority", "state", "ticket", "waitingreason")
TABLES = [
    *(f"tickets_{model}" for model in MODELS),
    "people_absence",
    "people_apitoken",
    "people_contactpoint",
    "people_department",
    "people_organisation",
    "people_organisationdomain",
    "people_role",
    "people_roleassignment",
    "people_setuplink",
    "people_team",
    "people_teammembership",
    "people_user",
]

# The keys themselves and the columns that refer to them, by table; whether all are of the type already, and whether the
# table is a large one.
_COLUMNS = """
SELECT conrelid::regclass::text, array_agg(quote_ident(attname)), bool_and(atttypid = %(type)s::regtype),
    pg_relation_size(conrelid) > 1000000
FROM (
    SELECT conrelid, conkey FROM pg_constraint WHERE contype = 'f' AND confrelid = ANY(%(tables)s::regclass[])
    UNION
    SELECT conrelid, conkey FROM pg_constraint WHERE contype = 'p' AND conrelid = ANY(%(tables)s::regclass[])
) AS keys
JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY(conkey)
GROUP BY conrelid ORDER BY 1
"""
# Those that look at certain columns keep their types from being changed.
_TRIGGERS = """
SELECT quote_ident(tgname), pg_get_triggerdef(oid) FROM pg_trigger
WHERE tgrelid = %s::regclass AND NOT tgisinternal ORDER BY tgname
"""


def _become(type_name, _apps, schema_editor):
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS, {"tables": TABLES, "type": type_name})
        found = cursor.fetchall()
        with transaction.atomic(using=connection.alias):
            for table, columns, are_of_it, _is_large in found:
                if not are_of_it:
                    _alter(cursor, table, ", ".join(f"ALTER {column} TYPE {type_name}" for column in columns))
        for table, _columns, _are_of_it, is_large in found:
            cursor.execute(f"VACUUM (ANALYZE) {table}" if is_large else f"ANALYZE {table}")


def _alter(cursor, table, changes):
    cursor.execute(_TRIGGERS, [table])
    triggers = cursor.fetchall()
    for name, _definition in triggers:
        cursor.execute(f"DROP TRIGGER {name} ON {table}")
    cursor.execute(f"ALTER TABLE {table} {changes}")
    for _name, definition in triggers:
        cursor.execute(definition)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("people", "0008_four_byte_keys"), ("tickets", "0011_found_by_number")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(partial(_become, "integer"), partial(_become, "bigint"))],
            state_operations=[
                migrations.AlterField(model, "id", models.AutoField(primary_key=True, serialize=False))
                for model in MODELS
            ],
        )
    ]
