"""A form that was handed in on paper: its scan, and who types it in."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from runut.collection import actions, permissions, queries
from runut.collection.forms_follow_up import ScanForm
from runut.collection.models import PaperEntry
from runut.collection.views.follow_up import find_sheet
from runut.lib.errors import Refused
from runut.organisation.requests import OfficeRequest


@require_http_methods(["GET", "POST"])
def enter(request: OfficeRequest, sheet_id: int) -> HttpResponse:
    """Attach the scan, then type in what stands on it."""
    sheet = find_sheet(request, sheet_id)
    permissions.check_can_enter_for(request.actor, sheet.run)
    begun = queries.begun_by_others(sheet, request.actor)
    form = ScanForm(request.POST or None, request.FILES or None, begun=bool(begun))
    if request.method == "POST" and form.is_valid():
        try:
            meant = form.cleaned_data.get("begun", False)
            actions.enter_from_paper(sheet=sheet, by=request.actor, upload=form.cleaned_data["file"], begun=meant)
        except Refused as refusal:
            if refusal.code != "upload":
                raise
            form.add_error("file", refusal.sentence)
        else:
            messages.success(request, _("Pindaian tersimpan. Salin angkanya; formulirnya bertanda diisikan oleh Anda."))
            return redirect(sheet)
    status = 422 if request.method == "POST" else 200
    return render(request, "collection/paper.html", {"sheet": sheet, "form": form, "begun": begun}, status=status)


@require_safe
def scan(request: OfficeRequest, sheet_id: int, paper_id: int) -> FileResponse:
    """The scan as a download, to whoever may see the sheet."""
    found = get_object_or_404(PaperEntry, pk=paper_id, sheet=find_sheet(request, sheet_id))
    answer = FileResponse(
        found.file.open("rb"), as_attachment=True, filename=found.name, content_type=found.content_type
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
