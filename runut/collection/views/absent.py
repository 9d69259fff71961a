"""The form of somebody who is on leave or has left: what becomes of it."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from runut.collection import actions, permissions, queries
from runut.collection.forms_follow_up import AbsentForm
from runut.collection.models import Sheet
from runut.collection.views.follow_up import find_sheet
from runut.lib.errors import Refused
from runut.organisation.models import Pegawai
from runut.organisation.requests import OfficeRequest


@require_http_methods(["GET", "POST"])
def absent(request: OfficeRequest, sheet_id: int) -> HttpResponse:
    """Another fills it in, a day of its own, or it is closed; with a proposal."""
    sheet = find_sheet(request, sheet_id)
    permissions.check_can_follow_up(request.actor, sheet.run)
    away = actions.away_now(sheet)
    form = AbsentForm(request.POST or None, away, queries.may_fill_for(sheet), queries.day_after_leave(sheet, away))
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _settle(request, sheet, form.cleaned_data))
        except Refused as refused:
            form.add_error({"due": "day", "to": "to"}.get(refused.code), refused.sentence)
        else:
            return redirect(sheet.period)
    may_enter = permissions.may_enter_for(request.actor, sheet.run)
    context = {"sheet": sheet, "away": away, "form": form, "may_enter": may_enter}
    return render(request, "collection/absent.html", context, status=422 if form.errors else 200)


def _settle(request: OfficeRequest, sheet: Sheet, sent: dict[str, object]) -> str:
    """Do what was chosen; what to tell of it."""
    by, reason, name = request.actor, str(sent["reason"]), {"name": sheet.subject}
    match sent["what"]:
        case "give":
            to = Pegawai.objects.get(pk=str(sent["to"]))
            actions.give_form(sheet=sheet, to=to, by=by, reason=reason)
            return _("Formulir %(name)s diisi %(who)s mulai sekarang.") % {**name, "who": to.full_name}
        case "later":
            day = sent["day"]
            assert isinstance(day, date), "the form asks for the day"
            actions.postpone_form(sheet=sheet, day=day, by=by, reason=reason)
            return _("Formulir %(name)s ditunggu sampai batas tersendiri.") % name
    actions.close_form(sheet=sheet, by=by, reason=reason)
    return _("Formulir %(name)s ditutup dan tidak ditunggu lagi.") % name
