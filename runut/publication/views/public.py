"""What everybody may read without signing in: only what was released."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from runut.collection.rules import count_reached
from runut.lib.csvtext import CONTENT_TYPE, csv_text
from runut.publication.models import Release
from runut.publication.permissions import may_withdraw
from runut.publication.queries import corrected_of, offices_with_releases, releases_of, replacement_of
from runut.publication.rules import are_of_people

COLUMNS = (
    ("unit", "unit_kerja"),
    ("sasaran", "sasaran"),
    ("indicator", "indikator"),
    ("measure", "satuan"),
    ("target", "target"),
    ("actual", "realisasi"),
    ("achievement", "capaian"),
    ("people", "jumlah_pegawai"),
    ("suppressed", "disembunyikan"),
    ("corrected", "dikoreksi"),
)


@require_safe
@login_not_required
def offices(request: HttpRequest) -> HttpResponse:
    """The offices that have published something."""
    return render(request, "publication/offices.html", {"offices": offices_with_releases()})


@require_safe
@login_not_required
def office(request: HttpRequest, slug: str) -> HttpResponse:
    """What one office has published."""
    found = offices_with_releases(slug)
    if not found:
        raise Http404
    [(owner, releases)] = found
    actor = getattr(request, "actor", None)
    mine = [release.pk for release in releases if may_withdraw(actor, release)]
    return render(request, "publication/office.html", {"owner": owner, "releases": releases, "mine": mine})


@require_safe
@login_not_required
def office_year(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """On to the latest release of a year."""
    found = releases_of(slug, year)
    if not found:
        raise Http404
    return redirect(next((release for release in found if not release.withdrawn_at), found[0]))


@require_safe
@login_not_required
def release(request: HttpRequest, slug: str, year: int, no: int) -> HttpResponse:
    """One version of what an office published: rows, who signed, what became of it."""
    found = _release(slug, year, no)
    rows = [] if found.withdrawn_at else found.rows
    reached, counted = count_reached(str(row["level"]) for row in rows)
    context = {"release": found, "rows": rows, "versions": releases_of(slug, year)}
    context |= {"reached": reached, "counted": counted}
    context["per_person"] = are_of_people(rows)
    context["corrected"] = corrected_of(found)
    context["present"] = replacement_of(found)
    context["may_withdraw"] = may_withdraw(getattr(request, "actor", None), found)
    return render(request, "publication/release.html", context)


@require_safe
@login_not_required
def release_csv(request: HttpRequest, slug: str, year: int, no: int) -> HttpResponse:
    """The same rows as a file that spreadsheets open."""
    found = _release(slug, year, no)
    if found.withdrawn_at:
        raise Http404
    heading = ["kantor", "tahun", "triwulan", "versi", *(label for _name, label in COLUMNS)]
    same = [found.office.name, found.year, found.quarter or "", found.no]
    lines = ([*same, *(row[name] for name, _label in COLUMNS)] for row in found.rows)
    response = HttpResponse(csv_text([heading, *lines]), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{slug}-{year}-v{no}.csv"'
    return response


def _release(slug: str, year: int, no: int) -> Release:
    rows = Release.objects.select_related("office__instansi", "superseded_by__office", "supersedes__office", "task")
    return get_object_or_404(rows, office__slug=slug, year=year, no=no)
