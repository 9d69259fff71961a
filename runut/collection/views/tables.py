"""Periksa tabel: a published table, pasted or uploaded, is worked out anew. Nothing of it is kept."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from runut.collection.forms_table import TableForm
from runut.collection.rules.table import Checked, is_finding, left_out, lint_table
from runut.lib.errors import Refused
from runut.organisation.requests import OfficeRequest


@require_http_methods(["GET", "POST"])
def check_table(request: OfficeRequest) -> HttpResponse:
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
    rows = _checked(form) if form.is_bound else None
    context = {
        "form": form,
        "rows": rows,
        "found": [row for row in rows or () if is_finding(row)],
        "left_out": left_out(form.cleaned_data["table"]) if rows is not None else (),
        "clean": [row for row in rows or () if not is_finding(row)],
    }
    return render(
        request, "collection/check_table.html", context, status=422 if form.is_bound and rows is None else 200
    )


def _checked(form: TableForm) -> list[Checked] | None:
    """The rows of the table, or None with the fault in the form."""
    if not form.is_valid():
        return None
    try:
        return lint_table(form.cleaned_data["table"], form.cleaned_data["sign"])
    except Refused as refusal:
        form.add_error("file" if form.cleaned_data.get("file") else "text", refusal.sentence)
        return None
