"""Forms that are out while an indicator is changed or ended."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from runut.collection.models import Figure, Period, Sheet, SheetKind
from runut.collection.queries.renewal import never_signed, outdated
from runut.collection.rules import EDITABLE
from runut.planning.models import Indicator
from runut.sop.models import RunState


@dataclass(frozen=True, slots=True)
class Former:
    """How many forms under way have an indicator, or a former definition of it; the latest of their periods."""

    filling: int
    handed_in: int
    period: Period

    @property
    def total(self) -> int:
        return self.filling + self.handed_in


def former_forms(indicator: Indicator) -> Former | None:
    """The forms of procedures under way that have a former definition or target of an indicator. Three queries; one
    without any."""
    figures = never_signed(_under_way(indicator))
    found = list(outdated(figures).values_list("pk", flat=True))
    return _counted(Sheet.objects.filter(lines__figure__in=found)) if found else None


def asking_forms(indicator: Indicator) -> Former | None:
    """The forms of procedures under way that ask for an indicator. Two queries."""
    return _counted(Sheet.objects.filter(pk__in=_under_way(indicator).values("lines__sheet")))


def _under_way(indicator: Indicator) -> QuerySet[Figure]:
    running = Q(period__run__state__in=(RunState.RUNNING, RunState.HELD), period__void=False)
    return Figure.objects.filter(running, indicator__indicator=indicator)


def _counted(sheets: QuerySet[Sheet]) -> Former | None:
    rows = sheets.filter(kind=SheetKind.COLLECTION).exclude(delivery__withdrawn_at__isnull=False)
    counted = rows.aggregate(total=Count("pk"), filling=Count("pk", filter=Q(state__in=EDITABLE)))
    latest = rows.select_related("period__office").order_by("-period__year", "-period__quarter", "-pk").first()
    if latest is None:
        return None
    return Former(counted["filling"], counted["total"] - counted["filling"], latest.period)
