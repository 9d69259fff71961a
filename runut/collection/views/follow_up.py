"""Following a period up: reminding people, taking a sheet back, withdrawing a form."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from runut.collection import actions, permissions, queries
from runut.collection.forms_follow_up import ReasonForm
from runut.collection.models import Period, Sheet
from runut.lib.acts import new_key, read_act
from runut.lib.errors import Refusal
from runut.organisation.requests import OfficeRequest
from runut.sop import actions as sop
from runut.sop.queries.reminders import debtors, unsent

# A fan-out may have thousands: so many are named, all are reminded.
NAMED = 100


def find_sheet(request: OfficeRequest, sheet_id: int) -> Sheet:
    rows = Sheet.objects.visible_to(request.actor).select_related("period__office__calendar", "run", "unit", "pegawai")
    return get_object_or_404(rows, pk=sheet_id)


@require_http_methods(["GET", "POST"])
def take_back(request: OfficeRequest, sheet_id: int) -> HttpResponse:
    """Take back what one has handed in; or why that cannot be done any more."""
    sheet = find_sheet(request, sheet_id)
    if request.method == "POST":
        actions.take_back_sheet(sheet=sheet, by=request.actor, key=read_act(request.POST).key)
        messages.success(request, _("Formulir sudah ditarik kembali. Anda dapat mengubahnya, lalu mengajukannya lagi."))
        return redirect(sheet)
    why_not = ""
    try:
        actions.check_can_take_back(sheet, request.actor)
    except Refusal as refusal:
        why_not = refusal.sentence
    context = {"sheet": sheet, "paper": queries.paper_of(sheet), "why_not": why_not, "key": new_key()}
    return render(request, "collection/take_back.html", context)


@require_http_methods(["GET", "POST"])
def withdraw_form(request: OfficeRequest, sheet_id: int) -> HttpResponse:
    """Take a form back from a recipient who has not opened it."""
    sheet = find_sheet(request, sheet_id)
    permissions.check_can_follow_up(request.actor, sheet.run)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_form(sheet=sheet, by=request.actor, reason=form.cleaned_data["reason"])
        messages.success(request, _("Formulir %(name)s sudah ditarik dari penerimanya.") % {"name": sheet.subject})
        return redirect(sheet.period)
    why_not = ""
    try:
        actions.check_can_withdraw(sheet)
    except Refusal as refusal:
        why_not = refusal.sentence
    status = 422 if request.method == "POST" else 200
    context = {"sheet": sheet, "form": form, "why_not": why_not}
    return render(request, "collection/withdraw_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def remind(request: OfficeRequest, period_id: int) -> HttpResponse:
    """Who is late or due soon, and since when they know; one act reminds them all."""
    rows = Period.objects.visible_to(request.actor).select_related("office__calendar", "run__version", "run__office")
    period = get_object_or_404(rows, pk=period_id, run__isnull=False)
    run = period.collected_by
    permissions.check_can_follow_up(request.actor, run)
    if request.method == "POST":
        return _remind(request, period)
    now = timezone.now()
    found = debtors(run, request.actor.pegawai_id, now)
    context = {
        "period": period,
        "debtors": found[:NAMED],
        "more": max(0, len(found) - NAMED),
        "some_today": any(debtor.was_today for debtor in found),
        "unsent": unsent(run, now).select_related("to").order_by("to", "-at")[:NAMED],
        "key": new_key(),
    }
    return render(request, "collection/remind.html", context)


def _remind(request: OfficeRequest, period: Period) -> HttpResponse:
    act, address = read_act(request.POST), request.build_absolute_uri("/").rstrip("/")
    if act.outcome == "resend":
        sop.send_again(run=period.collected_by, by=request.actor, address=address)
        messages.success(request, _("Surel yang gagal dikirim lagi."))
        return redirect("collection:remind", period.pk)
    done = sop.remind(run=period.collected_by, by=request.actor, address=address, reason=act.reason, key=act.key)
    if done.people:
        told = ngettext("%(n)d orang diingatkan.", "%(n)d orang diingatkan.", done.people) % {"n": done.people}
        messages.success(request, told)
    if done.spared:
        names = ", ".join(done.spared)
        messages.warning(request, _("Sudah diingatkan hari ini, jadi dilewati: %(names)s.") % {"names": names})
    return redirect(period)
