"""Forms that are out while the dictionary has moved on: each keeps the definition it was made with."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from runut.collection.models import Line, Period, Sheet, SheetKind
from runut.collection.rules import EDITABLE
from runut.planning.models import Indicator, IndicatorVersion
from runut.planning.queries import first_period
from runut.sop.models import RunState


@dataclass(frozen=True, slots=True)
class Former:
    """How many forms under way measure by an earlier version than the newest, of periods in which that one holds.

    period: the latest one of them. since: from which period the newest holds, in words.
    """

    newest: IndicatorVersion
    filling: int
    handed_in: int
    period: Period
    since: str

    @property
    def total(self) -> int:
        return self.filling + self.handed_in


def former_forms(indicator: Indicator) -> Former | None:
    """The forms of procedures under way that keep a former version of an indicator though their period ends under the
    newest; None without any. Three queries.
    """
    newest = indicator.versions.select_related("indicator__office").order_by("-no").first()
    if newest is None or newest.no == 1:
        return None
    year, quarter = newest.start.year, (newest.start.month + 2) // 3
    earlier = Line.objects.filter(figure__indicator__indicator=indicator, figure__indicator__no__lt=newest.no)
    rows = Sheet.objects.filter(
        Q(period__year__gt=year) | Q(period__year=year, period__quarter=0)
        | Q(period__year=year, period__quarter__gte=quarter),
        Exists(earlier.filter(sheet=OuterRef("pk"))),
        kind=SheetKind.COLLECTION, run__state__in=(RunState.RUNNING, RunState.HELD), period__void=False,
    ).exclude(delivery__withdrawn_at__isnull=False)  # fmt: skip
    counted = rows.aggregate(total=Count("pk"), filling=Count("pk", filter=Q(state__in=EDITABLE)))
    latest = rows.select_related("period__office").order_by("-period__year", "-period__quarter", "-pk").first()
    if latest is None:
        return None
    since = first_period(newest, latest.period.office.terms)
    return Former(newest, counted["filling"], counted["total"] - counted["filling"], latest.period, since)
