"""Riwayat angka: every version of a figure, who wrote it, why, with which evidence, and what was marked on it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from runut.collection import queries
from runut.collection.models import SIGNED, Figure
from runut.organisation.requests import OfficeRequest


@require_safe
def figure(request: OfficeRequest, figure_id: int) -> HttpResponse:
    rows = Figure.objects.visible_to(request.actor).select_related(
        "indicator__indicator__sasaran", "period__office", "period__run", "unit", "pegawai"
    )
    found = get_object_or_404(rows, pk=figure_id)
    versions = queries.figure_history(found)
    signed = any(mark.kind in SIGNED for version in versions for mark in version.marks)
    context = {"figure": found, "versions": versions, "may_report": signed}
    return render(request, "collection/figure.html", context)
