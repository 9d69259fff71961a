"""A year and its four quarters: how far each is, and why one is wanting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from runut.collection.models import MissingQuarter, Period, YearRun
from runut.collection.queries.status import completeness_of
from runut.collection.rules import COMPLETE, QuarterState, state_of
from runut.lib.prepared import Prepared
from runut.organisation.models import Office
from runut.sop.models import HEAVY, Run, RunState

QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of a year. period: None where it was never opened. reason: why the year goes on without it."""

    no: int
    name: str
    period: Period | None
    state: QuarterState
    reason: str = ""

    @property
    def is_complete(self) -> bool:
        return self.state in COMPLETE

    @property
    def label(self) -> str:
        return {
            "missing": _("Belum ada"),
            "running": _("Berjalan"),
            "done": _("Selesai"),
            "signed": _("Ditandatangani"),
            "past": _("Dari dokumen lama"),
        }[self.state]


def quarters_of(office: Office, basis: str, year: int, reasons: Mapping[int, str] | None = None) -> list[Quarter]:
    """The four quarters in order. Two queries."""
    rows = Period.objects.filter(office=office, year=year, basis=basis, quarter__in=QUARTERS, void=False)
    known = {row.quarter: row for row in rows.select_related("run", "office").defer(*(f"run__{n}" for n in HEAVY))}
    counts = completeness_of([row.run_id for row in known.values() if row.run_id])
    found = []
    for no in QUARTERS:
        period = known.get(no)
        name = Period(office=office, year=year, quarter=no).name
        state: QuarterState = "missing"
        if period is not None:
            sheets = counts[period.run_id].by_state if period.run_id in counts else {}
            state = state_of(period.run.state if period.run else None, sheets)
        found.append(Quarter(no, name, period, state, (reasons or {}).get(no, "")))
    return found


def year_run_of(run: Run) -> YearRun | None:
    """The year that a run gathers, if it gathers one. One query."""
    return YearRun.objects.filter(run=run).first()


def quarters_of_run(year: YearRun) -> list[Quarter]:
    """The quarters of a yearly run with the reasons written for it; `year` comes with run and office. Three queries."""
    reasons = dict(MissingQuarter.objects.filter(run=year.run_id).values_list("quarter", "reason"))
    return quarters_of(year.run.office, year.basis, year.year, reasons)


def open_year(office: Office, basis: str, year: int) -> YearRun | None:
    """The run that gathers this year already. One query."""
    rows = YearRun.objects.filter(run__office=office, basis=basis, year=year).exclude(run__state=RunState.CANCELLED)
    return rows.select_related("run").order_by("-pk").first()


def years_around(run: Run) -> list[YearRun]:
    """The year this run gathers, or those that gather the quarter this run collects. One query."""
    return _AROUND.all(run.pk, run.office_id)


def _around(run: int, office: int) -> QuerySet[YearRun]:
    mine = Period.objects.filter(run=run, quarter__in=QUARTERS)
    rows = YearRun.objects.filter(
        Q(run=run)
        | Q(run__office=office, year__in=mine.values("year"), basis__in=mine.values("basis"))
        & ~Q(run__state=RunState.CANCELLED)
    )
    return rows.order_by("pk")


_AROUND = Prepared(_around, int, int)


def gaps_of(run: Run) -> list[tuple[Quarter, str]]:
    """The quarters that a year's report goes without, each with its reason, "" where nobody wrote one. Five queries.

    Of a report that is written from a quarter, those that were told when it was begun.
    """
    year = YearRun.objects.filter(run=run).select_related("run__office").first()
    if year is not None:
        return [(quarter, quarter.reason) for quarter in quarters_of_run(year) if not quarter.is_complete]
    period = Period.objects.filter(run=run).select_related("office").first()
    return [(quarter, quarter.reason) for quarter in (later_quarters(period) if period else ()) if quarter.reason]


def later_quarters(period: Period) -> list[Quarter]:
    """What of the year is not collected yet after this quarter, with why its run's report goes on without it.

    Three queries; none for a whole year and for its last quarter.
    """
    if period.quarter not in QUARTERS[:-1]:
        return []
    reasons = dict(MissingQuarter.objects.filter(run=period.run_id).values_list("quarter", "reason"))
    found = quarters_of(period.office, period.basis, period.year, reasons)
    return [quarter for quarter in found if quarter.no > period.quarter and not quarter.is_complete]
