"""A sheet: its grid, checking the answers, handing in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from runut.collection import actions, permissions, queries
from runut.collection.forms_grid import SheetForm
from runut.collection.models import Sheet
from runut.collection.rules import EDITABLE, findings, locked_because, renewal_words
from runut.collection.views.cells import check_may_edit, preview_paste, released_words, saved_cells, wants_json
from runut.collection.views.periods import find_task
from runut.lib.acts import is_id, read_act
from runut.lib.dates import clock
from runut.lib.errors import Refused
from runut.organisation.requests import OfficeRequest
from runut.sop import permissions as sop
from runut.sop.queries import WorkPage, waiting_in_words, with_refusal


@require_safe
def fill(request: OfficeRequest, task_id: int) -> HttpResponse:
    """From the task to its sheet."""
    sheet = queries.sheet_of(find_task(request, task_id, "fill"))
    if sheet is None:
        raise Refused(_("Formulir untuk tugas ini belum dibuat. Hubungi penyiap formulir."))
    return redirect(sheet)


def find_sheet(request: OfficeRequest, sheet_id: int) -> tuple[Sheet, WorkPage | None, SheetForm]:
    """The sheet with its fill task and its form, if this person may see it; 404 otherwise."""
    rows = Sheet.objects.visible_to(request.actor).select_related(
        "period__office__calendar", "unit", "pegawai", "edition", "submitted_by", "validated_by", "verified_by"
    )
    sheet = get_object_or_404(rows, pk=sheet_id)
    page = queries.page_of(sheet, "fill", request.actor)
    sheet.run = page.run if page is not None else sheet.run  # With its procedure, not read once more.
    may_edit = page is not None and page.may_act and sheet.state in EDITABLE
    form = SheetForm(sheet, queries.rows_of(sheet), may_edit=may_edit)
    form.outside = queries.outside_of(sheet)
    return sheet, page, form


@require_http_methods(["GET", "POST"])
def sheet(request: OfficeRequest, sheet_id: int) -> HttpResponse:
    """The grid. Saving goes the same way for the whole sheet and for one cell sent by the page's script."""
    found, page, form = find_sheet(request, sheet_id)
    if request.method == "POST":
        saved = save(request, found, form)
        form.source, form.saved = queries.rows_of(found), saved
        if wants_json(request):
            return saved_cells(form)
        if saved.is_clean:
            return after_saving(request, found, saved)
    else:
        actions.mark_opened(sheet=found, by=request.actor)
    form.remarks = queries.count_remarks(found)
    context = {
        "sheet": found, "page": page, "form": form, "rows": form.rows, "locked": locked(found, page),
        "paper": queries.paper_of(found), "may_take_back": actions.may_take_back(found, request.actor),
        "late": page.task.late_reason if page is not None and found.state not in EDITABLE else "",
        "led": queries.superiors_in(found), **renewal(found, form), **absence(request, found, form),
    }  # fmt: skip
    return render(request, "collection/sheet.html", context, status=422 if form.errors else 200)


@require_safe
def print_sheet(request: OfficeRequest, sheet_id: int) -> HttpResponse:
    """The form as it stands on paper, with the columns of its edition."""
    found, page, form = find_sheet(request, sheet_id)
    with translation.override("id"):
        heads, state = queries.paper_columns(found), queries.state_words(found)
        told = queries.as_signed(found, form.source)
        lines = [
            list(zip(heads, line, strict=True)) for line in queries.paper_rows(found, [row for row, _later in told])
        ]
        cells = [[(head, queries.printed(head[0], cell)) for head, cell in line] for line in lines]
        rows = [(line, later, row) for line, (row, later) in zip(cells, told, strict=True)]
        context: dict[str, object] = {"sheet": found, "page": page, "heads": heads, "rows": rows, "state": state}
        context |= {"led": queries.superiors_in(found), "judgements": queries.judgements_of(found)}
        context["letterhead"] = queries.letterhead_of_sheet(found)
        context["repaired"] = any(row.value and row.value.sheet_id != found.pk for row, _later in told)
        context |= {"later": [later for _row, later in told if later], "paper": queries.paper_of(found)}
    return render(request, "collection/print_sheet.html", context)


@require_POST
def paste(request: OfficeRequest, sheet_id: int) -> HttpResponse:
    """A block copied from a spreadsheet: what it would change, before it changes anything."""
    found, _page, form = find_sheet(request, sheet_id)
    check_may_edit(found, form)
    return preview_paste(form, request)


