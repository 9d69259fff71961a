"""When the office works: hours, holidays, Ramadan."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from runut.lib.errors import Refused
from runut.lib.fields import OfficerForm
from runut.organisation import actions, permissions, queries
from runut.organisation.forms.offices import CalendarForm, HolidayForm, ReasonForm, SeasonForm, YearForm
from runut.organisation.models import Holiday, Office, Season
from runut.organisation.requests import OfficeRequest
from runut.organisation.rules import WEEKDAYS


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: OfficeRequest) -> HttpResponse:
    """Working hours to change, and the days that are free."""
    office = permissions.office_to_manage(request.actor)
    form = CalendarForm(request.POST or None, initial=_now(office))
    if request.method == "POST" and form.is_valid():
        hours, ramadan = form.hours("day"), form.hours("ramadan")
        zone = form.cleaned_data["zone"]
        try:
            actions.update_calendar(office=office, zone=zone, hours=hours, ramadan_hours=ramadan, by=request.actor)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("Jam kerja tersimpan. Batas waktu berikutnya mengikuti jam ini."))
            return redirect("organisation:calendar")
    return _page(request, office, form=form)


@require_POST
def add_holiday(request: OfficeRequest) -> HttpResponse:
    office, form = permissions.office_to_manage(request.actor), HolidayForm(request.POST, auto_id="libur_%s")

    def add(given: dict[str, object]) -> str:
        only_here = given.pop("only_here")
        actions.add_holiday(
            instansi=office.instansi,
            office=office if only_here else None,
            by=request.actor,
            **given,  # type: ignore[arg-type]
        )
        return _("Hari libur tercatat.")

    return _act(request, office, "holiday_form", form, add)


@require_POST
def fill_holidays(request: OfficeRequest) -> HttpResponse:
    office, form = permissions.office_to_manage(request.actor), YearForm(request.POST, auto_id="tahun_%s")

    def fill(given: dict[str, object]) -> str:
        rows = actions.fill_holidays(instansi=office.instansi, by=request.actor, **given)  # type: ignore[arg-type]
        return _("%(n)d hari libur diusulkan. Cocokkan satu per satu dengan SKB.") % {"n": len(rows)}

    return _act(request, office, "year_form", form, fill)


@require_POST
def remove_holiday(request: OfficeRequest, holiday_id: int) -> HttpResponse:
    office, form = permissions.office_to_manage(request.actor), ReasonForm(request.POST, auto_id="alasan_%s")
    holiday = get_object_or_404(Holiday, pk=holiday_id, instansi=office.instansi_id)

    def remove(given: dict[str, object]) -> str:
        actions.remove_holiday(holiday=holiday, by=request.actor, **given)  # type: ignore[arg-type]
        return _("Hari libur dihapus.")

    return _act(request, office, "reason_form", form, remove)


@require_POST
def add_season(request: OfficeRequest) -> HttpResponse:
    office, form = permissions.office_to_manage(request.actor), SeasonForm(request.POST, auto_id="ramadan_%s")

    def add(given: dict[str, object]) -> str:
        actions.add_season(instansi=office.instansi, by=request.actor, **given)  # type: ignore[arg-type]
        return _("Masa Ramadan tercatat.")

    return _act(request, office, "season_form", form, add)


@require_POST
def remove_season(request: OfficeRequest, season_id: int) -> HttpResponse:
    office, form = permissions.office_to_manage(request.actor), ReasonForm(request.POST, auto_id="alasan_%s")
    season = get_object_or_404(Season, pk=season_id, instansi=office.instansi_id)

    def remove(given: dict[str, object]) -> str:
        actions.remove_season(season=season, by=request.actor, **given)  # type: ignore[arg-type]
        return _("Masa Ramadan dihapus.")

    return _act(request, office, "reason_form", form, remove)


def _act(
    request: OfficeRequest, office: Office, name: str, form: OfficerForm, act: Callable[[dict[str, object]], str]
) -> HttpResponse:
    """Do what a small form of the page asks for; with mistakes the page comes back with what was typed."""
    if form.is_valid():
        try:
            messages.success(request, act(dict(form.cleaned_data)))
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            return redirect("organisation:calendar")
    return _page(request, office, **{name: form})


def _page(request: OfficeRequest, office: Office, **forms: OfficerForm) -> HttpResponse:
    context = {
        "form": CalendarForm(initial=_now(office)),
        "holiday_form": HolidayForm(auto_id="libur_%s"),
        "season_form": SeasonForm(auto_id="ramadan_%s"),
        "year_form": YearForm(auto_id="tahun_%s", initial={"year": timezone.localdate().year}),
        "office_of": office,
        "holidays": queries.holidays_of(office, since=timezone.localdate().replace(month=1, day=1)),
        "seasons": Season.objects.filter(instansi=office.instansi_id).order_by("-start"),
        **forms,
    }
    wrong = any(form.is_bound and form.errors for form in forms.values())
    return render(request, "organisation/calendar.html", context, status=422 if wrong else 200)


def _now(office: Office) -> dict[str, object]:
    row = office.calendar
    return {
        "zone": row.zone,
        **{f"day_{day}": row.hours.get(str(day), []) for day in WEEKDAYS},
        **{f"ramadan_{day}": row.ramadan_hours.get(str(day), []) for day in WEEKDAYS},
    }
