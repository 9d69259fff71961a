"""What was reported, and what was marked on it, is never changed or deleted."""

from django.db import migrations

from runut.lib import triggers


class Migration(migrations.Migration):
    dependencies = [("collection", "0001_initial")]

    operations = [
        triggers.append_only("collection_value"),
        triggers.append_only("collection_mark"),
    ]
