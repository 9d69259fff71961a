import django.db.models.deletion
from django.db import migrations, models

from runut.lib import triggers


class Migration(migrations.Migration):
    dependencies = [
        ("collection", "0008_asked_of_the_repairer"),
        ("organisation", "0002_one_at_a_time"),
        ("sop", "0006_lanes_revision"),
    ]

    operations = [
        migrations.AlterField(
            model_name="period",
            name="run",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="period", to="sop.run"
            ),
        ),
        migrations.CreateModel(
            name="PastReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(blank=True, max_length=100, verbose_name="nomor")),
                ("signed_on", models.DateField(verbose_name="tanggal")),
                ("signer", models.CharField(max_length=150, verbose_name="penanda tangan")),
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
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="past_reports",
                        to="collection.period",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        triggers.append_only("collection_pastreport"),
        migrations.AddField(
            model_name="value",
            name="past_report",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="values",
                to="collection.pastreport",
            ),
        ),
        migrations.AlterField(
            model_name="mark",
            name="kind",
            field=models.CharField(
                choices=[
                    ("validated", "Divalidasi"),
                    ("verified", "Diverifikasi"),
                    ("signed", "Ditandatangani"),
                    ("published", "Diterbitkan"),
                    ("revoked", "Tanda tangan dibatalkan"),
                    ("past", "Dari dokumen lama"),
                ],
                max_length=20,
            ),
        ),
        # Where a table was altered its triggers went with the old one.
        triggers.append_only("collection_value"),
        triggers.append_only("collection_mark"),
    ]
