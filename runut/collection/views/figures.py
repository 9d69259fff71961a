"""Riwayat angka: every version of a figure, who wrote it, why, with which evidence, and what was marked on it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from runut.collection import queries
from runut.collection.models import SIGNED, Figure, Sheet
from runut.organisation.requests import OfficeRequest


@require_safe
def figure(request: OfficeRequest, figure_id: int) -> HttpResponse:
    rows = Figure.objects.visible_to(request.actor).select_related(
        "indicator__indicator__sasaran", "period__office", "period__run", "unit", "pegawai"
    )
    found = get_object_or_404(rows, pk=figure_id)
    versions = queries.figure_history(found)
    signed = any(mark.kind in SIGNED for version in versions for mark in version.marks)
    papers = {version.paper.sheet_id for version in versions if version.paper is not None}
    # Whoever sees the figure in another sheet does not see the scan of this one.
    seen = Sheet.objects.visible_to(request.actor).filter(pk__in=papers) if papers else Sheet.objects.none()
    context = {"figure": found, "versions": versions, "may_report": signed, "seen": {sheet.pk for sheet in seen}}
    return render(request, "collection/figure.html", context)
