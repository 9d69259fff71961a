"""Working hours, holidays and the days of Ramadan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays as almanac
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from runut.audit.actions import record
from runut.lib.dates import short_date
from runut.lib.errors import Refused
from runut.organisation import permissions
from runut.organisation.actions.rows import save_once
from runut.organisation.models import Holiday, HolidayKind, Instansi, Office, Season, WorkCalendar
from runut.organisation.permissions import Actor
from runut.organisation.rules import check_span, hours_from

StoredHours = Mapping[str, Sequence[Sequence[str]]]


@transaction.atomic
def update_calendar(
    *, office: Office, zone: str, hours: StoredHours, ramadan_hours: StoredHours, by: Actor | None
) -> WorkCalendar:
    """Change when an office works. What was due is not touched; what falls due from now on follows."""
    permissions.check_can_manage(by, office.pk)
    calendar = WorkCalendar.objects.select_for_update().get(office=office)
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Refused(_("Zona waktu ini tidak dikenal. Pilih WIB, WITA atau WIT."), code="zone") from error
    if not any(hours_from(hours).week) or not any(hours_from(ramadan_hours).week):
        raise Refused(_("Kantor harus mempunyai jam kerja paling sedikit pada satu hari."), code="hours")
    before = {"zone": calendar.zone, "hours": calendar.hours, "ramadan_hours": calendar.ramadan_hours}
    after: dict[str, object] = {"zone": zone, "hours": hours, "ramadan_hours": ramadan_hours}
    calendar.zone, calendar.hours, calendar.ramadan_hours = zone, hours, ramadan_hours
    calendar.revision += 1
    calendar.save()
    record("calendar.updated", subject=calendar, by=by, before=before, after=after)
    return calendar


@transaction.atomic
def add_holiday(
    *, instansi: Instansi, day: date, name: str, kind: str, source: str, by: Actor | None, office: Office | None = None
) -> Holiday:
    """A day without work for the whole government, or for one office."""
    _check_can_keep(by, instansi, office)
    if not source.strip():
        raise Refused(_("Tulis dasar hari libur ini, misalnya nomor SKB atau surat edaran."), code="source")
    holiday = save_once(
        Holiday(instansi=instansi, office=office, day=day, name=name.strip(), kind=kind, source=source.strip()),
        _("Tanggal %(day)s sudah tercatat sebagai hari libur.") % {"day": short_date(day)},
    )
    _calendars_changed(instansi, office)
    record("holiday.added", subject=holiday, by=by, after={"day": day, "name": name, "kind": kind, "source": source})
    return holiday


@transaction.atomic
def remove_holiday(*, holiday: Holiday, by: Actor | None, reason: str) -> None:
    """Take back a holiday that was wrong or was moved."""
    holiday = Holiday.objects.select_for_update(of=("self",)).select_related("instansi", "office").get(pk=holiday.pk)
    _check_can_keep(by, holiday.instansi, holiday.office)
    if not reason.strip():
        raise Refused(_("Tulis alasan penghapusan hari libur ini."), code="reason")
    before = {"day": holiday.day, "name": holiday.name, "kind": holiday.kind, "source": holiday.source}
    record("holiday.removed", subject=holiday, by=by, before=before, reason=reason)
    _calendars_changed(holiday.instansi, holiday.office)
    holiday.delete()


@transaction.atomic
def fill_holidays(*, instansi: Instansi, year: int, by: Actor | None) -> list[Holiday]:
    """Propose a year's holidays, as rows that can be changed. Days already there stay as they are.

    The days come from a calculated almanac; the law is the yearly joint decree (SKB) of three ministers,
    so each row's source says that it must be held against it.
    """
    permissions.check_can_manage_instansi(by, instansi.pk)
    found = almanac.country_holidays("ID", years=year, categories=("public", "government"), language="id")
    public = almanac.country_holidays("ID", years=year, categories=("public",), language="id")
    taken = set(Holiday.objects.filter(instansi=instansi, office=None, day__year=year).values_list("day", flat=True))
    source = gettext_noop("Perhitungan almanak; cocokkan dengan SKB tiga menteri tahun %(year)d") % {"year": year}
    rows = [
        Holiday(
            instansi=instansi,
            day=day,
            name=name[:120],
            kind=HolidayKind.NATIONAL if day in public else HolidayKind.COLLECTIVE,
            source=source,
        )
        for day, name in sorted(found.items())
        if day not in taken
    ]
    Holiday.objects.bulk_create(rows)
    _calendars_changed(instansi, None)
    days = [[row.day, row.name, row.kind] for row in rows]
    record("holidays.filled", subject=instansi, by=by, after={"year": year, "days": days, "source": source})
    return rows


@transaction.atomic
def add_season(*, instansi: Instansi, start: date, end: date, source: str, by: Actor | None) -> Season:
    """The days of Ramadan as decreed: then the shorter hours hold."""
    permissions.check_can_manage_instansi(by, instansi.pk)
    check_span(start, end)
    if not source.strip():
        raise Refused(_("Tulis dasar jam kerja Ramadan ini, misalnya nomor surat edaran."), code="source")
    if Season.objects.filter(instansi=instansi, start__lte=end, end__gte=start).exists():
        raise Refused(_("Masa Ramadan lain sudah tercatat pada tanggal itu. Hapus dahulu yang keliru."), code="overlap")
    season = Season.objects.create(instansi=instansi, start=start, end=end, source=source.strip())
    _calendars_changed(instansi, None)
    record("season.added", subject=season, by=by, after={"start": start, "end": end, "source": source})
    return season


@transaction.atomic
def remove_season(*, season: Season, by: Actor | None, reason: str) -> None:
    season = Season.objects.select_for_update(of=("self",)).select_related("instansi").get(pk=season.pk)
    permissions.check_can_manage_instansi(by, season.instansi_id)
    if not reason.strip():
        raise Refused(_("Tulis alasan penghapusan masa Ramadan ini."), code="reason")
    before = {"start": season.start, "end": season.end, "source": season.source}
    record("season.removed", subject=season, by=by, before=before, reason=reason)
    _calendars_changed(season.instansi, None)
    season.delete()


def _check_can_keep(by: Actor | None, instansi: Instansi, office: Office | None) -> None:
    if office is not None:
        permissions.check_can_manage(by, office.pk)
    else:
        permissions.check_can_manage_instansi(by, instansi.pk)


def _calendars_changed(instansi: Instansi, office: Office | None) -> None:
    """Every process builds the calendar anew when it sees another revision."""
    calendars = WorkCalendar.objects.filter(instansi=instansi)
    if office is not None:
        calendars = calendars.filter(office=office)
    calendars.update(revision=F("revision") + 1)
