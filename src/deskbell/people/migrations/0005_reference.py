"""Departments, teams, roles and who holds them, and the names of colleagues, are reference data (kernel.reference)."""

from django.db import migrations

from deskbell.kernel.reference import watch

COLLEAGUES = """
CREATE FUNCTION people_colleague_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM people_roleassignment WHERE user_id = NEW.id) THEN
        UPDATE kernel_reference SET version = gen_random_uuid();
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER people_user_is_reference AFTER UPDATE OF name, email, is_active, time_zone ON people_user FOR EACH ROW
    WHEN ((OLD.name, OLD.email, OLD.is_active, OLD.time_zone)
        IS DISTINCT FROM (NEW.name, NEW.email, NEW.is_active, NEW.time_zone))
    EXECUTE FUNCTION people_colleague_changed();
"""
NO_COLLEAGUES = "DROP TRIGGER people_user_is_reference ON people_user; DROP FUNCTION people_colleague_changed();"


class Migration(migrations.Migration):
    dependencies = [("people", "0004_api_tokens"), ("kernel", "0004_reference")]

    operations = [
        watch(
            "people_department", "people_team", "people_teammembership", "people_role", "people_roleassignment",
        ),
        migrations.RunSQL(COLLEAGUES, NO_COLLEAGUES),
    ]  # fmt: skip
