"""Reading what was opened to the public, and what would be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from runut.collection.rules.acts import acts_of, judged_words
from runut.documents.models import Document, DocumentState
from runut.documents.queries import content_of, figure_state, signatures_of
from runut.documents.queries.replaced import Corrected, corrected_since
from runut.lib.nip import format_nip
from runut.organisation.models import Office, Pegawai
from runut.publication.models import Release
from runut.publication.rules import names_in, release_rows
from runut.sop.queries import definition_of


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist before publishing: what must be so, and whether it is."""

    text: str
    is_met: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What would become public, and what stands against it."""

    rows: list[dict[str, object]]
    signed_as: list[str]
    names: list[str]
    replaces: Release | None


def preview(document: Document) -> Preview:
    """The rows as they would be released from this document. A constant number of queries."""
    content = content_of(document)
    last = present_release(document.office_id, document.year, document.quarter)
    rows = release_rows(content["rows"], content["basis"], last.rows if last else ())
    signed_as = list(dict.fromkeys(row.title for row in signatures_of(document) if row.revoked_at is None))
    return Preview(rows, signed_as, names_of_staff(document.office_id, rows), last)


def names_of_staff(office_id: int, rows: Sequence[Mapping[str, object]]) -> list[str]:
    """People of the office whose name or NIP stands in what would become public."""
    called = dict[str, str]()
    for name, nip in Pegawai.objects.filter(office=office_id).values_list("name", "nip"):
        called |= dict.fromkeys((name, nip, format_nip(nip)), name)
    return list(dict.fromkeys(called[found] for found in names_in(rows, list(called))))


def present_release(office_id: int, year: int, quarter: int) -> Release | None:
    """The release of a period that no later one replaces, withdrawn or not. One query."""
    rows = Release.objects.filter(office=office_id, year=year, quarter=quarter, superseded_by__isnull=True)
    return rows.select_related("office").order_by("-no").first()


def replacement_of(release: Release) -> Release | None:
    """What stands in a release's place now, be it withdrawn; None where nothing replaced it. At most one query."""
    if not hasattr(release, "superseded_by"):
        return None
    return present_release(release.office_id, release.year, release.quarter)


def release_of(document: Document) -> Release | None:
    """What of this document is open to the public now. One query."""
    rows = present_releases().filter(document=document, withdrawn_at__isnull=True)
    return rows.select_related("office", "task__run").order_by("-no").first()


def corrected_of(release: Release) -> Corrected | None:
    """How many figures behind a release have been corrected since, and since when; None where it is not the present
    one. The release comes with what replaces it."""
    if release.withdrawn_at is not None or hasattr(release, "superseded_by"):
        return None
    return corrected_since(release.document)


def offices_with_releases(slug: str = "") -> list[tuple[Office, list[Release]]]:
    """Every office that has something public, or one, with its present releases, latest first. One query."""
    rows = present_releases().select_related("office__instansi", "task").order_by("office__name", "-year", "-quarter")
    rows = rows.filter(office__slug=slug) if slug else rows
    found: dict[int, tuple[Office, list[Release]]] = {}
    for row in rows:
        found.setdefault(row.office_id, (row.office, []))[1].append(row)
    return list(found.values())


def present_releases() -> QuerySet[Release]:
    return Release.objects.filter(superseded_by__isnull=True).defer("rows")


def releases_of(slug: str, year: int) -> list[Release]:
    """All versions of an office's releases of a year, latest first. One query."""
    rows = Release.objects.filter(office__slug=slug, year=year).select_related("office__instansi")
    return list(rows.defer("rows").order_by("-no"))


def checklist(document: Document, found: Preview) -> list[Check]:
    """What must be so before this document's figures are opened to everybody."""
    state = figure_state(document.run, content_of(document))
    names = ", ".join(found.names[:5])
    acts = acts_of(definition_of(document.run.version))
    judged = Check(_("Semua angka sudah %(acts)s") % {"acts": judged_words(acts)}, not state.unvalidated)
    return [
        Check(_("Dokumen sudah ditandatangani"), document.state == DocumentState.SIGNED),
        *([judged] if acts else []),
        Check(_("Tidak ada nama atau NIP pegawai"), not found.names, names),
        Check(_("Kelompok kurang dari lima orang digabung atau disembunyikan"), True),
    ]
