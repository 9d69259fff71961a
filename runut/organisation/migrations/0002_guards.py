"""One definitive holder of a position, one direct superior and one leave of a person at a time."""

from django.db import migrations

from runut.lib import triggers


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_tables")]

    operations = [
        triggers.no_overlap(
            "organisation_assignment", ["jabatan_id"], where="{row}.kind = 'definitif' AND {row}.exclusive"
        ),
        triggers.no_overlap("organisation_supervision", ["pegawai_id"]),
        triggers.no_overlap("organisation_leave", ["pegawai_id"]),
    ]
