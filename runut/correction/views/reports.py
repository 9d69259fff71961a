"""Reporting a figure as wrong, and the list from which reports are answered."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from runut.collection.models import Figure
from runut.collection.queries import holding_values
from runut.correction import actions, permissions, queries
from runut.correction.forms import ReasonForm, ReportForm
from runut.correction.models import ErrorReport, ReportState, Stage
from runut.lib.acts import is_id
from runut.lib.errors import Denied, Refused, Stale
from runut.organisation.requests import OfficeRequest


@require_http_methods(["GET", "POST"])
def report(request: OfficeRequest) -> HttpResponse:
    """Say what is wrong with a figure."""
    figure = _figure(request)
    form, status = ReportForm(request.POST or None, figure=figure), 200
    if request.method == "POST":
        status = 422
        try:
            if form.is_valid():
                data = form.cleaned_data
                actions.report_error(
                    figure=figure, by=request.actor, what=data["what"], proposed=data["proposed"],
                    stage=Stage(data["stage"]),
                )  # fmt: skip
                messages.success(request, _("Laporan Anda sudah disampaikan kepada pimpinan kantor."))
                return redirect("correction:reports")
        except Refused as refusal:
            _keep(form, refusal)
    value = holding_values([figure]).get(figure.pk)
    waiting = queries.open_reports([figure.pk]).get(figure.pk, [])
    case = queries.case_of_figure([figure.pk]).get(figure.pk)
    context = {"form": form, "figure": figure, "value": value, "waiting": waiting, "case": case}
    return render(request, "correction/report.html", context, status=status)


def _figure(request: OfficeRequest) -> Figure:
    pk = request.GET.get("figure", "") or request.POST.get("figure", "")
    if not is_id(pk):
        raise Http404
    rows = Figure.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("indicator", "period__office", "unit", "pegawai"), pk=int(pk))


def _keep(form: ReportForm | ReasonForm, refusal: Refused) -> None:
    """A refusal of what was typed stays on the page; somebody having been first does not."""
    if isinstance(refusal, Stale):
        raise refusal
    form.add_error(refusal.code if refusal.code in form.fields else None, refusal.sentence)


@require_safe
def reports(request: OfficeRequest) -> HttpResponse:
    """Open reports, those on one figure together; or the answered ones."""
    state = request.GET.get("status", "")
    state = state if state in ReportState.values else ReportState.OPEN
    groups = queries.report_groups(request.actor, state=state)
    tabs = [
        {"url": f"?status={value}", "label": label, "current": value == state} for value, label in ReportState.choices
    ]
    heads = {a.jabatan.office_id for a in request.actor.assignments if a.jabatan.heads_office}
    context = {"groups": groups, "tabs": tabs, "heads": heads, "is_open": state == ReportState.OPEN}
    return render(request, "correction/reports.html", context)


@require_http_methods(["GET", "POST"])
def decline(request: OfficeRequest, report_id: int) -> HttpResponse:
    """Answer that a figure stays as it is."""
    rows = ErrorReport.objects.visible_to(request.actor)
    found = get_object_or_404(rows.select_related("figure__indicator", "reported_by"), pk=report_id)
    form, status = ReasonForm(request.POST or None), 200
    if request.method == "POST":
        permissions.check_can_decide(request.actor, found.office_id)
        status = 422
        try:
            if form.is_valid():
                actions.decline_report(report=found, by=request.actor, reason=form.cleaned_data["reason"])
                messages.success(request, _("Laporan dijawab: angka tidak diperbaiki."))
                return redirect("correction:reports")
        except Refused as refusal:
            _keep(form, refusal)
    context = {"form": form, "report": found, "why_not": _why_not(request, found)}
    return render(request, "correction/decline.html", context, status=status)


def _why_not(request: OfficeRequest, found: ErrorReport) -> str:
    try:
        permissions.check_can_decide(request.actor, found.office_id)
    except Denied as refusal:
        return refusal.sentence
    return ""
