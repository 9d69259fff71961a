import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("collection", "0009_past_reports"),
        ("organisation", "0002_one_at_a_time"),
        ("sop", "0006_lanes_revision"),
    ]

    operations = [
        migrations.CreateModel(
            name="YearRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="tahun")),
                (
                    "basis",
                    models.CharField(
                        choices=[("unit", "Unit kerja"), ("pegawai", "Pegawai")], max_length=20, verbose_name="dasar"
                    ),
                ),
                (
                    "instansi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.instansi"
                    ),
                ),
                (
                    "run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="year_run", to="sop.run"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="MissingQuarter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quarter", models.PositiveSmallIntegerField(verbose_name="triwulan")),
                ("reason", models.CharField(max_length=300, verbose_name="alasan")),
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
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="missing_quarters",
                        to="sop.run",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("run", "quarter"), name="missing_quarter_once"),
                    models.CheckConstraint(
                        condition=models.Q(("quarter__gte", 1), ("quarter__lte", 4)), name="missing_quarter_1_to_4"
                    ),
                ],
            },
        ),
    ]
