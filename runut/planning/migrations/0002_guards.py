"""One plan of a kind at a time, which stands once it ended; a scale that was taken up stands."""

from django.db import migrations

from runut.lib import triggers


class Migration(migrations.Migration):
    dependencies = [("planning", "0001_tables")]

    operations = [
        triggers.no_overlap("planning_plan", ["office_id", "kind", "year"]),
        # A Renstra that is open holds to the end of its last year.
        triggers.no_overlap(
            "planning_plan",
            ["office_id", "kind"],
            where="{row}.kind = 'renstra'",
            closes={
                "sqlite": "CAST(COALESCE({row}.last_year, {row}.year) AS TEXT) || '-12-31'",
                "postgresql": "make_date(COALESCE({row}.last_year, {row}.year), 12, 31)",
            },
        ),
        triggers.frozen_columns(
            "planning_plan",
            'OLD."end" IS NOT NULL',
            ["kind", "title", "year", "last_year", "version", "start", "end", "legal_basis", "reason", "snapshot"],
        ),
        triggers.append_only("planning_officescale"),
    ]