def renewal(sheet: Sheet, form: SheetForm) -> dict[str, object]:
    """What has moved on since the form was made, and what this person can do about it."""
    found = queries.outdated_lines(sheet, unsigned=sheet.state in EDITABLE)
    words = renewal_words(sheet.state, may_renew=form.may_edit)
    lines = {row.figure.pk: row.line.pk for row in form.source}
    moved = [(lines[each.figure.pk], each.promise.version.name) for each in found]
    return {"outdated": found, "outdated_words": words, "moved": moved}


def absence(request: OfficeRequest, sheet: Sheet, form: SheetForm) -> dict[str, object]:
    """That whoever fills the form in is away, for the others who look at it; and whether this person may see to it."""
    away = None if form.may_edit or sheet.state not in EDITABLE else queries.absence_of(sheet)
    return {"away": away, "may_chase": away is not None and permissions.may_follow_up(request.actor, sheet.run)}


def locked(sheet: Sheet, page: WorkPage | None) -> str:
    """Why this person cannot type here; "" when the task's own frame says it or nothing is locked."""
    if sheet.state not in EDITABLE:
        return locked_because(sheet.state, queries.acts_of_form(sheet))
    return "" if page else _("Formulir ini belum dibuka untuk diisi.")


def save(request: OfficeRequest, sheet: Sheet, form: SheetForm) -> actions.Saved:
    """Save what was typed, or what was looked at in a workbook."""
    cells, look = form.read(request.POST), request.POST.get("impor", "")
    if is_id(look):
        return actions.save_from_workbook(sheet=sheet, by=request.actor, cells=cells, staged_id=int(look))
    return actions.save_lines(sheet=sheet, by=request.actor, cells=cells)


def after_saving(request: OfficeRequest, sheet: Sheet, saved: actions.Saved) -> HttpResponse:
    match request.POST.get("act", ""):
        case "check":
            return redirect("collection:check", sheet.pk)
        case "next" | "previous" as way:
            target = request.POST.get(way, "")
            if is_id(target):
                return redirect("collection:line", sheet.pk, int(target))
    zone = timezone.get_current_timezone_name()
    messages.success(request, _("Tersimpan pukul %(time)s.") % {"time": clock(saved.at, zone)})
    if saved.released:
        messages.info(request, released_words(len(saved.released)))
    if saved.imported is not None:
        return redirect("web:import_outcome", saved.imported)
    return redirect(request.path)


@require_http_methods(["GET", "POST"])
def check(request: OfficeRequest, sheet_id: int) -> HttpResponse:
    """Check the answers, what is wrong first; then hand in."""
    found, page, form = find_sheet(request, sheet_id)
    if page is None or (request.method == "GET" and not form.may_edit):
        return redirect(found)
    status, refused = 200, ""
    if request.method == "POST":
        act = read_act(request.POST)
        try:
            actions.submit_sheet(
                task_id=page.task.pk, by=request.actor, outcome=act.outcome, key=act.key, late_reason=act.late_reason
            )
        except Refused as refusal:
            if refusal.code not in ("incomplete", "outdated"):
                page = with_refusal(page, act, refusal)
            status, refused = 422, refusal.sentence if refusal.code == "outdated" else ""
        else:
            return redirect("collection:sent", found.pk)
    all_found = findings([row.cell for row in form.source if row.line.editable])
    context = {
        "sheet": found, "page": page, "form": form, "rows": form.rows, "names": dict(form.heads), "refused": refused,
        "errors": [each for each in all_found if each.level == "error"],
        "warnings": [each for each in all_found if each.level == "warning"],
    }  # fmt: skip
    return render(request, "collection/check.html", context | renewal(found, form), status=status)


@require_safe
def sent(request: OfficeRequest, sheet_id: int) -> HttpResponse:
    """The confirmation: when it was handed in, under which number, who is next and until when."""
    found, page, form = find_sheet(request, sheet_id)
    if found.submitted_at is None:
        return redirect(found)
    after = queries.task_after(found)
    context = {
        "sheet": found,
        "page": page,
        "after": after,
        "who": sop.addressee(after) if after else "",
        "count": len(form.source),
    }
    context["may_take_back"] = actions.may_take_back(found, request.actor)
    if after and after.pegawai_id is None:
        held = sop.held_now([after], timezone.localdate())
        context["names"] = sop.holders_in_words(held.get(after.jabatan_id or 0, ()))
    context["waiting"] = waiting_in_words(page.task) if page and not after else ""
    return render(request, "collection/sent.html", context)
