"""Programs down to sub-activities, their money and who answers for them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from runut.lib.errors import Refused
from runut.organisation.requests import OfficeRequest
from runut.planning import actions, queries
from runut.planning.forms_plans import ActivityForm, BudgetForm, NewActivityForm, StakeholderForm
from runut.planning.models import Kegiatan
from runut.planning.permissions import check_keeps, keeps
from runut.planning.views.plans import YEARS, chosen_office, chosen_year, kept_office, page_of_form

FIELDS = {
    "code": "code",
    "basis": "basis",
    "spent": None,
    "why_over": "why_over",
    "pegawai": "pegawai",
    "start": "start",
    "unit": "unit",
}


@require_safe
def activities(request: OfficeRequest) -> HttpResponse:
    """All programs, activities and sub-activities of an office, with the money of a year."""
    office, offices = chosen_office(request)
    if office is None:
        return render(request, "planning/activities.html", {"offices": []})
    year = chosen_year(request)
    context = {
        "offices": offices, "office_of": office, "year": year, "may_keep": keeps(request.actor, office.pk),
        "rows": queries.activity_rows(office, year, timezone.localdate()),
    }  # fmt: skip
    return render(request, "planning/activities.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_activity(request: OfficeRequest, office_id: int) -> HttpResponse:
    office = kept_office(request, office_id)
    form = NewActivityForm(request.POST or None, office=office)
    if request.method == "POST" and form.is_valid():
        code, nomenclature = form.cleaned_data["code"], form.cleaned_data["nomenclature"]
        try:
            made = actions.define_activity(
                office=office, code=code, nomenclature=nomenclature, named=form.named(), by=request.actor
            )
        except Refused as refused:
            form.add_error(FIELDS.get(refused.code), refused.sentence)
        else:
            messages.success(request, _("%(code)s tersimpan.") % {"code": made.code})
            if doubt := queries.doubt_about(made.code, office):
                messages.warning(request, doubt)
            return redirect(_list_of(made))
    return page_of_form(request, form, _("Tambah program atau kegiatan"), _("Simpan"), back=None)


@require_http_methods(["GET", "HEAD", "POST"])
def activity(request: OfficeRequest, kegiatan_id: int) -> HttpResponse:
    """Another name, unit or objective."""
    found = find(request, kegiatan_id)
    form = ActivityForm(request.POST or None, office=found.office, initial=ActivityForm.values_of(found))
    if request.method == "POST" and form.is_valid():
        actions.change_activity(kegiatan=found, named=form.named(), by=request.actor)
        messages.success(request, _("%(code)s tersimpan.") % {"code": found.code})
        return redirect(_list_of(found))
    return page_of_form(request, form, str(found), _("Simpan"), back=None)


@require_http_methods(["GET", "HEAD", "POST"])
def budget(request: OfficeRequest, kegiatan_id: int, year: int) -> HttpResponse:
    """The ceiling of a year and what was spent of it."""
    found = find(request, kegiatan_id)
    if year not in YEARS:
        raise Http404
    form = BudgetForm(request.POST or None, known=queries.budget_of(found, year), terms=found.office.terms)
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("basis", "why_over")}
        try:
            actions.set_budget(kegiatan=found, year=year, amounts=form.amounts(), by=request.actor, **words)
        except Refused as refused:
            if refused.code == "why_over":
                form.ask_why_over()
            form.add_error(FIELDS.get(refused.code), refused.sentence)
        else:
            saved = _("Anggaran %(code)s tersimpan.") % {"code": found.code}
            messages.success(request, " ".join([saved, *form.understood()]))
            return redirect(f"{_list_of(found)}&tahun={year}")
    heading = _("Anggaran %(year)s · %(code)s") % {"year": year, "code": found.code}
    return page_of_form(request, form, heading, _("Simpan anggaran"), back=None)


@require_http_methods(["GET", "HEAD", "POST"])
def stakeholder(request: OfficeRequest, kegiatan_id: int) -> HttpResponse:
    """Who answers for an activity from a day on."""
    found = find(request, kegiatan_id)
    form = StakeholderForm(request.POST or None, office=found.office, initial={"start": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.appoint(kegiatan=found, by=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(FIELDS.get(refused.code), refused.sentence)
        else:
            messages.success(request, _("PPTK %(code)s ditetapkan.") % {"code": found.code})
            return redirect(_list_of(found))
    return page_of_form(request, form, _("PPTK · %(code)s") % {"code": found.code}, _("Tetapkan PPTK"), back=None)


def find(request: OfficeRequest, kegiatan_id: int) -> Kegiatan:
    """An activity of an office whose plans the person keeps; 404 where it is not seen, 403 where it is not kept."""
    found = get_object_or_404(Kegiatan.objects.visible_to(request.actor).select_related("office"), pk=kegiatan_id)
    check_keeps(request.actor, found.office_id)
    return found


def _list_of(kegiatan: Kegiatan) -> str:
    return f"{reverse('planning:activities')}?kantor={kegiatan.office_id}"
