"""Setting an office up from tables: an example of each, what is there already, a look at a file, and bringing it in."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from runut.lib.errors import Refused
from runut.lib.nip import FEMALE, synthetic_nip
from runut.lib.tables import table_of
from runut.lib.workbook_form import WorkbookForm
from runut.lib.workbooks import MIME, Column, write_workbook
from runut.organisation import permissions
from runut.organisation.actions import imports
from runut.organisation.actions.incoming import KINDS as OF_OFFICE
from runut.organisation.models import Office, Staged
from runut.organisation.requests import OfficeRequest
from runut.planning.actions.incoming import KINDS as OF_PLANS

EXAMPLES = Path(__file__).with_name("examples")
# Nobody's number: its sequence is one that is never given.
EXAMPLE_NIP = synthetic_nip(date(1990, 5, 17), (2015, 3), FEMALE, 987)
STATES = ("new", "changed", "same", "rejected")
KINDS = {kind.key: kind for kind in (*OF_OFFICE, *OF_PLANS)}


@require_safe
def choose(request: OfficeRequest) -> HttpResponse:
    """The kinds of table, office by office that the person looks after, in the order in which they are brought in."""
    offices = Office.objects.filter(pk__in=permissions.offices_to_manage(request.actor)).order_by("name")
    return render(request, "web/imports.html", {"offices": offices, "kinds": KINDS.values()})


@require_http_methods(["GET", "HEAD", "POST"])
def look(request: OfficeRequest, office_id: int, kind: str) -> HttpResponse:
    """Take a file and show what it would change; nothing is written yet."""
    office, found = _office(request, office_id), _kind(kind)
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    if form.is_bound and form.is_valid():
        file, table = form.cleaned_data["file"], form.cleaned_data["table"]
        try:
            staged = imports.stage(office=office, kind=found, name=file.name, table=table, by=request.actor)
        except Refused as refusal:
            form.add_error("file", refusal.sentence)
        else:
            return redirect("web:import_outcome", staged.pk)
    context = {"form": form, "kind": found, "office_of": office}
    return render(request, "web/import.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: OfficeRequest, staged_id: int) -> HttpResponse:
    """What would become of each row, or became. A POST brings the rows in."""
    rows = Staged.objects.visible_to(request.actor, request.actor.pegawai_id).select_related("office")
    staged = get_object_or_404(rows, pk=staged_id)
    kind = _kind(staged.kind)
    if request.method == "POST":
        staged = imports.bring_in(staged=staged, kind=kind, by=request.actor)
        messages.success(request, _("%(what)s sudah diimpor.") % {"what": kind.title})
        return redirect("web:import_outcome", staged.pk)
    counts = Counter(line["state"] for line in staged.outcome)
    context = {
        "staged": staged, "kind": kind, "counts": {state: counts[state] for state in STATES},
        "rejected": [line for line in staged.outcome if line["state"] == "rejected"],
        "taken": [line for line in staged.outcome if line["state"] in ("new", "changed")],
    }  # fmt: skip
    return render(request, "web/import_outcome.html", context)


@require_safe
def example(request: OfficeRequest, office_id: int, kind: str) -> HttpResponse:
    """An example file: the headings, and rows that are invented."""
    _office(request, office_id)
    found = _kind(kind)
    text = (EXAMPLES / f"{found.key}.csv").read_text(encoding="utf-8").replace("{NIP}", EXAMPLE_NIP)
    return _workbook(found, table_of(text).rows[1:], f"contoh-{found.key}.xlsx")


@require_safe
def present(request: OfficeRequest, office_id: int, kind: str) -> HttpResponse:
    """What the office has now, in the same columns: changed there, it can be brought in again."""
    office, found = _office(request, office_id), _kind(kind)
    name = f"{found.key}-{office.slug}-{timezone.localdate():%Y%m%d}.xlsx"
    return _workbook(found, found.rows(office), name)


def _workbook(kind: imports.Kind, rows: object, name: str) -> HttpResponse:
    columns = [Column(one.heading, one.width) for one in kind.columns]
    content = write_workbook(str(kind.title), (), columns, rows)  # type: ignore[arg-type]
    return HttpResponse(content, content_type=MIME, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _office(request: OfficeRequest, office_id: int) -> Office:
    """An office that the person looks after; 404 where it is not seen, 403 where it is not looked after."""
    office = get_object_or_404(Office.objects.visible_to(request.actor), pk=office_id)
    permissions.check_can_manage(request.actor, office.pk)
    return office


def _kind(key: str) -> imports.Kind:
    if key not in KINDS:
        raise Http404
    return KINDS[key]
