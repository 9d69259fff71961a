"""One line of a sheet: its value, what people wrote beside it, and its evidence."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from runut.collection import actions, queries
from runut.collection.forms import EvidenceForm, PartForm, RemarkForm
from runut.collection.forms_grid import SheetForm
from runut.collection.models import Evidence, Line, Sheet
from runut.collection.views.sheets import after_saving, find_sheet, locked
from runut.lib.errors import Refused
from runut.organisation.requests import OfficeRequest
from runut.sop.queries import WorkPage


@require_http_methods(["GET", "POST"])
def line(request: OfficeRequest, sheet_id: int, line_id: int) -> HttpResponse:
    """One indicator per page: the value, why there is none, its evidence, how it is counted."""
    found, page, form = find_sheet(request, sheet_id)
    if request.method == "POST":
        acts = request.POST.getlist("act")
        if "evidence" in acts:
            return _add_evidence(request, found, line_id)
        if "part" in acts:
            return _take_part(request, found, line_id)
        if "remark" in acts:
            return _write_remark(request, found, line_id)
        saved = actions.save_lines(sheet=found, by=request.actor, cells=form.read(request.POST))
        form.source, form.saved = queries.rows_of(found), saved
        if saved.is_clean:
            return after_saving(request, found, saved)
    return _line_page(request, found, page, form, line_id)


def _line_page(
    request: OfficeRequest, sheet: Sheet, page: WorkPage | None, form: SheetForm, line_id: int,
    evidence: EvidenceForm | None = None, remark: RemarkForm | None = None,
) -> HttpResponse:  # fmt: skip
    evidence, remark = evidence or EvidenceForm(), remark or RemarkForm()
    rows = form.rows
    place = next((place for place, row in enumerate(rows) if row.row.line.pk == line_id), None)
    if place is None:
        raise Http404
    context = {
        "sheet": sheet, "page": page, "form": form, "cell": rows[place], "number": place + 1, "count": len(rows),
        "previous": rows[place - 1].row.line.pk if place else None,
        "next": rows[place + 1].row.line.pk if place + 1 < len(rows) else None,
        "thread": queries.thread_of(rows[place].row.line), "remark_form": remark,
        "outside_log": queries.outside_log(rows[place].row.line) if rows[place].outside else (),
        "evidence_form": evidence, "locked": locked(sheet, page), "paper": queries.paper_of(sheet),
    }  # fmt: skip
    status = 422 if form.errors or evidence.errors or remark.errors else 200
    return render(request, "collection/line.html", context, status=status)


def _add_evidence(request: OfficeRequest, sheet: Sheet, line_id: int) -> HttpResponse:
    found = get_object_or_404(Line, pk=line_id, sheet=sheet)
    evidence = EvidenceForm(request.POST, request.FILES)
    try:
        if evidence.is_valid():
            link = evidence.cleaned_data["link"]
            actions.attach(line=found, by=request.actor, upload=evidence.cleaned_data["file"], link=link)
            messages.success(request, _("Bukti sudah dilampirkan."))
            return redirect("collection:line", sheet.pk, line_id)
    except Refused as refusal:
        if refusal.code not in {"upload", "link"}:
            raise
        evidence.add_error("link" if refusal.code == "link" else "file", refusal.sentence)
    _sheet, page, form = find_sheet(request, sheet.pk)
    return _line_page(request, sheet, page, form, line_id, evidence)


def _take_part(request: OfficeRequest, sheet: Sheet, line_id: int) -> HttpResponse:
    """A part of a file, from the page's script: how much of the file has arrived."""
    found = get_object_or_404(Line, pk=line_id, sheet=sheet)
    part = PartForm(request.POST, request.FILES)
    if not part.is_valid():
        return JsonResponse({"sentence": _("Unggahan ini terputus. Pilih berkasnya, lalu unggah lagi.")}, status=422)
    sent = part.cleaned_data
    content = sent["part"].read() if sent["part"] else b""
    try:
        have, evidence = actions.receive_part(
            line=found, by=request.actor, key=sent["key"], name=sent["name"], total=sent["total"], at=sent["at"],
            content=content,
        )  # fmt: skip
    except Refused as refusal:
        if refusal.code != "upload":
            raise
        return JsonResponse({"sentence": refusal.sentence}, status=422)
    # With a link beside it the page sends the form next; that answer speaks for both.
    if evidence is not None and "more" not in request.POST:
        messages.success(request, _("Bukti sudah dilampirkan."))
    return JsonResponse({"have": have, "whole": evidence is not None})


def _write_remark(request: OfficeRequest, sheet: Sheet, line_id: int) -> HttpResponse:
    found = get_object_or_404(Line, pk=line_id, sheet=sheet)
    remark = RemarkForm(request.POST)
    if remark.is_valid():
        actions.write_remark(line=found, by=request.actor, text=remark.cleaned_data["remark"])
        messages.success(request, _("Catatan sudah ditulis."))
        return redirect(f"{reverse('collection:line', args=[sheet.pk, line_id])}#catatan")
    _sheet, page, form = find_sheet(request, sheet.pk)
    return _line_page(request, sheet, page, form, line_id, remark=remark)


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
