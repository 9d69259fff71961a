"""Leaves of people, one at a time, and why a tenure ended."""

import django.db.models.deletion
from django.db import migrations, models

from runut.lib import triggers


class Migration(migrations.Migration):
    dependencies = [("organisation", "0007_joined_rows")]

    operations = [
        migrations.AddField(
            "assignment",
            "end_cause",
            models.CharField(
                blank=True,
                choices=[
                    ("moved", "Pindah tugas"),
                    ("retired", "Pensiun"),
                    ("resigned", "Berhenti"),
                    ("died", "Meninggal dunia"),
                ],
                db_default="",
                max_length=10,
                verbose_name="sebab berakhir",
            ),
        ),
        migrations.CreateModel(
            name="Leave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("annual", "Cuti tahunan"),
                            ("long", "Cuti besar"),
                            ("sick", "Cuti sakit"),
                            ("maternity", "Cuti melahirkan"),
                            ("important", "Cuti karena alasan penting"),
                            ("unpaid", "Cuti di luar tanggungan negara"),
                        ],
                        max_length=10,
                        verbose_name="jenis cuti",
                    ),
                ),
                ("start", models.DateField(verbose_name="mulai")),
                ("end", models.DateField(verbose_name="sampai")),
                ("letter_number", models.CharField(blank=True, max_length=80, verbose_name="nomor surat cuti")),
                (
                    "instansi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.instansi"
                    ),
                ),
                (
                    "pegawai",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="leaves", to="organisation.pegawai"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["pegawai", "start"], name="leave_of_pegawai")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end__gte", models.F("start"))), name="leave_ends_after_start"
                    )
                ],
            },
        ),
        triggers.no_overlap("organisation_leave", ["pegawai_id"]),
        triggers.no_overlap(
            "organisation_assignment", ["jabatan_id"], where="{row}.kind = 'definitif' AND {row}.exclusive"
        ),
    ]
