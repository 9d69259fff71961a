"""No two Renstra of an office hold on the same day: one that is open holds to the end of its last year."""

from django.db import migrations

from runut.lib import triggers


class Migration(migrations.Migration):
    dependencies = [("planning", "0006_predicate_scales")]

    operations = [
        triggers.no_overlap(
            "planning_plan",
            ["office_id", "kind"],
            where="{row}.kind = 'renstra'",
            closes={
                "sqlite": "CAST(COALESCE({row}.last_year, {row}.year) AS TEXT) || '-12-31'",
                "postgresql": "make_date(COALESCE({row}.last_year, {row}.year), 12, 31)",
            },
        ),
    ]
