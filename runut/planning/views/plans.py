"""Planning documents: their versions, goals and objectives, and the register of what an office has."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.forms import Form
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from runut.lib.acts import is_id
from runut.lib.errors import Refused
from runut.organisation.models import Office
from runut.organisation.requests import OfficeRequest
from runut.planning import actions, queries
from runut.planning.forms_ending import PlanEndForm
from runut.planning.forms_plans import (
    GoalForm,
    ObjectiveForm,
    PlanForm,
    PlanRevisionForm,
    RegisterForm,
    RewordForm,
    WithdrawalForm,
)
from runut.planning.models import Indicator, Plan, Registered, Sasaran, Tujuan
from runut.planning.permissions import check_keeps, keeps

FIELDS = {
    "taken": "kind",
    "last_year": "last_year",
    "start": "start",
    "overlap": "start",
    "last_day": "last_day",
    "legal_basis": "legal_basis",
    "pegawai": "pegawai",
    "number": "number",
}
YEARS = range(2000, 2101)


@require_safe
def plans(request: OfficeRequest) -> HttpResponse:
    """The planning documents of an office, and how complete its register is for a year."""
    office, offices = chosen_office(request)
    if office is None:
        return render(request, "planning/plans.html", {"offices": []})
    year = chosen_year(request)
    context = {
        "offices": offices, "office_of": office, "year": year, "may_keep": keeps(request.actor, office.pk),
        "plans": queries.plans_of(request.actor, office), "missing": queries.completeness(office, year),
        "registered": queries.registered_of(request.actor, office, year),
    }  # fmt: skip
    return render(request, "planning/plans.html", context)


@require_safe
def plan(request: OfficeRequest, plan_id: int) -> HttpResponse:
    """One version of a plan: its goals and objectives, and its other versions."""
    found = find(request, plan_id)
    context = {
        "plan": found, "versions": queries.versions_of(found), "chapters": queries.chapters_of(found),
        "rewordings": queries.rewordings_of(found),
        "may_keep": keeps(request.actor, found.office_id) and found.end is None,
        "tree": queries.tree_of(found, request.actor) if found.end else None,
        "beside": queries.held_with(found) if found.end is None else None,
    }  # fmt: skip
    return render(request, "planning/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_plan(request: OfficeRequest, office_id: int) -> HttpResponse:
    office = kept_office(request, office_id)
    opens = {"year": timezone.localdate().year, "start": timezone.localdate().replace(month=1, day=1)}
    form = PlanForm(request.POST or None, initial=opens)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_plan(office=office, drawn=form.drawn(), by=request.actor)
        except Refused as refused:
            say(form, refused)
        else:
            messages.success(request, _("Dokumen tersimpan. Tambahkan tujuan dan sasarannya."))
            return redirect(made)
    return page_of_form(request, form, _("Tambah dokumen perencanaan"), _("Simpan"), back=None)


@require_http_methods(["GET", "HEAD", "POST"])
def revise_plan(request: OfficeRequest, plan_id: int) -> HttpResponse:
    found = find(request, plan_id)
    check_keeps(request.actor, found.office_id)
    form = PlanRevisionForm(request.POST or None, plan=found, initial={"start": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.revise_plan(plan=found, by=request.actor, **form.cleaned_data)
        except Refused as refused:
            say(form, refused)
        else:
            messages.success(
                request, _("%(version)s dibuat. Versi sebelumnya tetap dapat dibaca.") % {"version": made.version_words}
            )
            return redirect(made)
    return page_of_form(request, form, _("Buat perubahan"), _("Buat perubahan"), back=found)


@require_http_methods(["GET", "HEAD", "POST"])
def end_plan(request: OfficeRequest, plan_id: int) -> HttpResponse:
    """End a plan for good, so that another one can follow."""
    found = find(request, plan_id)
    check_keeps(request.actor, found.office_id)
    form = PlanEndForm(request.POST or None, measures=queries.measures_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_plan(plan=found, by=request.actor, **form.ending())
        except Refused as refused:
            say(form, refused)
        else:
            messages.success(request, _ended(form.ending()["indicators"]))
            return redirect(found)
    return page_of_form(request, form, _("Akhiri dokumen"), _("Akhiri"), back=found)


def _ended(indicators: Sequence[Indicator]) -> str:
    sentence = _("Dokumen ini diakhiri dan tetap dapat dibaca.")
    if not indicators:
        return sentence
    return " ".join([sentence, _("Ikut diakhiri: %(codes)s.") % {"codes": ", ".join(one.code for one in indicators)}])


@require_http_methods(["GET", "HEAD", "POST"])
def add_goal(request: OfficeRequest, plan_id: int) -> HttpResponse:
    found = find(request, plan_id)
    check_keeps(request.actor, found.office_id)
    form = GoalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_goal(plan=found, text=form.cleaned_data["text"], by=request.actor)
        messages.success(request, _("Tujuan tersimpan."))
        return redirect(found)
    return page_of_form(request, form, _("Tambah tujuan"), _("Simpan"), back=found)


@require_http_methods(["GET", "HEAD", "POST"])
def add_objective(request: OfficeRequest, plan_id: int) -> HttpResponse:
    found = find(request, plan_id)
    check_keeps(request.actor, found.office_id)
    form = ObjectiveForm(request.POST or None, plan=found, initial={"goal": request.GET.get("tujuan")})
    if request.method == "POST" and form.is_valid():
        actions.add_objective(plan=found, by=request.actor, **form.cleaned_data)
        messages.success(request, _("Sasaran tersimpan."))
        return redirect(found)
    return page_of_form(request, form, _("Tambah sasaran"), _("Simpan"), back=found)


@require_http_methods(["GET", "HEAD", "POST"])
def reword(request: OfficeRequest, plan_id: int, kind: str, node_id: int) -> HttpResponse:
    """Put a goal or an objective in other words."""
    found = find(request, plan_id)
    check_keeps(request.actor, found.office_id)
    node: Tujuan | Sasaran
    if kind == "tujuan":
        node = get_object_or_404(Tujuan, pk=node_id, plan=found)
    else:
        node = get_object_or_404(Sasaran, pk=node_id, plan=found)
    form = RewordForm(request.POST or None, initial={"text": node.text})
    if request.method == "POST" and form.is_valid():
        actions.reword(node=node, by=request.actor, **form.cleaned_data)
        messages.success(request, _("Tersimpan."))
        return redirect(found)
    return page_of_form(request, form, _("Tulis ulang"), _("Simpan"), back=found)


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: OfficeRequest, office_id: int) -> HttpResponse:
    """Enter a document in the register."""
    office = kept_office(request, office_id)
    opens = {"year": chosen_year(request), "kind": request.GET.get("jenis", "")}
    bound = request.method == "POST"
    form = RegisterForm(request.POST if bound else None, request.FILES if bound else None, office=office, initial=opens)
    if bound and form.is_valid():
        try:
            row = actions.register_document(
                office=office, deed=form.deed(), upload=form.cleaned_data["file"], by=request.actor
            )
        except Refused as refused:
            say(form, refused, "file")
        else:
            messages.success(request, _("%(title)s terdaftar.") % {"title": row.title})
            return redirect(f"{reverse('planning:plans')}?kantor={office.pk}&tahun={row.year}")
    return page_of_form(request, form, _("Daftarkan dokumen"), _("Daftarkan"), back=None)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: OfficeRequest, registered_id: int) -> HttpResponse:
    """Take a registered document back."""
    row = get_object_or_404(Registered.objects.visible_to(request.actor), pk=registered_id)
    check_keeps(request.actor, row.office_id)
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_document(row=row, by=request.actor, **form.cleaned_data)
        except Refused as refused:
            say(form, refused)
        else:
            messages.success(request, _("%(title)s ditarik dari daftar.") % {"title": row.title})
            return redirect(f"{reverse('planning:plans')}?kantor={row.office_id}&tahun={row.year}#daftar")
    heading = _("Tarik %(title)s dari daftar") % {"title": row.title}
    return page_of_form(request, form, heading, _("Tarik"), back=None)


@require_safe
def registered(request: OfficeRequest, registered_id: int) -> HttpResponseBase:
    """The file of a registered document, as a download."""
    rows = Registered.objects.visible_to(request.actor).exclude(file="")
    found = get_object_or_404(rows, pk=registered_id)
    answer = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.file_name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def find(request: OfficeRequest, plan_id: int) -> Plan:
    """A plan that the person may see, else 404."""
    return get_object_or_404(Plan.objects.visible_to(request.actor).select_related("office"), pk=plan_id)


def chosen_office(request: OfficeRequest) -> tuple[Office | None, list[Office]]:
    """The office that the address names, else the first of the person's; and all of the person's."""
    offices = list(Office.objects.visible_to(request.actor).order_by("name"))
    asked = request.GET.get("kantor", "")
    if is_id(asked):
        return get_object_or_404(Office.objects.visible_to(request.actor), pk=asked), offices
    return (offices[0] if offices else None), offices


def chosen_year(request: OfficeRequest) -> int:
    asked = request.GET.get("tahun", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and int(asked) in YEARS else timezone.localdate().year


def kept_office(request: OfficeRequest, office_id: int) -> Office:
    """An office whose plans the person keeps; 404 where it is not seen, 403 where it is not kept."""
    office = get_object_or_404(Office.objects.visible_to(request.actor), pk=office_id)
    check_keeps(request.actor, office.pk)
    return office


def say(form: Form, refused: Refused, other: str | None = None) -> None:
    """Put a refusal at the field that it is about."""
    field = FIELDS.get(refused.code, other)
    form.add_error(field if field in form.fields else None, refused.sentence)


def page_of_form(request: OfficeRequest, form: Form, heading: str, verb: str, *, back: object) -> HttpResponse:
    """One form on a page of its own; `back` is the row that it belongs to, None for the list of plans."""
    context = {"form": form, "heading": heading, "verb": verb, "back": back}
    return render(request, "planning/form.html", context, status=422 if form.is_bound else 200)
