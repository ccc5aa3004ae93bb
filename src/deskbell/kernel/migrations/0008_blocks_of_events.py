"""Events are found by blocks of 64 ids, and subjects and people are numbers of four bytes.

The unique index of ids took 20 bytes an event, that of blocks takes 7: alike keys are put together. What makes ids
unique is the sequence alone: a row takes its id from there always, and only who says so brings one drawn beforehand.

The log is written anew and locked meanwhile, half a minute a million events. A subject or person whose number does
not fit into four bytes ends the migration with an error, and nothing is changed.
"""

import django.db.models.expressions
import django.db.models.functions
from django.db import migrations, models

BEFORE = r"""
DROP VIEW kernel_event;
ALTER TABLE kernel_eventrow RENAME TO kernel_eventrow_before;
DROP INDEX event_subject, event_shape, event_actor;
ALTER SEQUENCE kernel_event_id_seq RENAME TO kernel_eventrow_before_id_seq;
CREATE TABLE kernel_eventrow (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME kernel_event_id_seq),
    at timestamptz NOT NULL,
    recorded_at timestamptz,
    subject_id integer NOT NULL,
    actor_id integer,
    shape_id integer NOT NULL,
    why text,
    given text NOT NULL
);
"""

# What is only ever added at its end needs little room in the pages of its index. The planner knows nothing of blocks
# before it has looked at them.
MOVE = r"""
INSERT INTO kernel_eventrow (id, at, recorded_at, subject_id, actor_id, shape_id, why, given)
OVERRIDING SYSTEM VALUE
SELECT id, at, recorded_at, subject_id, actor_id, shape_id, why, given FROM kernel_eventrow_before ORDER BY id;
SELECT setval('kernel_event_id_seq', last_value, is_called) FROM kernel_eventrow_before_id_seq;
DROP TABLE kernel_eventrow_before;
CREATE INDEX event_block ON kernel_eventrow ((id >> 6)) WITH (fillfactor = 98);
CREATE INDEX event_subject ON kernel_eventrow ((subject_id::bigint));
CREATE INDEX event_shape ON kernel_eventrow (shape_id);
CREATE INDEX event_actor ON kernel_eventrow ((actor_id::bigint), (id >> 16)) WHERE actor_id IS NOT NULL;
ANALYZE kernel_eventrow;
"""

# As before, but for its last statement.
WRITE = r"""
CREATE OR REPLACE FUNCTION kernel_event_write() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    shape kernel_eventshape;
    shape_id integer;
    given text[] := '{}';
BEGIN
    shape.historic := NEW.historic;
    shape.kind := NEW.kind;
    shape.subject_type := NEW.subject_type;
    shape.actor_kind := NEW.actor_kind;
    shape.cause_kind := NEW.cause_kind;
    shape.changes := '{}';
    shape.data := '{}';
    IF NEW.changes <> '{}' THEN
        SELECT cut.given, cut.template INTO given, shape.changes FROM kernel_event_cut(NEW.changes::text, given) AS cut;
    END IF;
    IF NEW.data <> '{}' THEN
        SELECT cut.given, cut.template INTO given, shape.data FROM kernel_event_cut(NEW.data::text, given) AS cut;
    END IF;
    shape_id := kernel_event_shape(shape, false);
    IF shape_id IS NULL THEN
        -- A kind whose texts look like codes has too many shapes: one for all the others.
        shape.changes := '%1$s';
        shape.data := '%2$s';
        given := ARRAY[NEW.changes::text, NEW.data::text];
        shape_id := kernel_event_shape(shape, true);
    END IF;
    INSERT INTO kernel_eventrow (id, at, recorded_at, subject_id, actor_id, shape_id, why, given)
    OVERRIDING SYSTEM VALUE VALUES (NEW.id, NEW.at,
        CASE WHEN abs(extract(epoch FROM NEW.recorded_at - NEW.at)) >= 1 THEN NEW.recorded_at END,
        NEW.subject_id, NEW.actor_id, shape_id,
        CASE WHEN NEW.cause_ref <> '' OR NEW.reason <> ''
            THEN concat(replace(NEW.cause_ref, E'\n', ' '), E'\n', NEW.reason) END,
        array_to_string(given, E'\n'));
    RETURN NEW;
END
$$;
"""

# As before, but for the numbers of subjects and people, which are as wide as they were.
VIEW = r"""
CREATE VIEW kernel_event AS
SELECT r.id, r.at, coalesce(r.recorded_at, r.at) AS recorded_at, s.kind, s.subject_type,
    r.subject_id::bigint AS subject_id, s.actor_kind, r.actor_id::bigint AS actor_id, s.cause_kind,
    coalesce(split_part(r.why, E'\n', 1), '') AS cause_ref,
    format(s.changes, VARIADIC string_to_array(r.given, E'\n'))::jsonb AS changes,
    format(s.data, VARIADIC string_to_array(r.given, E'\n'))::jsonb AS data,
    coalesce(substr(r.why, strpos(r.why, E'\n') + 1), '') AS reason, s.historic, r.shape_id
FROM kernel_eventrow AS r LEFT JOIN kernel_eventshape AS s ON s.id = r.shape_id;
ALTER VIEW kernel_event ALTER COLUMN id SET DEFAULT nextval('kernel_event_id_seq');
ALTER VIEW kernel_event ALTER COLUMN recorded_at SET DEFAULT statement_timestamp();
CREATE TRIGGER kernel_event_write INSTEAD OF INSERT ON kernel_event
    FOR EACH ROW EXECUTE FUNCTION kernel_event_write();
CREATE TRIGGER kernel_event_no_change INSTEAD OF UPDATE OR DELETE ON kernel_event
    FOR EACH ROW EXECUTE FUNCTION kernel_event_is_append_only();
CREATE TRIGGER kernel_eventrow_no_change BEFORE UPDATE OR DELETE ON kernel_eventrow
    FOR EACH ROW EXECUTE FUNCTION kernel_event_is_append_only();
CREATE TRIGGER kernel_eventrow_no_truncate BEFORE TRUNCATE ON kernel_eventrow
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_event_is_append_only();
"""


def _block(bits: int) -> django.db.models.expressions.CombinedExpression:
    return django.db.models.expressions.CombinedExpression(
        models.F("id"), ">>", models.Value(bits), output_field=models.BigIntegerField()
    )


def _wide(name: str) -> django.db.models.functions.Cast:
    return django.db.models.functions.Cast(name, models.BigIntegerField())


class Migration(migrations.Migration):
    dependencies = [("kernel", "0007_eight_columns")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(each) for each in (BEFORE, MOVE, WRITE, VIEW)],
            state_operations=[
                migrations.RemoveIndex("eventrow", "event_subject"),
                migrations.RemoveIndex("eventrow", "event_actor"),
                migrations.AlterField("eventrow", "subject_id", models.IntegerField()),
                migrations.AlterField("eventrow", "actor_id", models.IntegerField(null=True)),
                migrations.AddIndex("eventrow", models.Index(_block(6), name="event_block")),
                migrations.AddIndex("eventrow", models.Index(_wide("subject_id"), name="event_subject")),
                migrations.AddIndex(
                    "eventrow",
                    models.Index(
                        _wide("actor_id"), _block(16), name="event_actor", condition=models.Q(actor_id__isnull=False)
                    ),
                ),
            ],
        )
    ]
