"""The acknowledgement in each language, to begin with; an administrator rewrites them in the page."""

from django.db import migrations

from deskbell.channels.built_in_texts import TEXTS


def add(apps, schema_editor):
    model = apps.get_model("channels", "AcknowledgementTemplate")
    for language, (subject, body) in TEXTS.items():
        model.objects.get_or_create(department=None, language=language, defaults={"subject": subject, "body": body})


class Migration(migrations.Migration):
    dependencies = [("channels", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
