"""The dictionary of indicators and the targets of each year."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from runut.lib.errors import Refused
from runut.lib.fields import OfficerForm
from runut.organisation.requests import OfficeRequest
from runut.planning import actions, queries
from runut.planning.forms import HangsForm, NewIndicatorForm, RevisionForm, TargetsForm
from runut.planning.forms_ending import IndicatorEndForm, ResumptionForm
from runut.planning.models import Indicator, IndicatorVersion
from runut.planning.permissions import check_keeps, keeps
from runut.planning.views.plans import YEARS, chosen_office, kept_office

LINES = 50
FIELDS = {"taken": "code", "owner": "unit", "start": "start", "basis": "basis"}


@require_safe
def indicators(request: OfficeRequest) -> HttpResponse:
    """The dictionary of the offices that the person works in, office by office."""
    office, offices = chosen_office(request)
    if office is None:
        return render(request, "planning/indicators.html", {"offices": [], "q": ""})
    search, ended = request.GET.get("q", "").strip()[:100], request.GET.get("keadaan") == "berakhir"
    found, others = queries.found_indicators(request.actor, office, search, ended=ended)
    page = Paginator(found, LINES).get_page(request.GET.get("halaman"))
    today = timezone.localdate()
    year = today.year
    context = {
        "offices": offices, "office_of": office, "may_keep": keeps(request.actor, office.pk), "q": search, "page": page,
        "query": urlencode({"kantor": office.pk, "q": search} | ({"keadaan": "berakhir"} if ended else {})),
        "today": today, "year": year, "ended": ended, "others": others.count(),
        "others_query": urlencode({"kantor": office.pk, "q": search} | ({} if ended else {"keadaan": "berakhir"})),
        "entries": queries.entries_of(list(page.object_list), request.actor, office, year),
    }  # fmt: skip
    context["left_out"] = queries.left_out_of_files(office) if context["may_keep"] else ""
    return render(request, "planning/indicators.html", context)


@require_safe
def printed_indicators(request: OfficeRequest) -> HttpResponse:
    """The dictionary of one office as it is in force today, whole, for paper."""
    office, _offices = chosen_office(request)
    if office is None:
        raise Http404
    today = timezone.localdate()
    context = {"office_of": office, "today": today, "lines": queries.defined_on(today, request.actor, office)}
    return render(request, "planning/printed_indicators.html", context)


@require_safe
def indicator(request: OfficeRequest, indicator_id: int) -> HttpResponse:
    """One indicator: its definition, its versions, its targets, and what it lacks."""
    found, year = find(request, indicator_id), timezone.localdate().year
    versions, today = queries.history_of(found), timezone.localdate()
    [entry] = queries.entries_of([found], request.actor, found.office, year)
    targets = queries.target_history(found)
    context = {
        "indicator": found, "version": queries.in_force(versions, today), "history": queries.changes_of(versions),
        "targets": targets, "year": year, "hints": entry.hints, "may_keep": keeps(request.actor, found.office_id),
        "of_office": queries.scale_on(found.office_id, today), "last": versions[0],
        "why_ended": queries.why_ended(found) if versions[0].end else "",
    }  # fmt: skip
    return render(request, "planning/indicator.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_indicator(request: OfficeRequest, office_id: int) -> HttpResponse:
    office = kept_office(request, office_id)
    opens = {"start": timezone.localdate().replace(month=1, day=1), "polarity": "positive", "value_type": "number"}
    form = NewIndicatorForm(request.POST or None, office=office, initial=opens)
    hangs = HangsForm(request.POST or None, office=office, actor=request.actor)
    if request.method == "POST" and form.is_valid() & hangs.is_valid():
        place = form.place(hangs.hangs())
        try:
            made = actions.define_indicator(
                office=office, place=place, particulars=form.particulars(), by=request.actor
            )
        except Refused as refused:
            blame(refused, form, hangs)
        else:
            messages.success(request, _("Indikator %(code)s tersimpan. Isi targetnya.") % {"code": made.code})
            return redirect("planning:targets", made.pk, timezone.localdate().year)
    context = {"form": form, "hangs": hangs, "office_of": office}
    return render(request, "planning/indicator_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def hang_indicator(request: OfficeRequest, indicator_id: int) -> HttpResponse:
    """Hang an indicator elsewhere in the tree."""
    found = find(request, indicator_id)
    check_keeps(request.actor, found.office_id)
    opens = HangsForm.values_of_place(found)
    form = HangsForm(request.POST or None, office=found.office, actor=request.actor, initial=opens)
    if request.method == "POST" and form.is_valid():
        try:
            actions.hang_indicator(indicator=found, hangs=form.hangs(), by=request.actor)
        except Refused as refused:
            blame(refused, form)
        else:
            messages.success(request, _("Tempat %(code)s tersimpan.") % {"code": found.code})
            return redirect(found)
    context = {"form": form, "heading": _("Tempat dalam pohon kinerja"), "verb": _("Simpan"), "back": found}
    return render(request, "planning/form.html", context, status=422 if form.is_bound else 200)


def blame(refused: Refused, *forms: OfficerForm) -> None:
    """Put a refusal at the field that it is about, in the form that has it, else on top of the first form."""
    name = FIELDS.get(refused.code, refused.code)
    form = next((one for one in forms if name in one.fields), None)
    (form or forms[0]).add_error(name if form else None, refused.sentence)


@require_http_methods(["GET", "HEAD", "POST"])
def revise_indicator(request: OfficeRequest, indicator_id: int) -> HttpResponse:
    found = find(request, indicator_id)
    check_keeps(request.actor, found.office_id)
    last = queries.history_of(found)[0]
    opens = RevisionForm.values_of(last, timezone.localdate())
    kind = ResumptionForm if last.end else RevisionForm
    form = kind(request.POST or None, office=found.office, last=last, initial=opens)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.revise_indicator(
                indicator=found, particulars=form.particulars(), by=request.actor, **form.revision()
            )
        except Refused as refused:
            blame(refused, form)
        else:
            messages.success(request, _revised(made, found, last))
            return redirect(found)
    context = {"form": form, "indicator": found, "last": last}
    return render(request, "planning/indicator_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def end_indicator(request: OfficeRequest, indicator_id: int) -> HttpResponse:
    """End an indicator for good; a new version puts it in force again."""
    found = find(request, indicator_id)
    check_keeps(request.actor, found.office_id)
    form = IndicatorEndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_indicator(indicator=found, by=request.actor, **form.cleaned_data)
        except Refused as refused:
            blame(refused, form)
        else:
            messages.success(request, _("Indikator %(code)s diakhiri.") % {"code": found.code})
            return redirect(found)
    context = {"form": form, "indicator": found, "version": queries.history_of(found)[0]}
    return render(request, "planning/indicator_end.html", context, status=422 if form.is_bound else 200)


def _revised(made: IndicatorVersion, found: Indicator, before: IndicatorVersion) -> str:
    words = {"code": found.code, "period": queries.first_period(made, found.office.terms)}
    if made.no != before.no and before.end is not None:
        return _("Indikator %(code)s berlaku lagi mulai %(period)s.") % words
    if made.no != before.no:
        return _("Versi baru indikator %(code)s tersimpan, berlaku mulai %(period)s.") % words
    return _("Narahubung indikator %(code)s tersimpan. Definisinya tetap, tanpa versi baru.") % words


@require_http_methods(["GET", "HEAD", "POST"])
def targets(request: OfficeRequest, indicator_id: int, year: int) -> HttpResponse:
    found = find(request, indicator_id)
    check_keeps(request.actor, found.office_id)
    if year not in YEARS:
        raise Http404
    known = {quarter: row for (_year, quarter), row in queries.targets_of([found.pk], [year])[found.pk].items()}
    version = queries.in_force(queries.history_of(found), queries.period_end(year, 0))
    form = TargetsForm(request.POST or None, known=known, version=version)
    if request.method == "POST" and form.is_valid() and (changes := form.changes()) is not None:
        basis = form.cleaned_data["basis"]
        try:
            actions.set_targets(indicator=found, year=year, changes=changes, basis=basis, by=request.actor)
        except Refused as refused:
            form.add_error(FIELDS.get(refused.code), refused.sentence)
        else:
            understood, odd = form.remarks(changes)
            saved = _("Target %(year)s tersimpan.") % {"year": year}
            messages.success(request, " ".join([saved, *understood]))
            for doubt in odd:
                messages.warning(request, doubt)
            return redirect(found)
    context = {"form": form, "indicator": found, "version": version, "year": year}
    return render(request, "planning/targets.html", context, status=422 if form.is_bound else 200)


def find(request: OfficeRequest, indicator_id: int) -> Indicator:
    """An indicator that the person may see, else 404."""
    rows = Indicator.objects.visible_to(request.actor).select_related(
        "office", "unit", "pegawai", "sasaran", "tujuan", "kegiatan", "serves", "jabatan"
    )
    return get_object_or_404(rows, pk=indicator_id)
