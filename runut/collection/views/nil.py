"""Nihil: a whole form, or what is left of it, with one reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from runut.collection import actions
from runut.collection.forms_follow_up import NilForm
from runut.collection.views.cells import check_may_edit
from runut.collection.views.sheets import find_sheet
from runut.organisation.requests import OfficeRequest


@require_http_methods(["GET", "POST"])
def nil(request: OfficeRequest, sheet_id: int) -> HttpResponse:
    """Say why there is nothing to report; then look at it and hand it in as always."""
    sheet, page, grid = find_sheet(request, sheet_id)
    if request.method == "GET" and not grid.may_edit:
        return redirect(sheet)
    check_may_edit(sheet, grid)
    form = NilForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        count = actions.report_nil(sheet=sheet, by=request.actor, reason=form.cleaned_data["reason"])
        told = ngettext("%(n)d baris dilaporkan nihil.", "%(n)d baris dilaporkan nihil.", count) % {"n": count}
        messages.success(request, told + " " + _("Periksa, lalu ajukan."))
        return redirect("collection:check", sheet.pk)
    context = {"sheet": sheet, "page": page, "form": form, "empty": grid.empty}
    return render(request, "collection/nil.html", context, status=422 if request.method == "POST" else 200)
