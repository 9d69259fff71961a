"""The office's units, as a tree."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from runut.lib.errors import Refused
from runut.organisation import actions, permissions, queries
from runut.organisation.forms.offices import CloseForm, UnitForm
from runut.organisation.models import Office, Unit
from runut.organisation.requests import OfficeRequest

FIELDS = {"taken": "code", "cycle": "parent", "parent": "parent"}
SHOWN = ("name", "code", "parent", "supplies_data")


@require_safe
def units(request: OfficeRequest) -> HttpResponse:
    """Which unit hangs under which, who heads it, and which have ended."""
    offices = Office.objects.filter(pk__in=permissions.offices_to_manage(request.actor)).order_by("name")
    trees = [(office, queries.unit_tree(office), queries.closed_units(office)) for office in offices]
    return render(request, "organisation/units.html", {"trees": trees})


@require_http_methods(["GET", "HEAD", "POST"])
def add_unit(request: OfficeRequest, office_id: int) -> HttpResponse:
    office = get_object_or_404(Office.objects.visible_to(request.actor), pk=office_id)
    permissions.check_can_manage(request.actor, office.pk)
    form = UnitForm(request.POST or None, offered=queries.units_above(office))
    if request.method == "POST" and form.is_valid():
        try:
            unit = actions.create_unit(office=office, by=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(FIELDS.get(refused.code), refused.sentence)
        else:
            messages.success(request, _("Unit %(name)s ditambahkan.") % {"name": unit})
            return redirect("organisation:units")
    context = {"form": form, "office_of": office}
    return render(request, "organisation/unit_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_unit(request: OfficeRequest, unit_id: int) -> HttpResponse:
    unit = _unit(request, unit_id)
    now = {field: getattr(unit, field) for field in SHOWN}
    form = UnitForm(request.POST or None, initial=now, offered=queries.units_above(unit.office, but=unit))
    if request.method == "POST" and form.is_valid():
        try:
            actions.update_unit(unit=unit, changes=form.cleaned_data, by=request.actor)
        except Refused as refused:
            form.add_error(FIELDS.get(refused.code), refused.sentence)
        else:
            messages.success(request, _("Unit %(name)s tersimpan.") % {"name": form.cleaned_data["name"]})
            return redirect("organisation:units")
    context = {"form": form, "unit": unit}
    return render(request, "organisation/unit_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def close_unit(request: OfficeRequest, unit_id: int) -> HttpResponse:
    unit, today = _unit(request, unit_id), timezone.localdate()
    form = CloseForm(request.POST or None, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_unit(unit=unit, by=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error("on" if refused.code == "day" else None, refused.sentence)
        else:
            messages.success(request, _("Unit %(name)s ditutup.") % {"name": unit})
            return redirect("organisation:units")
    context = {"form": form, "unit": unit, "below": queries.units_below(unit), "posts": queries.posts_of(unit)}
    context["held"] = queries.posts_in_use(unit, today)
    return render(request, "organisation/close_unit.html", context, status=422 if form.errors else 200)


@require_POST
def reopen_unit(request: OfficeRequest, unit_id: int) -> HttpResponse:
    unit = _unit(request, unit_id)
    actions.reopen_unit(unit=unit, by=request.actor)
    messages.success(request, _("Unit %(name)s dibuka kembali.") % {"name": unit})
    return redirect("organisation:units")


def _unit(request: OfficeRequest, unit_id: int) -> Unit:
    """A unit that one may see (else 404) and may change (else 403)."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor).select_related("office"), pk=unit_id)
    permissions.check_can_manage(request.actor, unit.office_id)
    return unit
