"""A scan can be laid beside a signed report whose figures came in from a table."""

import django.db.models.deletion
from django.db import migrations, models

from runut.lib import triggers


class Migration(migrations.Migration):
    dependencies = [("organisation", "0002_guards"), ("collection", "0002_guards")]

    operations = [
        migrations.CreateModel(
            name="PastScan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("file", models.FileField(upload_to="past/%Y/%m/")),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("by_title", models.CharField(max_length=200)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.pegawai"
                    ),
                ),
                (
                    "instansi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.instansi"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scans", to="collection.pastreport"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=["report", "sha256"], name="past_scan_once")],
            },
        ),
        triggers.append_only("collection_pastscan"),
    ]
