"""Keys of four bytes: what Django knows of them. Migration 0012 of tickets changes the columns, of all tables at once."""

from django.db import migrations, models

MODELS = (
    "absence",
    "apitoken",
    "contactpoint",
    "department",
    "organisation",
    "organisationdomain",
    "role",
    "roleassignment",
    "setuplink",
    "team",
    "teammembership",
    "user",
)


def _key(model: str) -> migrations.AlterField:
    key = models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
    return migrations.AlterField(model, "id", key)


class Migration(migrations.Migration):
    dependencies = [("people", "0007_found_by_letters")]

    operations = [migrations.SeparateDatabaseAndState(state_operations=[_key(model) for model in MODELS])]
