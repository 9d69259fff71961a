"""A year beside its quarters: starting it, and the page that leads to each."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from runut.collection import actions, permissions, queries
from runut.collection.forms_years import QuartersForm, YearForm, YearTitleForm
from runut.collection.models import Period, YearRun
from runut.lib.dates import in_terms
from runut.lib.errors import Refused
from runut.organisation.permissions import manages
from runut.organisation.requests import OfficeRequest
from runut.sop.models import Run, Sop


@require_http_methods(["GET", "POST"])
def start(request: OfficeRequest) -> HttpResponse:
    """Choose the procedure and the year; its quarters stand there with their state before it begins."""
    startable = queries.startable(request.actor)
    choices = [(each.pk, each.title) for each in startable]
    last = timezone.localdate().year - 1
    if startable and queries.report_written(startable[0], last):
        last += 1
    proposed: dict[str, object] = {"sop": choices[0][0] if choices else "", "tahun": last}
    form = YearForm(request.GET if "tahun" in request.GET else proposed, choices)
    context: dict[str, object] = {"form": form, "choices": choices, "manages": manages(request.actor)}
    context["others"] = [] if choices else queries.who_starts(request.actor)
    if choices and form.is_valid():
        sop = next(each for each in startable if each.pk == form.cleaned_data["sop"])
        shown = _of_year(request, sop, form.cleaned_data["tahun"])
        if isinstance(shown, HttpResponse):
            return shown
        context |= shown
    return render(request, "collection/start_year.html", context, status=422 if request.method == "POST" else 200)


def _of_year(request: OfficeRequest, sop: Sop, year: int) -> HttpResponse | dict[str, object]:
    """What the page shows of a year; when it was begun, where it goes on."""
    post = request.POST if request.method == "POST" else None
    basis = queries.basis_of_sop(sop)
    quarters = QuartersForm(queries.quarters_of(sop.office, basis, year), post, needs_all=True)
    whole = Period(office=sop.office, year=year, quarter=0)
    title = YearTitleForm(post, _("Data kinerja %(period)s") % {"period": whole.name})
    if post is not None and title.is_valid():
        try:
            run = actions.start_year(
                sop=sop, by=request.actor, year=year, title=title.cleaned_data["title"],
                reasons=quarters.reasons, key=title.cleaned_data["key"],
            )  # fmt: skip
        except Refused as refusal:
            title.add_error(None, refusal.sentence)
        else:
            words = _("SOP dimulai. Formulir setahun diisi lebih dulu dari angka triwulannya.")
            messages.success(request, in_terms(words, sop.office.terms))
            return redirect(queries.first_task(run) or run)
    return {
        "quarters": quarters, "title": title, "whole": whole, "known": queries.open_year(sop.office, basis, year),
        "written": queries.report_written(sop, year),
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
def year(request: OfficeRequest, run_id: int) -> HttpResponse:
    """The year and its four quarters: how far each is, and why one is wanting."""
    seen = Run.objects.visible_to(request.actor).filter(pk=run_id)
    found = get_object_or_404(YearRun.objects.select_related("run__office"), run__in=seen.values("pk"))
    post = request.POST if request.method == "POST" else None
    quarters = QuartersForm(queries.quarters_of_run(found), post)
    if post is not None:
        actions.explain_quarters(run=found.run, by=request.actor, reasons=quarters.reasons)
        messages.success(request, _("Alasan tersimpan dan tercetak dalam laporan tahun itu."))
        return redirect(found)
    closed = queries.reasons_closed(found.run)
    context = {
        "year": found,
        "whole": Period(office=found.run.office, year=found.year, quarter=0),
        "period": Period.objects.filter(run=found.run_id).select_related("office").first(),
        "quarters": quarters,
        "may_explain": not closed and permissions.may_explain(request.actor, found.run),
        "closed": closed,
    }
    return render(request, "collection/year.html", context)
