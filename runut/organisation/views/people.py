"""People of the office: the list, one person, and what the office's admin may change."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from runut.lib.acts import ids_in
from runut.lib.dates import short_date
from runut.lib.errors import Refused
from runut.organisation import actions, permissions, queries
from runut.organisation.forms.people import AssignForm, CloseForm, LeaveForm, PegawaiForm, SuperiorForm
from runut.organisation.models import Assignment, Leave, Pegawai
from runut.organisation.requests import OfficeRequest
from runut.organisation.rules import only_on_this_machine

SLIP_ADDRESS = "slip_address"
PERSON_FIELDS = ("nip", "name", "title_front", "title_back", "rank", "email", "whatsapp")


@require_safe
def people(request: OfficeRequest) -> HttpResponse:
    """All people of the offices one looks after."""
    offices = permissions.offices_to_manage(request.actor)
    search = request.GET.get("q", "")[:100]
    page = queries.people_list(offices, on=timezone.localdate(), search=search, page=request.GET.get("halaman", 1))
    context = {
        "page": page, "search": search, "query": urlencode({"q": search}) if search else "",
        "today": timezone.localdate(), "only_office": min(offices) if len(offices) == 1 else None,
        "printed": _slip_address(request),
    }  # fmt: skip
    return render(request, "organisation/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_person(request: OfficeRequest) -> HttpResponse:
    form = PegawaiForm(request.POST or None, offices=permissions.offices_to_manage(request.actor))
    if request.method == "POST" and form.is_valid():
        try:
            pegawai = actions.create_pegawai(by=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.code if refused.code in form.fields else None, refused.sentence)
        else:
            messages.success(request, _("%(name)s terdaftar. Tetapkan jabatannya.") % {"name": pegawai})
            return redirect("organisation:person", pegawai.pk)
    return render(request, "organisation/person_form.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def person(request: OfficeRequest, pegawai_id: int) -> HttpResponse:
    """One person: data, positions past and present, direct superior."""
    pegawai = _person(request, pegawai_id)
    context = {
        "person": pegawai,
        "today": timezone.localdate(),
        "assignments": pegawai.assignments.select_related("jabatan__office").order_by("-start", "-pk"),
        "leaves": pegawai.leaves.order_by("-start"),
        "supervisions": pegawai.supervisions.select_related("superior").order_by("-start"),
        "superior": queries.superior_in_words(pegawai, timezone.localdate()),
        "printed": _slip_address(request),
    }
    return render(request, "organisation/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_person(request: OfficeRequest, pegawai_id: int) -> HttpResponse:
    pegawai = _person(request, pegawai_id)
    now = {field: getattr(pegawai, field) for field in PERSON_FIELDS}
    form = PegawaiForm(request.POST or None, initial=now, offices=[pegawai.office_id])
    if request.method == "POST" and form.is_valid():
        changes = {field: form.cleaned_data[field] for field in PERSON_FIELDS}
        try:
            actions.update_pegawai(pegawai=pegawai, changes=changes, by=request.actor)
        except Refused as refused:
            form.add_error(refused.code if refused.code in form.fields else None, refused.sentence)
        else:
            messages.success(request, _("Data %(name)s tersimpan.") % {"name": pegawai.name})
            return redirect("organisation:person", pegawai.pk)
    context = {"form": form, "person": pegawai}
    return render(request, "organisation/person_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: OfficeRequest, pegawai_id: int) -> HttpResponse:
    pegawai = _person(request, pegawai_id)
    offices = permissions.offices_to_manage(request.actor)
    form = AssignForm(request.POST or None, offices=offices, initial={"start": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            held = actions.assign(pegawai=pegawai, by=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(_ASSIGN_FIELDS.get(refused.code), refused.sentence)
        else:
            messages.success(
                request, _("%(name)s ditetapkan sebagai %(title)s.") % {"name": pegawai, "title": held.title}
            )
            return redirect("organisation:person", pegawai.pk)
    context = {"form": form, "person": pegawai}
    return render(request, "organisation/assign.html", context, status=422 if form.errors else 200)


def _closed_words(held: Assignment, last: date) -> str:
    if last < timezone.localdate():
        return _("Penugasan sebagai %(title)s ditutup.") % {"title": held.title}
    words = {"title": held.title, "day": short_date(last)}
    return _("Penugasan sebagai %(title)s berakhir sesudah %(day)s; sampai akhir hari itu tetap bertugas.") % words


_ASSIGN_FIELDS = {"span": "end", "decree": "decree_number", "held": "jabatan", "twice": "jabatan"}


@require_http_methods(["GET", "HEAD", "POST"])
def close_assignment(request: OfficeRequest, assignment_id: int) -> HttpResponse:
    held = get_object_or_404(Assignment.objects.select_related("jabatan", "pegawai"), pk=assignment_id)
    _person(request, held.pegawai_id)
    form = CloseForm(request.POST or None, initial={"end": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_assignment(assignment=held, by=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error("end", refused.sentence)
        else:
            messages.success(request, _closed_words(held, form.cleaned_data["end"]))
            return redirect("organisation:person", held.pegawai_id)
    context = {"form": form, "held": held}
    return render(request, "organisation/close_assignment.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def set_superior(request: OfficeRequest, pegawai_id: int) -> HttpResponse:
    pegawai = _person(request, pegawai_id)
    form = SuperiorForm(request.POST or None, instansi_id=pegawai.instansi_id, initial={"start": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("start", "end", "reason")}
        try:
            actions.set_superior(pegawai=pegawai, superior=form.superior, by=request.actor, **given)
        except Refused as refused:
            form.add_error({"self": "nip", "span": "end", "taken": "start"}.get(refused.code), refused.sentence)
        else:
            messages.success(request, _("Atasan langsung %(name)s tersimpan.") % {"name": pegawai})
            return redirect("organisation:person", pegawai.pk)
    context = {"form": form, "person": pegawai}
    return render(request, "organisation/set_superior.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def add_leave(request: OfficeRequest, pegawai_id: int) -> HttpResponse:
    pegawai = _person(request, pegawai_id)
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_leave(pegawai=pegawai, by=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error({"span": "end", "taken": "start"}.get(refused.code), refused.sentence)
        else:
            messages.success(request, _("Cuti %(name)s tercatat.") % {"name": pegawai})
            return redirect("organisation:person", pegawai.pk)
    context = {"form": form, "person": pegawai}
    return render(request, "organisation/add_leave.html", context, status=422 if form.errors else 200)


@require_POST
def remove_leave(request: OfficeRequest, leave_id: int) -> HttpResponse:
    leave = get_object_or_404(Leave, pk=leave_id)
    pegawai = _person(request, leave.pegawai_id)
    actions.remove_leave(leave=leave, by=request.actor)
    messages.success(request, _("Catatan cuti %(name)s dihapus.") % {"name": pegawai})
    return redirect("organisation:person", pegawai.pk)


@require_POST
@never_cache
def issue_codes(request: OfficeRequest) -> HttpResponse:
    """Slips to print and cut, one per person. The codes are shown on this page only."""
    offices = permissions.offices_to_manage(request.actor)
    ids = list(ids_in(request.POST.getlist("pegawai")))
    if request.POST.get("semua"):
        ids = list(queries.never_signed_in(offices))
    if not ids:
        messages.error(request, _("Belum ada pegawai yang dipilih. Centang nama yang memerlukan kode."))
        return redirect("organisation:people")
    own = Pegawai.objects.filter(office_id__in=offices, pk__in=ids)
    issued = actions.issue_codes(pegawai_ids=list(own.values_list("pk", flat=True)), by=request.actor)
    return _slips(request, issued)


@require_POST
@never_cache
def reset_password(request: OfficeRequest, pegawai_id: int) -> HttpResponse:
    pegawai = _person(request, pegawai_id)
    return _slips(request, [(pegawai, actions.reset_password(pegawai=pegawai, by=request.actor))])


def _slip_address(request: OfficeRequest) -> dict[str, object]:
    """The address that slips tell people to open: as it was last typed, else the one by which this page was reached."""
    address = request.session.get(SLIP_ADDRESS) or request.build_absolute_uri("/aktivasi/")
    return {"address": address, "only_here": only_on_this_machine(address)}


def _slips(request: OfficeRequest, issued: list[tuple[Pegawai, str]]) -> HttpResponse:
    words = ngettext("%(n)d kode dibuat.", "%(n)d kode dibuat.", len(issued)) % {"n": len(issued)}
    slips = [{"person": pegawai, "code": f"{code[:5]} {code[5:]}"} for pegawai, code in issued]
    typed = request.POST.get("address", "").strip()[:200]
    if typed:
        request.session[SLIP_ADDRESS] = typed
    context = {"slips": slips, "words": words, "printed": _slip_address(request)}
    return render(request, "organisation/code_slips.html", context)


def _person(request: OfficeRequest, pegawai_id: int) -> Pegawai:
    """A person whom one may see (else 404) and whose data one may change (else 403)."""
    visible = Pegawai.objects.visible_to(request.actor).select_related("office", "user")
    pegawai = get_object_or_404(visible, pk=pegawai_id)
    permissions.check_can_manage(request.actor, pegawai.office_id)
    return pegawai
