"""The office's positions, as a tree."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from runut.lib.errors import Refused
from runut.organisation import actions, permissions, queries
from runut.organisation.forms.offices import CloseForm, JabatanForm
from runut.organisation.forms.people import HolderForm
from runut.organisation.models import Jabatan, Office
from runut.organisation.requests import OfficeRequest

FIELDS = {"taken": "code", "head": "heads_office", "cycle": "superior"}
HOLDING = {"span": "end", "decree": "decree_number", "held": "pegawai", "twice": "pegawai"}
SHOWN = (
    "name",
    "short_name",
    "code",
    "kind",
    "unit",
    "superior",
    "heads_office",
    "heads_unit",
    "single_holder",
)


@require_safe
def positions(request: OfficeRequest) -> HttpResponse:
    """Who stands under whom, who holds what today, and what is vacant."""
    offices = Office.objects.filter(pk__in=permissions.offices_to_manage(request.actor)).order_by("name")
    today = timezone.localdate()
    trees = [(office, queries.jabatan_tree(office, today), queries.closed_posts(office)) for office in offices]
    return render(request, "organisation/positions.html", {"trees": trees})


@require_http_methods(["GET", "HEAD", "POST"])
def add_position(request: OfficeRequest, office_id: int) -> HttpResponse:
    office = get_object_or_404(Office.objects.visible_to(request.actor), pk=office_id)
    permissions.check_can_manage(request.actor, office.pk)
    form = JabatanForm(request.POST or None, office_id=office.pk)
    if request.method == "POST" and form.is_valid():
        try:
            jabatan = actions.create_jabatan(office=office, by=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(FIELDS.get(refused.code), refused.sentence)
        else:
            messages.success(request, _("Jabatan %(name)s ditambahkan.") % {"name": jabatan})
            return redirect("organisation:positions")
    context = {"form": form, "office_of": office}
    return render(request, "organisation/position_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_position(request: OfficeRequest, jabatan_id: int) -> HttpResponse:
    jabatan = _position(request, jabatan_id)
    now = {field: getattr(jabatan, field) for field in SHOWN}
    form = JabatanForm(request.POST or None, initial=now, office_id=jabatan.office_id, but=jabatan.pk)
    if request.method == "POST" and form.is_valid():
        try:
            actions.update_jabatan(jabatan=jabatan, changes=form.cleaned_data, by=request.actor)
        except Refused as refused:
            form.add_error(FIELDS.get(refused.code), refused.sentence)
        else:
            messages.success(request, _("Jabatan %(name)s tersimpan.") % {"name": form.cleaned_data["name"]})
            return redirect("organisation:positions")
    context = {"form": form, "jabatan": jabatan}
    return render(request, "organisation/position_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def fill_position(request: OfficeRequest, jabatan_id: int) -> HttpResponse:
    """Say who holds a position."""
    jabatan = _position(request, jabatan_id)
    form = HolderForm(request.POST or None, offices=[jabatan.office_id], initial={"start": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            held = actions.assign(jabatan=jabatan, by=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(HOLDING.get(refused.code), refused.sentence)
        else:
            words = _("%(name)s ditetapkan sebagai %(title)s.") % {"name": held.pegawai, "title": held.title}
            messages.success(request, words)
            return redirect("organisation:positions")
    context = {"form": form, "jabatan": jabatan}
    return render(request, "organisation/fill_position.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def close_position(request: OfficeRequest, jabatan_id: int) -> HttpResponse:
    jabatan, today = _position(request, jabatan_id), timezone.localdate()
    form = CloseForm(request.POST or None, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_jabatan(jabatan=jabatan, by=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error("on" if refused.code == "day" else None, refused.sentence)
        else:
            messages.success(request, _("Jabatan %(name)s ditutup.") % {"name": jabatan})
            return redirect("organisation:positions")
    context = {"form": form, "jabatan": jabatan, "below": queries.posts_under(jabatan)}
    context["held"] = queries.post_in_use(jabatan, today)
    return render(request, "organisation/close_position.html", context, status=422 if form.errors else 200)


@require_POST
def reopen_position(request: OfficeRequest, jabatan_id: int) -> HttpResponse:
    jabatan = _position(request, jabatan_id)
    actions.reopen_jabatan(jabatan=jabatan, by=request.actor)
    messages.success(request, _("Jabatan %(name)s dibuka kembali.") % {"name": jabatan})
    return redirect("organisation:positions")


def _position(request: OfficeRequest, jabatan_id: int) -> Jabatan:
    """A position that one may see (else 404) and may change (else 403)."""
    jabatan = get_object_or_404(Jabatan.objects.visible_to(request.actor), pk=jabatan_id)
    permissions.check_can_manage(request.actor, jabatan.office_id)
    return jabatan
