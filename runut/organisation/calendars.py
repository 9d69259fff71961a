"""When an office works, kept in the process."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from runut.lib.worktime import Calendar
from runut.lib.worktime import Season as WorkSeason
from runut.organisation.models import Holiday, Office, Season, WorkCalendar
from runut.organisation.rules import hours_from

_CALENDARS_KEPT = 512
_CALENDARS: dict[tuple[int, int], Calendar] = {}


def calendar_of(office: Office) -> Calendar:
    """The office's working time. Kept in the process until hours or holidays change: then the revision does."""
    row = office.calendar
    return _CALENDARS.get((row.pk, row.revision)) or _keep_calendar(row)


def calendars_of(office_ids: Collection[int]) -> dict[int, Calendar]:
    """The working times of offices by id. One query while they are kept: hours are not read again."""
    rows = WorkCalendar.objects.filter(office__in=office_ids)
    keys = {office: (pk, revision) for office, pk, revision in rows.values_list("office", "pk", "revision")}
    known = {office: _CALENDARS[key] for office, key in keys.items() if key in _CALENDARS}
    new = keys.keys() - known.keys()
    return known | {row.office_id: _keep_calendar(row) for row in (rows.filter(office__in=new) if new else ())}


def _keep_calendar(row: WorkCalendar) -> Calendar:
    if len(_CALENDARS) >= _CALENDARS_KEPT:
        _CALENDARS.clear()
    calendar = _CALENDARS[row.pk, row.revision] = _read_calendar(row)
    return calendar


def zone_of(office: Office) -> ZoneInfo:
    """The zone by whose clock the office works; the installation's where it has no calendar yet."""
    try:
        return ZoneInfo(office.calendar.zone)
    except WorkCalendar.DoesNotExist:
        return ZoneInfo(timezone.get_default_timezone_name())


def local_day(office: Office, at: datetime) -> date:
    """The date on the office's wall at that moment."""
    return at.astimezone(zone_of(office)).date()


def _read_calendar(row: WorkCalendar) -> Calendar:
    days = Holiday.objects.filter(instansi_id=row.instansi_id).filter(Q(office=row.office_id) | Q(office__isnull=True))
    ramadan = hours_from(row.ramadan_hours)
    seasons = Season.objects.filter(instansi_id=row.instansi_id).order_by("start").values_list("start", "end")
    return Calendar(
        zone=row.zone,
        hours=hours_from(row.hours),
        holidays=frozenset(days.values_list("day", flat=True)),
        seasons=tuple(WorkSeason(start, end, ramadan) for start, end in seasons),
    )
