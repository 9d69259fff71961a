"""A form keeps when and by whom it was verified beside when and by whom it was validated."""

import django.db.models.deletion
from django.db import migrations, models

from runut.lib import triggers


class Migration(migrations.Migration):
    dependencies = [("organisation", "0002_guards"), ("collection", "0003_past_scans")]

    operations = [
        migrations.AddField("sheet", "verified_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "sheet",
            "verified_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.pegawai"
            ),
        ),
        triggers.frozen_columns("collection_sheet", "OLD.edition_id IS NOT NULL", ["edition_id"]),
    ]
