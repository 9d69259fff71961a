"""Scans of old papers whose figures came in from a table: which are missing, and laying one beside its rows."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from runut.collection import actions, permissions, queries
from runut.collection.forms_past import PastScanForm
from runut.collection.views.past import find_report, page_of, sent_file
from runut.lib.errors import Refused
from runut.organisation.models import Office
from runut.organisation.requests import OfficeRequest


@require_safe
def missing(request: OfficeRequest, office_id: int) -> HttpResponse:
    """The office's papers that have no scan yet."""
    office = get_object_or_404(Office.objects.visible_to(request.actor), pk=office_id)
    permissions.check_can_enter_past(request.actor, office)
    page = queries.papers_without_scan(office, request.actor, request.GET.get("halaman"))
    return render(request, "collection/past_scans.html", {"office": office, "page": page})


@require_POST
def attach(request: OfficeRequest, past_id: int) -> HttpResponse:
    """Lay a scan beside the rows of a paper."""
    report, form = find_report(request, past_id), PastScanForm(request.POST, request.FILES)
    permissions.check_can_enter_past(request.actor, report.period.office)
    if form.is_valid():
        try:
            actions.attach_past_scan(report=report, by=request.actor, upload=form.cleaned_data["file"])
        except Refused as refusal:
            form.add_error("file", refusal.sentence)
        else:
            messages.success(request, _("Pindaian tersimpan bersama dokumennya."))
            return redirect(report)
    return render(request, "collection/past_report.html", page_of(request, report) | {"form": form}, status=422)


@require_safe
def scan(request: OfficeRequest, past_id: int, scan_id: int) -> FileResponse:
    """A scan as a download, to whoever may see the paper."""
    return sent_file(get_object_or_404(find_report(request, past_id).scans, pk=scan_id))
