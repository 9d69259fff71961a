"""Forms that are out while the dictionary has moved on: each keeps the definition it was made with."""

from __future__ import annotations

from dataclasses import dataclass

from runut.collection.models import Period, Sheet, SheetKind
from runut.collection.rules import EDITABLE
from runut.planning.models import Indicator, IndicatorVersion
from runut.sop.models import RunState


@dataclass(frozen=True, slots=True)
class Former:
    """How many forms under way measure by an earlier version than the newest. period: the latest one of them."""

    newest: IndicatorVersion
    filling: int
    handed_in: int
    period: Period

    @property
    def total(self) -> int:
        return self.filling + self.handed_in


def former_forms(indicator: Indicator) -> Former | None:
    """The forms of procedures under way that keep a former version of an indicator; None without any. Two queries."""
    newest = indicator.versions.order_by("-no").first()
    if newest is None or newest.no == 1:
        return None
    under_way = Sheet.objects.filter(kind=SheetKind.COLLECTION, run__state__in=(RunState.RUNNING, RunState.HELD))
    earlier = {"lines__figure__indicator__indicator": indicator, "lines__figure__indicator__no__lt": newest.no}
    rows = under_way.filter(period__void=False, **earlier).exclude(delivery__withdrawn_at__isnull=False)
    sheets = list(rows.select_related("period__office").order_by("period__year", "period__quarter", "pk").distinct())
    if not sheets:
        return None
    filling = sum(1 for sheet in sheets if sheet.state in EDITABLE)
    return Former(newest, filling, len(sheets) - filling, sheets[-1].period)
