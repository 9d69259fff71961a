"""What was reported, and what was marked or remarked on it, is never changed or deleted."""

from django.db import migrations

from runut.lib import triggers


class Migration(migrations.Migration):
    dependencies = [("collection", "0001_tables")]

    operations = [
        triggers.append_only("collection_value"),
        triggers.append_only("collection_mark"),
        triggers.append_only("collection_remark"),
        triggers.append_only("collection_paperentry"),
        triggers.append_only("collection_outsideentry"),
        triggers.append_only("collection_pastreport"),
        triggers.append_only("collection_formedition"),
        triggers.frozen_columns("collection_sheet", "OLD.edition_id IS NOT NULL", ["edition_id"]),
    ]
