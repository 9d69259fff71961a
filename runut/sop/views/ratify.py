"""Putting an SOP in force: its keeper prepares it, the head of the office ratifies it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from runut.lib.errors import Refused
from runut.organisation.queries import local_day
from runut.organisation.requests import OfficeRequest
from runut.sop import actions, permissions
from runut.sop.actions.version import check_can_keep
from runut.sop.forms import IdentityForm, RatifyForm
from runut.sop.models import Sop, SopVersion
from runut.sop.queries import definition_of
from runut.sop.queries import procedures as queries
from runut.sop.queries.ratifier import ratifier_of
from runut.sop.views.drafts import latest
from runut.sop.views.procedures import find_sop, ratifies


@require_http_methods(["GET", "POST"])
def ratify(request: OfficeRequest, sop_id: int) -> HttpResponse:
    """Put the latest draft in force, or prepare it for whoever may; errors that forbid it are listed instead."""
    found = find_sop(request, sop_id)
    check_can_keep(request.actor, found.office)
    version, may = _wanted(found, request.POST.get("no", "")), ratifies(request.actor, found.office)
    if request.POST.get("act") == "ratify":
        permissions.check_can_ratify(request.actor, found.office)
    form, action = _form(request, found, version, may=may)
    findings = queries.findings_of(version)
    if request.method == "POST" and not findings.faults and form.is_valid() and _is_done(form, action):
        if may:
            messages.success(request, _("SOP disahkan dan berlaku. Yang sudah berjalan tetap memakai versi lamanya."))
            return redirect(found)
        messages.success(request, _("Nomor dan tanggal pembuatan tersimpan. SOP ini menunggu pengesahan."))
        return redirect("sop:ratify", found.pk)
    context = {"sop": found, "version": version, "form": form, "findings": findings, "may": may}
    context["ratifier"] = None if may else ratifier_of(found.office)
    return render(request, "sop/ratify.html", context, status=422 if form.is_bound else 200)


def _form(
    request: OfficeRequest, found: Sop, version: SopVersion, *, may: bool
) -> tuple[IdentityForm, Callable[..., SopVersion]]:
    """What this person is asked, and the action that takes it."""
    asked: dict[str, Any] = {"version": version, "header": definition_of(version).header}
    if not may:
        return IdentityForm(request.POST or None, **asked), partial(
            actions.fill_identity, version=version, by=request.actor
        )
    today, replaces = local_day(found.office, timezone.now()), queries.replaces_another(version)
    form = RatifyForm(request.POST or None, **asked, today=today, replaces=replaces)
    return form, partial(actions.put_in_force, version=version, by=request.actor)


def _wanted(found: Sop, no: str) -> SopVersion:
    """The version that the page showed; without one, the latest."""
    shown = found.versions.filter(no=int(no)).first() if no.isdecimal() and len(no) < 5 else None
    return shown or latest(found)


def _is_done(form: IdentityForm, action: Callable[..., SopVersion]) -> bool:
    """Carry it out; what is wrong with a field stands at the field."""
    try:
        action(**form.words())
    except Refused as refusal:
        if refusal.code not in form.fields:
            raise
        form.add_error(refusal.code, refusal.sentence)
    return form.is_valid()
