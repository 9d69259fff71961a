"""Forms that are out while an indicator's definition or target has moved on."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from runut.collection.models import Figure, Period, Sheet, SheetKind
from runut.collection.queries.renewal import never_signed, outdated
from runut.collection.rules import EDITABLE
from runut.planning.models import Indicator
from runut.sop.models import RunState


@dataclass(frozen=True, slots=True)
class Former:
    """How many forms under way measure an indicator by what holds no more; the latest of their periods."""

    filling: int
    handed_in: int
    period: Period

    @property
    def total(self) -> int:
        return self.filling + self.handed_in


def former_forms(indicator: Indicator) -> Former | None:
    """The forms of procedures under way that have a former definition or target of an indicator. Three queries; one
    without any."""
    running = Q(period__run__state__in=(RunState.RUNNING, RunState.HELD), period__void=False)
    figures = never_signed(Figure.objects.filter(running, indicator__indicator=indicator))
    found = list(outdated(figures).values_list("pk", flat=True))
    if not found:
        return None
    rows = Sheet.objects.filter(lines__figure__in=found, kind=SheetKind.COLLECTION).exclude(
        delivery__withdrawn_at__isnull=False
    )
    counted = rows.aggregate(total=Count("pk"), filling=Count("pk", filter=Q(state__in=EDITABLE)))
    latest = rows.select_related("period__office").order_by("-period__year", "-period__quarter", "-pk").first()
    if latest is None:
        return None
    return Former(counted["filling"], counted["total"] - counted["filling"], latest.period)
