"""People and organisations are found by any letters of their names and addresses."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations
from django.db.models.functions import Upper


def _trigrams(model: str, field: str, name: str) -> migrations.AddIndex:
    return migrations.AddIndex(model, GinIndex(OpClass(Upper(field), "gin_trgm_ops"), name=name))


class Migration(migrations.Migration):
    dependencies = [("people", "0006_absences")]

    operations = [
        TrigramExtension(),
        _trigrams("contactpoint", "value", "contact_point_trigrams"),
        _trigrams("organisation", "name", "organisation_name_trigrams"),
        _trigrams("organisationdomain", "domain", "organisation_domain_trigrams"),
        _trigrams("user", "name", "user_name_trigrams"),
    ]
