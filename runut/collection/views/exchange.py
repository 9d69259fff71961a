"""A form as a workbook: out, and back in after a look at what it would change."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from runut.collection import actions, permissions, queries
from runut.collection.models import Period
from runut.collection.views.cells import check_may_edit
from runut.collection.views.sheets import find_sheet
from runut.lib.errors import Refused
from runut.lib.workbook_form import WorkbookForm
from runut.lib.workbooks import MIME
from runut.organisation.requests import OfficeRequest


@require_safe
def download(request: OfficeRequest, sheet_id: int) -> HttpResponse:
    """The form as a workbook, with the columns of the paper form."""
    found, _page, form = find_sheet(request, sheet_id)
    name, content = queries.sheet_workbook(found, form.source, may_edit=form.may_edit)
    return HttpResponse(content, content_type=MIME, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_safe
def download_period(request: OfficeRequest, period_id: int) -> HttpResponse:
    """All forms of a period as one workbook, for those who may see all of them. `edar`: to be passed on, so that not
    only what the person fills in is open."""
    rows = Period.objects.visible_to(request.actor).select_related("office__calendar", "run")
    found = get_object_or_404(rows, pk=period_id)
    permissions.check_can_see_all(request.actor, found)
    name, content = queries.period_workbook(found, request.actor, to_pass_on="edar" in request.GET)
    return HttpResponse(content, content_type=MIME, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_http_methods(["GET", "POST"])
def import_sheet(request: OfficeRequest, sheet_id: int) -> HttpResponse:
    """What a filled workbook would change. It is saved from the page that shows it, as if typed into the form."""
    sheet, page, grid = find_sheet(request, sheet_id)
    if request.method == "GET" and not grid.may_edit:
        return redirect(sheet)
    check_may_edit(sheet, grid)
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    form.wanted = queries.WANTED
    found: queries.Incoming | None = None
    look = None
    if form.is_bound and form.is_valid():
        try:
            given, columns = form.cleaned_data, queries.sheet_incoming(sheet)
            found = queries.incoming(grid.source, columns, given["table"], given["sign"])
        except Refused as refusal:
            form.add_error("file", refusal.sentence)
        else:
            look = actions.keep_look(sheet=sheet, file=given["file"], found=found, by=request.actor)
    context = {"sheet": sheet, "page": page, "form": form, "found": found, "look": look}
    return render(request, "collection/import.html", context, status=422 if form.is_bound and found is None else 200)
