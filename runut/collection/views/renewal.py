"""Renewing forms to the definitions and targets in force: one form, or all that a period has out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from runut.collection import actions, permissions, queries
from runut.collection.models import Period, Sheet
from runut.collection.rules import EDITABLE
from runut.organisation.requests import OfficeRequest


@require_POST
def renew_form(request: OfficeRequest, sheet_id: int) -> HttpResponse:
    """The form that one fills in."""
    sheet = get_object_or_404(Sheet.objects.visible_to(request.actor), pk=sheet_id)
    actions.renew_form(sheet=sheet, by=request.actor)
    messages.success(request, _("Formulir sudah memakai definisi dan target yang berlaku. Isian Anda tetap ada."))
    return redirect(sheet)


@require_http_methods(["GET", "POST"])
def renew_forms(request: OfficeRequest, period_id: int) -> HttpResponse:
    """What has changed since the forms went out, and which forms it concerns; then all of them take it."""
    rows = Period.objects.visible_to(request.actor).select_related("office", "run")
    period = get_object_or_404(rows, pk=period_id, run__isnull=False)
    permissions.check_can_follow_up(request.actor, period.collected_by)
    if request.method == "POST":
        count = actions.renew_forms(period=period, by=request.actor)
        done = ngettext("%(n)s formulir sudah diperbarui.", "%(n)s formulir sudah diperbarui.", count)
        messages.success(request, done % {"n": count})
        return redirect(period)
    context = {
        "period": period,
        "open": queries.together(queries.outdated_of(period, queries.renewable(period, EDITABLE))),
        "handed_in": queries.together(
            queries.outdated_of(period, queries.renewable(period, ("submitted", "validated")))
        ),
    }
    return render(request, "collection/renew_forms.html", context)
