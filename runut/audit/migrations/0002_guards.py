"""The log is written once: the database refuses to change or delete an entry."""

from django.db import migrations

from runut.lib import triggers


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_tables")]

    operations = [
        triggers.append_only("audit_entry"),
    ]
