"""The tree of an office's performance (pohon kinerja), with what was achieved."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from runut.collection import queries
from runut.organisation.requests import OfficeRequest
from runut.planning.models import Plan


@require_safe
def tree(request: OfficeRequest, plan_id: int) -> HttpResponse:
    """Drawn and as a list, with the figures of the period that the address names, else of the latest with any."""
    plan = get_object_or_404(Plan.objects.visible_to(request.actor).select_related("office"), pk=plan_id)
    periods = queries.periods_of(plan, request.actor)
    asked = request.GET.get("periode", "")
    period = next((one for one in periods if str(one.pk) == asked), None)
    period = period or queries.period_to_show(plan, request.actor, periods)
    context = {
        "plan": plan, "periods": periods, "period": period, "grown": queries.grown(plan, request.actor, period),
    }  # fmt: skip
    return render(request, "collection/tree.html", context)
