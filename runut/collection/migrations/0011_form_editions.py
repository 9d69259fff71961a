import django.db.models.deletion
from django.db import migrations, models

from runut.lib import triggers


class Migration(migrations.Migration):
    dependencies = [
        ("collection", "0010_years"),
        ("organisation", "0002_one_at_a_time"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("basis", models.CharField(max_length=20, verbose_name="dasar")),
                ("no", models.PositiveSmallIntegerField(verbose_name="edisi")),
                ("start", models.DateField(verbose_name="berlaku mulai")),
                ("columns", models.JSONField(verbose_name="kolom")),
                ("indicators", models.JSONField(default=list, verbose_name="indikator")),
                ("reason", models.CharField(max_length=300, verbose_name="alasan")),
                (
                    "waiver",
                    models.CharField(blank=True, max_length=300, verbose_name="alasan tanpa kolom hitungan"),
                ),
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
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="form_editions",
                        to="organisation.office",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("office", "basis", "no"), name="form_edition_once"),
                ],
            },
        ),
        triggers.append_only("collection_formedition"),
        migrations.AddField(
            model_name="sheet",
            name="edition",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sheets",
                to="collection.formedition",
            ),
        ),
        triggers.frozen_columns("collection_sheet", "OLD.edition_id IS NOT NULL", ["edition_id"]),
    ]
