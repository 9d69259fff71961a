"""Periods that never ran here: copying a signed report, and the report with what was copied from it."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from runut.collection import actions, permissions, queries
from runut.collection.forms_past import CopiedForm, PaperForm, PastPeriodForm, PastScanForm
from runut.collection.models import PastReport, PastScan, Period
from runut.collection.rules import check_is_over
from runut.lib.errors import Refused
from runut.organisation.models import Office
from runut.organisation.queries import local_day
from runut.organisation.requests import OfficeRequest
from runut.planning.queries import period_end


@require_http_methods(["GET", "POST"])
def enter(request: OfficeRequest) -> HttpResponse:
    """Choose the period and whose figures; then copy them with the paper they stand on."""
    offices = permissions.offices_to_enter_past(request.actor)
    office = next((each for each in offices if str(each.pk) == request.GET.get("kantor")), offices[0])
    choice = _choice(request, offices, office)
    context: dict[str, object] = {"choice": choice, "office": office}
    context["lacking"] = queries.papers_without_scan(office, request.actor).paginator.count
    if not (choice.is_bound and choice.is_valid()):
        return render(request, "collection/past.html", context, status=422 if request.method == "POST" else 200)
    post = request.POST if request.method == "POST" else None
    paper = PaperForm(post, request.FILES if post else None)
    basis, members = choice.members
    year, quarter = choice.cleaned_data["tahun"], choice.cleaned_data["triwulan"]
    wanted = Period(office=office, year=year, quarter=quarter, basis=basis)
    copied = CopiedForm(queries.past_rows(office, basis, year, quarter, members=members), post)
    if post is not None and paper.is_valid() and copied.is_valid():
        report = _keep(request, wanted, paper, copied)
        if report is not None:
            return redirect(report)
    context |= {"wanted": wanted, "paper": paper, "copied": copied, "refusal": _refusal(wanted)}
    context["blocking"] = queries.blocking_period(wanted)
    return render(request, "collection/past.html", context, status=422 if post is not None else 200)


def _choice(request: OfficeRequest, offices: list[Office], office: Office) -> PastPeriodForm:
    year = local_day(office, timezone.now()).year - 1
    data = request.GET if "tahun" in request.GET else None
    initial: dict[str, object] = {"tahun": year, "triwulan": 4, "kantor": office.pk}
    return PastPeriodForm(data, offices, queries.subjects_of(office), initial)


def _refusal(wanted: Period) -> str:
    """Why nothing is copied for the period as a whole."""
    today = local_day(wanted.office, timezone.now())
    try:
        check_is_over(period_end(wanted.year, wanted.quarter), today, wanted.name)
    except Refused as refusal:
        return refusal.sentence
    return ""


def _keep(request: OfficeRequest, wanted: Period, paper: PaperForm, copied: CopiedForm) -> PastReport | None:
    """The report, or None with what was wrong said at its field."""
    try:
        report = actions.enter_past_report(
            office=wanted.office, by=request.actor, year=wanted.year, quarter=wanted.quarter,
            basis="unit" if wanted.basis == "unit" else "pegawai", rows=copied.inputs, source=paper.source,
            upload=paper.cleaned_data["file"],
        )  # fmt: skip
    except Refused as refusal:
        field = "file" if refusal.code == "upload" else refusal.code
        paper.add_error(field if field in paper.fields else None, refusal.sentence)
        return None
    messages.success(request, _("Dokumen lama tersimpan. Angkanya menjadi versi pertama periode itu."))
    return report


def find_report(request: OfficeRequest, past_id: int) -> PastReport:
    rows = PastReport.objects.visible_to(request.actor).select_related("period__office", "by")
    return get_object_or_404(rows, pk=past_id)


@require_safe
def report(request: OfficeRequest, past_id: int) -> HttpResponse:
    """The paper, and every figure that was copied from it, as it stands now."""
    return render(request, "collection/past_report.html", page_of(request, find_report(request, past_id)))


def page_of(request: OfficeRequest, found: PastReport) -> dict[str, object]:
    """What the page of a paper shows."""
    return {
        "report": found, "figures": queries.figures_of_report(found),
        "scans": found.scans.select_related("by").order_by("pk"), "form": PastScanForm(),
        "may_enter": permissions.may_enter_past(request.actor, found.period.office),
    }  # fmt: skip


@require_safe
def scan(request: OfficeRequest, past_id: int) -> FileResponse:
    """The scan as a download, to whoever may see the report."""
    return sent_file(find_report(request, past_id))


def sent_file(kept: PastReport | PastScan) -> FileResponse:
    """A file that was kept, as a download."""
    answer = FileResponse(kept.file.open("rb"), as_attachment=True, filename=kept.name, content_type=kept.content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
