"""Documents to read and print, the office's books and archive, and how far a year's report is."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from runut.documents import permissions
from runut.documents.actions.renew import renewable
from runut.documents.models import Document, DocumentState
from runut.documents.queries import (
    archive_page,
    archived,
    bearers_of,
    document_page,
    entries_of,
    report_state,
    years_with_reports,
)
from runut.documents.queries.printing import live_paper, paper_of
from runut.documents.queries.reading import current_content, main_document, signatures_of
from runut.documents.queries.replaced import replaced_since
from runut.documents.rules.content import hash_of
from runut.organisation.requests import OfficeRequest
from runut.sop.models import Run

# Of which there can be a report; other numbers are no year.
YEARS = range(2000, 2101)


@require_safe
def of_run(request: OfficeRequest, run_id: int) -> HttpResponse:
    """On to the latest version of what a run is about."""
    found = main_document(get_object_or_404(Run.objects.visible_to(request.actor), pk=run_id))
    if found is None or not Document.objects.visible_to(request.actor).filter(pk=found.pk).exists():
        raise Http404
    return redirect(found)


@require_safe
def document(request: OfficeRequest, document_id: int) -> HttpResponse:
    """One version, as it is printed: who initialled and signed it, and what became of it."""
    rows = Document.objects.visible_to(request.actor).select_related(
        "office__instansi", "run__office", "run__version__sop", "superseded_by", "supersedes"
    )
    found = get_object_or_404(rows, pk=document_id)
    entries = entries_of(found)
    mine = renewable(found.run, found, request.actor)
    now = current_content(found.run) if mine else None
    context = {
        "document": found,
        "paper": paper_of(found),
        **_signed(found),
        "replaced": replaced_since(found, request.actor),
        "sees_nip": permissions.sees_nip(request.actor, found),
        "entries": entries,
        "numbered": next((entry for entry in entries if entry.number == found.number), None),
        "dispatches": found.dispatches.order_by("pk"),
        "copies": found.copies.order_by("pk"),
        "archived": getattr(found, "archived", None),
        "mine": mine,
        "now": live_paper(found.run, found, now) if now else None,
        "now_hash": hash_of(now) if now else "",
    }
    return render(request, "documents/document.html", context)


def _signed(document: Document) -> dict[str, object]:
    """The signatures that hold and those that were revoked; is_told: whether the page names them itself."""
    given = signatures_of(document)
    return {
        "signatures": [row for row in given if row.revoked_at is None],
        "revoked": [row for row in given if row.revoked_at is not None],
        "is_told": bool(given) or document.state == DocumentState.SUPERSEDED,
    }


@require_safe
def documents(request: OfficeRequest) -> HttpResponse:
    """The documents a person may see, with a search."""
    words = request.GET.get("q", "")
    page = document_page(request.actor, search=words, page=request.GET.get("halaman", 1))
    context = {"page": page, "q": words, "query": urlencode({"q": words}), "tabs": _tabs("dokumen")}
    return render(request, "documents/documents.html", context)


@require_safe
def archive_list(request: OfficeRequest) -> HttpResponse:
    """The office's books, and the documents in its archive."""
    words, shelf = request.GET.get("q", ""), request.GET.get("tampil", "agenda")
    number = request.GET.get("halaman", 1)
    is_shelf = shelf == "arsip"
    context: dict[str, object] = {}
    if is_shelf:
        context["page"] = archived(request.actor, search=words, page=number)
    else:
        context["page"] = book = archive_page(request.actor, search=words, page=number)
        context["bearers"] = bearers_of(book.object_list)
    context |= {
        "q": words, "is_shelf": is_shelf, "query": urlencode({"q": words, "tampil": shelf}),
        "tabs": _tabs("arsip" if is_shelf else "agenda"),
    }  # fmt: skip
    return render(request, "documents/archive_list.html", context)


def _tabs(shown: str) -> list[dict[str, object]]:
    """The parts of the archive, from the books to every version of every document."""
    shelves, every = reverse("documents:archive_list"), reverse("documents:documents")
    parts = [
        ("agenda", f"{shelves}?tampil=agenda", _("Agenda dan surat")),
        ("arsip", f"{shelves}?tampil=arsip", _("Dokumen arsip")),
        ("dokumen", every, _("Semua dokumen")),
    ]
    return [{"url": url, "label": label, "current": name == shown} for name, url, label in parts]


@require_safe
def reports(request: OfficeRequest) -> HttpResponse:
    """On to the latest year that has a report, else to the year before this one: reports come after their year."""
    years = years_with_reports(request.actor)
    return redirect("documents:report_year", years[0] if years else timezone.localdate().year - 1)


@require_safe
def report_year(request: OfficeRequest, year: int) -> HttpResponse:
    """How far the report of a year is, office by office."""
    if year not in YEARS:
        raise Http404
    years = sorted({*years_with_reports(request.actor), year}, reverse=True)
    context = {"year": year, "years": years, "rows": report_state(request.actor, year)}
    return render(request, "documents/report_year.html", context)
