"""A sheet: its grid, one line of it, checking the answers, handing in; and the evidence of its lines."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from runut.collection import actions, queries
from runut.collection.forms import EvidenceForm, SheetForm
from runut.collection.models import Evidence, Line, Sheet
from runut.collection.rules import EDITABLE, findings, locked_because
from runut.collection.views.periods import find_task
from runut.lib.acts import is_id, read_act
from runut.lib.dates import clock
from runut.lib.errors import Refused
from runut.organisation.requests import OfficeRequest
from runut.sop import permissions as sop
from runut.sop.queries import WorkPage, with_refusal


@require_safe
def fill(request: OfficeRequest, task_id: int) -> HttpResponse:
    """From the task to its sheet."""
    sheet = queries.sheet_of(find_task(request, task_id, "fill"))
    if sheet is None:
        raise Refused(_("Formulir untuk tugas ini belum dibuat. Hubungi penyiap formulir."))
    return redirect(sheet)


def find_sheet(request: OfficeRequest, sheet_id: int) -> tuple[Sheet, WorkPage | None, SheetForm]:
    """The sheet with its fill task and its form, if this person may see it; 404 otherwise."""
    rows = Sheet.objects.visible_to(request.actor).select_related("period__office__calendar", "unit", "pegawai")
    sheet = get_object_or_404(rows, pk=sheet_id)
    page = queries.page_of(sheet, "fill", request.actor)
    may_edit = page is not None and page.may_act and sheet.state in EDITABLE
    return sheet, page, SheetForm(sheet, queries.rows_of(sheet), may_edit=may_edit)


@require_http_methods(["GET", "POST"])
def sheet(request: OfficeRequest, sheet_id: int) -> HttpResponse:
    """The grid. Saving goes the same way for the whole sheet and for one cell sent by the page's script."""
    found, page, form = find_sheet(request, sheet_id)
    if request.method == "POST":
        saved = actions.save_lines(sheet=found, by=request.actor, cells=form.read(request.POST))
        form.source, form.saved = queries.rows_of(found), saved
        if request.headers.get("Accept", "").startswith("application/json"):
            return _answer(found, form)
        if saved.is_clean:
            return _after_saving(request, found, saved)
    else:
        actions.mark_opened(sheet=found, by=request.actor)
    context = {"sheet": found, "page": page, "form": form, "rows": form.rows, "locked": _locked(found, page)}
    return render(request, "collection/sheet.html", context, status=422 if form.errors else 200)


def _locked(sheet: Sheet, page: WorkPage | None) -> str:
    """Why this person cannot type here; "" when the task's own frame says it or nothing is locked."""
    if sheet.state not in EDITABLE:
        return locked_because(sheet.state)
    return "" if page else _("Formulir ini belum dibuka untuk diisi.")


def _after_saving(request: OfficeRequest, sheet: Sheet, saved: actions.Saved) -> HttpResponse:
    match request.POST.get("act", ""):
        case "check":
            return redirect("collection:check", sheet.pk)
        case "next" | "previous" as way:
            target = request.POST.get(way, "")
            if is_id(target):
                return redirect("collection:line", sheet.pk, int(target))
    zone = timezone.get_current_timezone_name()
    messages.success(request, _("Tersimpan pukul %(time)s.") % {"time": clock(saved.at, zone)})
    return redirect(request.path)


def _answer(sheet: Sheet, form: SheetForm) -> JsonResponse:
    """What the script shows after saving a cell; every figure is worked out here, none in the script."""
    assert form.saved is not None
    lines = {}
    for row in form.rows:
        if row.row.line.pk in form.sent:
            lines[row.row.line.pk] = {
                "rev": row.row.line.rev,
                "was": row.row.digest,
                "value": row.typed if row.conflict else None,
                "state": row.state,
                "capaian": render_to_string("collection/_capaian.html", {"achievement": row.row.draft}),
                "error": row.error or row.conflict,
                "hint": row.hint,
                "echo": row.echo,
            }
    time = clock(form.saved.at, timezone.get_current_timezone_name())
    words = _("Tersimpan pukul %(time)s.") % {"time": time}
    if not form.saved.is_clean:
        words = _("Ada isian yang belum tersimpan.")
    progress = _("%(n)s dari %(total)s terisi") % {"n": form.filled, "total": form.asked}
    return JsonResponse({"lines": lines, "words": words, "progress": progress, "filled": form.filled})


@require_http_methods(["GET", "POST"])
def line(request: OfficeRequest, sheet_id: int, line_id: int) -> HttpResponse:
    """One indicator per page: the value, why there is none, its evidence, how it is counted."""
    found, page, form = find_sheet(request, sheet_id)
    if request.method == "POST":
        if "evidence" in request.POST.getlist("act"):
            return _add_evidence(request, found, line_id)
        saved = actions.save_lines(sheet=found, by=request.actor, cells=form.read(request.POST))
        form.source, form.saved = queries.rows_of(found), saved
        if saved.is_clean:
            return _after_saving(request, found, saved)
    return _line_page(request, found, page, form, line_id, EvidenceForm())


