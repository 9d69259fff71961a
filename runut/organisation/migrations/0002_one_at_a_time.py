"""One definitive holder of a position at a time, and one direct superior of a person at a time."""

from django.db import migrations

from runut.lib import triggers


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial")]

    operations = [
        triggers.no_overlap(
            "organisation_assignment", ["jabatan_id"], where="{row}.kind = 'definitif' AND {row}.exclusive"
        ),
        triggers.no_overlap("organisation_supervision", ["pegawai_id"]),
    ]
