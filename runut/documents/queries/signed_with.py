"""Who else signed the paper with which a figure was signed: its mark names the last signer only."""

from __future__ import annotations

from collections.abc import Iterable

from runut.collection.models import SIGNED, Figure, Mark
from runut.documents.models import Document, DocumentState, Signature
from runut.documents.queries.reading import content_of


def signed_with(figure: Figure, marks: Iterable[Mark]) -> dict[int, list[Signature]]:
    """Mark id -> the signatures of others under the same version, in the order they were given. At most two queries."""
    given = [mark for mark in marks if mark.kind in SIGNED]
    if not given:
        return {}
    papers = _papers(figure, {mark.basis for mark in given})
    found: dict[int, list[Signature]] = {}
    for mark in given:
        rows = papers.get((mark.basis, mark.value_id), [])
        if any(row.pegawai_id == mark.by_id for row in rows):
            found[mark.pk] = [row for row in rows if row.pegawai_id != mark.by_id]
    return found


def _papers(figure: Figure, names: set[str]) -> dict[tuple[str, int], list[Signature]]:
    """(name of a version, version of the figure in it) -> its signatures; one that was given again counts once."""
    titles = {name.rpartition(" v")[0] for name in names}
    documents = Document.objects.filter(office=figure.period.office_id, title__in=titles)
    signed = documents.exclude(state=DocumentState.DRAFT).prefetch_related("signatures").order_by("pk")
    found: dict[tuple[str, int], list[Signature]] = {}
    for document in signed:
        rows = {row.pegawai_id: row for row in sorted(document.signatures.all(), key=lambda row: row.at)}
        for line in content_of(document)["rows"]:
            found[str(document), int(line["value"])] = list(rows.values())
    return found
