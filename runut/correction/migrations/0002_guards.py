"""What was ordered and what a meeting decided is never changed or deleted."""

from django.db import migrations

from runut.lib import triggers


class Migration(migrations.Migration):
    dependencies = [("correction", "0001_tables")]

    operations = [
        triggers.append_only("correction_order"),
        triggers.append_only("correction_teammember"),
        triggers.append_only("correction_meeting"),
        triggers.append_only("correction_attendance"),
        triggers.append_only("correction_resolution"),
        triggers.append_only("correction_itemdecision"),
    ]
