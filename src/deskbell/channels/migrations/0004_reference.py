"""Mailboxes and texts of acknowledgements are kept in each process until they change (`kernel.reference`)."""

from django.db import migrations

from deskbell.kernel.reference import watch

# Not what a reader writes every minute: cursor, last_checked_at, last_ok_at, failing_since, last_error.
MAILBOX = (
    "name", "address", "aliases", "department_id", "default_kind_id", "sender_name", "plus_addressing", "acknowledges",
    "is_active", "protocol", "out_host", "out_port", "out_security", "out_verify", "out_user", "out_password", "version",
)  # fmt: skip
TEMPLATE = ("department_id", "language", "subject", "body", "is_active")


class Migration(migrations.Migration):
    dependencies = [("channels", "0003_template_failures"), ("kernel", "0004_reference")]

    operations = [
        watch("channels_mailbox", columns=MAILBOX),
        watch("channels_acknowledgementtemplate", columns=TEMPLATE),
    ]
