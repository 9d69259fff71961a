"""The report of a year is written once: by one run of the office."""

from __future__ import annotations

from runut.collection.queries.yearly import report_taken
from runut.lib.errors import Refused
from runut.organisation.models import Office
from runut.sop.models import Run


def check_report_is_free(run: Run) -> None:
    """Refused where another run of the office writes, or has written, the report of the year of this run's period."""
    # Two runs may come to the report at once; the second one is told who has it.
    Office.objects.select_for_update(of=("self",)).get(pk=run.office_id)
    taken = report_taken(run)
    if taken:
        raise Refused(taken, code="report")
