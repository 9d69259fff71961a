"""The scale of predicates that an office goes by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from runut.organisation.models import Office
from runut.planning.models import OfficeScale
from runut.planning.queries.promises import period_end
from runut.planning.rules import OfOffice, Scale, from_stored


@dataclass(frozen=True, slots=True)
class TakenUp:
    """A scale as it was taken up. scale: None where the office went by none. current: in force on the day asked for."""

    row: OfficeScale
    scale: Scale | None
    current: bool


def scale_on(office_id: int, day: date) -> Scale | None:
    """The scale in force on a day; None where the office goes by none. One query."""
    row = OfficeScale.objects.of(office_id, day).first()
    return _read(row) if row else None


def scale_at_end(office_id: int, year: int, quarter: int) -> OfOffice:
    """The scale in force when a period ends, asked for once and only where it is needed. At most one query."""
    return cache(lambda: scale_on(office_id, period_end(year, quarter)))


def scales_of(office: Office, day: date) -> list[TakenUp]:
    """All that the office took up, the latest first. One query."""
    rows = list(OfficeScale.objects.filter(office=office).select_related("by").order_by("-start", "-pk"))
    current = next((row for row in rows if row.start <= day), None)
    return [TakenUp(row, _read(row), row is current) for row in rows]


def _read(row: OfficeScale) -> Scale | None:
    return from_stored(row.name, row.source, row.classes) if row.classes else None
