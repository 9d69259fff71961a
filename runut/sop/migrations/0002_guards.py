"""A version of a procedure stands once it is in force, and a command once it was carried out."""

from django.db import migrations

from runut.lib import triggers


class Migration(migrations.Migration):
    dependencies = [("sop", "0001_tables")]

    operations = [
        triggers.frozen_columns(
            "sop_sopversion", "OLD.state <> 'draft'", ["sop_id", "no", "definition", "content_hash", "source"]
        ),
        triggers.append_only("sop_command"),
    ]