def _line_page(
    request: OfficeRequest, sheet: Sheet, page: WorkPage | None, form: SheetForm, line_id: int, evidence: EvidenceForm
) -> HttpResponse:
    rows = form.rows
    place = next((place for place, row in enumerate(rows) if row.row.line.pk == line_id), None)
    if place is None:
        raise Http404
    context = {
        "sheet": sheet, "page": page, "form": form, "cell": rows[place], "number": place + 1, "count": len(rows),
        "previous": rows[place - 1].row.line.pk if place else None,
        "next": rows[place + 1].row.line.pk if place + 1 < len(rows) else None,
        "notes": queries.notes_of(sheet).get(line_id, []),
        "evidence_form": evidence, "locked": _locked(sheet, page),
    }  # fmt: skip
    status = 422 if form.errors or evidence.errors else 200
    return render(request, "collection/line.html", context, status=status)


def _add_evidence(request: OfficeRequest, sheet: Sheet, line_id: int) -> HttpResponse:
    found = get_object_or_404(Line, pk=line_id, sheet=sheet)
    evidence = EvidenceForm(request.POST, request.FILES)
    try:
        if evidence.is_valid():
            link = evidence.cleaned_data["link"]
            actions.add_evidence(line=found, by=request.actor, upload=evidence.cleaned_data["file"], link=link)
            messages.success(request, _("Bukti sudah dilampirkan."))
            return redirect("collection:line", sheet.pk, line_id)
    except Refused as refusal:
        if refusal.code not in {"upload", "link"}:
            raise
        evidence.add_error("link" if refusal.code == "link" else "file", refusal.sentence)
    _sheet, page, form = find_sheet(request, sheet.pk)
    return _line_page(request, sheet, page, form, line_id, evidence)


@require_http_methods(["GET", "POST"])
def check(request: OfficeRequest, sheet_id: int) -> HttpResponse:
    """Check the answers, what is wrong first; then hand in."""
    found, page, form = find_sheet(request, sheet_id)
    if page is None or (request.method == "GET" and not form.may_edit):
        return redirect(found)
    status = 200
    if request.method == "POST":
        act = read_act(request.POST)
        try:
            actions.submit_sheet(task_id=page.task.pk, by=request.actor, key=act.key, late_reason=act.late_reason)
        except Refused as refusal:
            if refusal.code != "incomplete":
                page = with_refusal(page, act, refusal)
            status = 422
        else:
            return redirect("collection:sent", found.pk)
    all_found = findings([row.cell for row in form.source if row.line.editable])
    context = {
        "sheet": found, "page": page, "form": form, "rows": form.rows,
        "errors": [each for each in all_found if each.level == "error"],
        "warnings": [each for each in all_found if each.level == "warning"],
    }  # fmt: skip
    return render(request, "collection/check.html", context, status=status)


@require_safe
def sent(request: OfficeRequest, sheet_id: int) -> HttpResponse:
    """The confirmation: when it was handed in, under which number, who is next and until when."""
    found, _page, form = find_sheet(request, sheet_id)
    if found.submitted_at is None:
        return redirect(found)
    after = queries.task_after(found)
    context = {"sheet": found, "after": after, "who": sop.addressee(after) if after else "", "count": len(form.source)}
    return render(request, "collection/sent.html", context)


def find_evidence(request: OfficeRequest, evidence_id: int) -> Evidence:
    """The evidence, if this person may see its sheet or its figure; 404 otherwise."""
    found = get_object_or_404(Evidence.objects.select_related("line__sheet", "line__figure"), pk=evidence_id)
    if not queries.may_see_line(request.actor, found.line):
        raise Http404
    return found


@require_safe
def evidence(request: OfficeRequest, evidence_id: int) -> HttpResponseBase:
    """Hand a file out as a download, never to be shown in the page; a link leads on."""
    found = find_evidence(request, evidence_id)
    if found.link:
        return redirect(found.link)
    answer = FileResponse(
        found.file.open("rb"), as_attachment=True, filename=found.name, content_type=found.content_type
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
def withdraw(request: OfficeRequest, evidence_id: int) -> HttpResponse:
    found = find_evidence(request, evidence_id)
    actions.withdraw_evidence(evidence=found, by=request.actor)
    messages.success(request, _("Bukti “%(name)s” ditarik dari baris ini.") % {"name": found.name})
    return redirect(reverse("collection:line", args=[found.line.sheet_id, found.line_id]))
