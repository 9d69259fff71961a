"""Periods that never ran here: what may be copied from their papers, and what was."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef

from runut.collection.models import Basis, Figure, PastReport, PastReportQuerySet, Period, Value
from runut.collection.queries.counting import achieved, scale_of
from runut.collection.queries.standing import holding_values
from runut.collection.rules import Achievement
from runut.organisation.models import Office, Pegawai, Unit
from runut.organisation.permissions import Actor
from runut.planning.models import Indicator, IndicatorVersion
from runut.planning.queries import Promise, promises_of
from runut.sop.models import RunState

PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class PastRow:
    """An indicator that was in force when the period ended. value: what is known of it in that period already."""

    promise: Promise
    member: str
    subject: str
    no: int
    value: Value | None

    @property
    def version(self) -> IndicatorVersion:
        return self.promise.version


@dataclass(frozen=True, slots=True)
class PastFigure:
    """A figure of such a period, as it stands now. first: the version that was copied from a paper."""

    figure: Figure
    value: Value
    first: Value
    achievement: Achievement


def blocking_period(wanted: Period) -> Period | None:
    """The same period where it was collected here, so that nothing is copied. One query."""
    rows = Period.objects.filter(
        office=wanted.office_id, year=wanted.year, quarter=wanted.quarter, basis=wanted.basis, void=False,
        run__isnull=False,
    )  # fmt: skip
    return rows.exclude(run__state=RunState.CANCELLED).select_related("office").first()


def past_rows(
    office: Office,
    basis: Literal["unit", "pegawai"],
    year: int,
    quarter: int,
    *,
    members: Collection[int] | None = None,
    versions: Collection[int] | None = None,
) -> list[PastRow]:
    """The indicators in force at the period's end, member by member, with what is known already. Five queries.

    members: only of these units or people. versions: only these versions of indicators.
    """
    if members is None:
        wanted = IndicatorVersion.objects.filter(pk__in=list(versions or ()), indicator__office=office)
        members = {pk for pk in wanted.values_list(f"indicator__{basis}", flat=True) if pk is not None}
    promises = promises_of(office, basis, members, year, quarter)
    names = _names(basis, promises.keys())
    known = _known(office, basis, year, quarter)
    rows = [
        PastRow(promise, f"{basis[0]}{pk}", name, no, known.get((promise.version.indicator_id, f"{basis[0]}{pk}")))
        for pk, name in names.items()
        for no, promise in enumerate(promises[pk], start=1)
    ]
    return rows if versions is None else [row for row in rows if row.version.pk in versions]


def _names(basis: str, members: Collection[int]) -> dict[int, str]:
    """In the order of the list. One query."""
    if basis == Basis.UNIT:
        return {unit.pk: unit.name for unit in Unit.objects.filter(pk__in=list(members)).order_by("code", "pk")}
    people = Pegawai.objects.filter(pk__in=list(members)).order_by("name", "pk")
    return {person.pk: person.full_name for person in people}


def _known(office: Office, basis: str, year: int, quarter: int) -> dict[tuple[int, str], Value]:
    """One query."""
    rows = Value.objects.current().filter(
        figure__period__office=office, figure__period__year=year, figure__period__quarter=quarter,
        figure__period__basis=basis, figure__period__void=False,
    ).select_related("figure__indicator")  # fmt: skip
    return {(row.figure.indicator.indicator_id, row.figure.member): row for row in rows}


def subjects_of(office: Office) -> tuple[list[Unit], list[Pegawai]]:
    """The units and people that have an indicator, those of earlier years too. Two queries."""
    rows = Indicator.objects.filter(office=office)
    units = Unit.objects.filter(pk__in=rows.filter(unit__isnull=False).values("unit")).order_by("code", "pk")
    people = Pegawai.objects.filter(pk__in=rows.filter(pegawai__isnull=False).values("pegawai"))
    return list(units), list(people.order_by("name", "pk"))


def past_figures(period: Period, actor: Actor, page: str | int | None = None) -> tuple[list[PastFigure], Page[Figure]]:
    """What of such a period the person may see, a page of it. Four queries."""
    rows = Figure.objects.visible_to(actor).filter(period=period).select_related("indicator", "unit", "pegawai")
    found = Paginator(rows.order_by("unit__code", "pegawai__name", "no", "pk"), PAGE_SIZE).get_page(page)
    figures = list(found.object_list)
    current = holding_values(figures)
    copied = Value.objects.filter(figure__in=[f.pk for f in figures], no=1).select_related("past_report")
    first = {value.figure_id: value for value in copied}
    scale = scale_of(period)
    shown = [
        PastFigure(figure, current[figure.pk], first[figure.pk], achieved(figure, current[figure.pk], scale))
        for figure in figures
    ]
    return shown, found


def past_reports(period: Period, actor: Actor) -> list[PastReport]:
    """The papers of such a period that the person may see, in the order they came. One query."""
    rows = PastReport.objects.visible_to(actor).filter(period=period).select_related("by")
    return list(_with_lack(rows).order_by("pk"))


def papers_without_scan(office: Office, actor: Actor, page: str | int | None = None) -> Page[PastReport]:
    """The papers of the office that the person may see and that only a table told of, the latest period first. Two
    queries.
    """
    rows = PastReport.objects.visible_to(actor).filter(period__office=office).without_scan()
    ordered = rows.select_related("period__office", "by").order_by("-period__year", "-period__quarter", "pk")
    return Paginator(ordered, PAGE_SIZE).get_page(page)


def _with_lack(rows: PastReportQuerySet) -> PastReportQuerySet:
    """Each with `lacks_scan`."""
    bare = PastReport.objects.without_scan().filter(pk=OuterRef("pk"))
    return rows.annotate(lacks_scan=Exists(bare))


def figures_of_report(report: PastReport) -> list[PastFigure]:
    """What was copied from one paper, as it stands now. Two queries."""
    copied = list(
        Value.objects.filter(past_report=report)
        .select_related("figure__indicator", "figure__unit", "figure__pegawai", "past_report")
        .order_by("figure__unit__code", "figure__pegawai__name", "figure__no", "pk")
    )
    current, scale = holding_values([value.figure for value in copied]), scale_of(report.period)
    return [
        PastFigure(v.figure, current[v.figure_id], v, achieved(v.figure, current[v.figure_id], scale)) for v in copied
    ]
