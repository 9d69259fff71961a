"""A year as a run of its own: started beside its quarters, with a reason for each that is wanting."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.collection import permissions
from runut.collection.models import MissingQuarter, Period, YearRun
from runut.collection.queries import (
    basis_of_sop,
    open_year,
    quarters_of,
    reasons_closed,
    report_written,
    year_run_of,
)
from runut.collection.rules import check_told, check_year
from runut.lib.errors import Refused, Stale
from runut.organisation.models import Office
from runut.organisation.permissions import Actor
from runut.organisation.queries import local_day
from runut.sop.actions import start_run
from runut.sop.models import Command, Run, Sop


@transaction.atomic
def start_year(
    *, sop: Sop, by: Actor, year: int, title: str, reasons: Mapping[int, str] | None = None, key: str = ""
) -> Run:
    """Begin a run that gathers a year.

    reasons: quarter -> why it is wanting; each that was never opened, or has not ended, needs one.
    Refused for a year to come, for one that a run gathers already, and for one whose report is signed where the
    procedure writes one. The same key again returns the same run.
    """
    office = Office.objects.select_for_update(of=("self",)).get(pk=sop.office_id)
    if key and Command.objects.filter(key=key, verb="start").exists():
        return start_run(sop=sop, by=by, title=title, key=key)
    now, told = timezone.now(), {no: text.strip() for no, text in (reasons or {}).items() if text.strip()}
    check_year(year, local_day(office, now).year)
    basis = basis_of_sop(sop)
    _check_once(office, basis, year)
    if signed := report_written(sop, year):
        raise Refused(signed, code="tahun")
    wanting = [quarter for quarter in quarters_of(office, basis, year) if not quarter.is_complete]
    check_told([quarter.name for quarter in wanting if quarter.no not in told])
    run = start_run(sop=sop, by=by, title=title, key=key)
    YearRun.objects.create(instansi_id=run.instansi_id, run=run, year=year, basis=basis)
    given = {quarter.no: told[quarter.no] for quarter in wanting}
    MissingQuarter.objects.bulk_create(
        [
            MissingQuarter(
                instansi_id=run.instansi_id, run=run, quarter=no, reason=text, at=now, by=by.pegawai, by_title=by.title
            )
            for no, text in given.items()
        ]
    )
    after = {"year": year, "basis": str(basis), "missing": {str(no): text for no, text in given.items()}}
    record("year.started", subject=run, by=by, after=after, at=now)
    return run


def _check_once(office: Office, basis: str, year: int) -> None:
    known = open_year(office, basis, year)
    if known is not None:
        raise Refused(
            _("Tahun %(year)s sudah dimulai: “%(title)s” (%(url)s).")
            % {"year": year, "title": known.run.title, "url": known.get_absolute_url()},
            code="tahun",
        )


def bind_year(*, run: Run, wanted: Period) -> None:
    """Hold a run to the year it was started for; one whose forms are made for a whole year gathers that year."""
    known = year_run_of(run)
    if known is None and wanted.quarter == 0:
        _check_once(wanted.office, wanted.basis, wanted.year)
        YearRun.objects.create(instansi_id=run.instansi_id, run=run, year=wanted.year, basis=wanted.basis)
    elif known is not None and (wanted.year, wanted.quarter) != (known.year, 0):
        whole = Period(office=wanted.office, year=known.year, quarter=0)
        raise Refused(
            _("SOP ini dimulai untuk %(name)s. Pilih “Setahun penuh” pada tahun itu.") % {"name": whole.name},
            code="period",
        )


@transaction.atomic
def explain_quarters(*, run: Run, by: Actor, reasons: Mapping[int, str]) -> list[MissingQuarter]:
    """Write why the year goes on without some quarters, or before they are complete. What stays the same is no act.

    run: it gathers the year, or writes the year's report from one of its quarters.

    Stale once the report is signed: it says what was written then.
    """
    run = Run.objects.select_for_update(of=("self",)).select_related("office").get(pk=run.pk)
    actor = permissions.check_can_explain(by, run)
    if closed := reasons_closed(run):
        raise Stale(closed)
    known = {row.quarter: row for row in MissingQuarter.objects.filter(run=run)}
    changed = []
    for no, text in sorted(reasons.items()):
        before = known[no].reason if no in known else ""
        if not text.strip() or text.strip() == before:
            continue
        row, _fresh = MissingQuarter.objects.update_or_create(
            run=run,
            quarter=no,
            defaults={
                "instansi_id": run.instansi_id, "reason": text.strip(), "at": timezone.now(), "by": actor.pegawai,
                "by_title": actor.title,
            },
        )  # fmt: skip
        was = {"quarter": no, "reason": before}
        record("year.explained", subject=row, by=actor, before=was, after={"quarter": no, "reason": row.reason})
        changed.append(row)
    return changed
