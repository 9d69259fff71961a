"""One form from a workbook: the look at it is kept, and what became of its rows once they are saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runut.collection.actions.drafts import CellInput, Saved, save_lines
from runut.collection.actions.from_workbook import OfPeriod
from runut.collection.models import Line, Sheet
from runut.collection.queries.incoming import Incoming, Proposed
from runut.collection.queries.incoming_period import said
from runut.lib.imports import HIDDEN_NAMED
from runut.organisation.actions.imports import finish
from runut.organisation.actions.told import changes
from runut.organisation.models import RowState, Staged, StagedRow, StagedState
from runut.organisation.permissions import Actor


class OfSheet(OfPeriod):
    """The table of one form. It is read while the person waits and saved as if typed into the form."""

    key: str = "formulir"
    title: str | Promise = gettext_lazy("Formulir")


OF_SHEET = OfSheet()


@transaction.atomic
def keep_look(*, sheet: Sheet, file: UploadedFile[bytes], found: Incoming, by: Actor) -> Staged | None:
    """Keep what a workbook would change in a form, until it is saved; nothing where it would change nothing.

    Whoever calls has asked whether the person may.
    """
    if not (found.changed or found.stale):
        return None
    staged = Staged.objects.create(
        instansi_id=sheet.instansi_id, office_id=sheet.period.office_id, kind=OF_SHEET.key, about=sheet.pk,
        name=(file.name or "")[-200:], sha256=found.sha256, state=StagedState.READY, total=found.total,
        seen=found.total, at=timezone.now(), by=by.pegawai,
    )  # fmt: skip
    locked: dict[int, list[str]] = {}
    for cell in found.untaken:
        locked.setdefault(cell.no, []).append(cell.sentence)
    rows = [_row(staged, one, locked.pop(one.no, [])) for one in (*found.changed, *found.stale)]
    refused = {one.no: (one.label, one.reason) for one in found.rejected}
    names = {cell.no: cell.label for cell in found.untaken}
    refused |= {no: (names[no], " ".join(sentences)) for no, sentences in locked.items()}
    rows += [
        StagedRow(
            instansi_id=sheet.instansi_id, staged=staged, no=no, label=label[:300], state=RowState.REJECTED, words=words
        )
        for no, (label, words) in refused.items()
    ]
    StagedRow.objects.bulk_create(rows)
    same = found.same - len(locked)
    counts: dict[str, object] = dict.fromkeys(map(str, RowState), 0)
    counts |= {"changed": len(rows) - len(refused), "same": same, "rejected": len(refused)}
    file.seek(0)
    counts["file_sha256"] = sha256(file.read()).hexdigest()
    if found.hidden:
        counts |= {"hidden": len(found.hidden), "hidden_rows": list(found.hidden[:HIDDEN_NAMED])}
    if found.missing.count:
        counts |= {"missing": found.missing.count, "missing_names": list(found.missing.names)}
    staged.counts = counts
    staged.save(update_fields=["counts"])
    return staged


def _row(staged: Staged, one: Proposed, locked: Sequence[str]) -> StagedRow:
    line = one.row.line
    cells = {"line": line.pk, "was": said(line.amount, line.text, line.measure), "note": line.note, "locked": locked}
    why = ""
    if one.is_stale:
        why = _("Tetap seperti di formulir, yang sudah diubah sesudah berkasnya diunduh.")
    elif one.readings:
        why = _("Tidak dipilih mana dari kedua angkanya yang dimaksud.")
    return StagedRow(
        instansi_id=staged.instansi_id, staged=staged, no=one.no, label=one.row.version.name[:300],
        state=RowState.CHANGED, words=why, cells=cells,
    )  # fmt: skip


@transaction.atomic
def save_from_workbook(*, sheet: Sheet, by: Actor, cells: Mapping[int, CellInput], staged_id: int) -> Saved:
    """Save what was looked at, and keep what became of each row. A second time the outcome stays as it was."""
    saved = save_lines(sheet=sheet, by=by, cells=cells)
    mine = Staged.objects.visible_to(by).filter(pk=staged_id, kind=OF_SHEET.key, about=sheet.pk)
    staged = mine.select_for_update(of=("self",)).first()
    if staged is None:
        return saved
    saved.imported = staged.pk
    if staged.state == StagedState.READY:
        _settle(staged, saved)
        finish(staged, OF_SHEET, by)
    return saved


def _settle(staged: Staged, saved: Saved) -> None:
    """Say of each row what was written, or why nothing was."""
    written = {line.pk: line for line in saved.changed}
    rows = list(staged.rows.filter(state=RowState.CHANGED))
    for row in rows:
        line = row.cells["line"]
        if line in written:
            row.words = _written(row, written[line])
        elif why := _kept_out(row, line, saved):
            row.state, row.words = RowState.REJECTED, why
        else:
            row.state, row.words = RowState.SAME, ""
        row.cells = {}
        staged.counts["changed"] -= 1
        staged.counts[str(row.state)] += 1
    StagedRow.objects.bulk_update(rows, ["state", "words", "cells"], batch_size=100)


def _written(row: StagedRow, line: Line) -> str:
    now = said(line.amount, line.text, line.measure)
    told = changes((_("Realisasi"), row.cells["was"], now), (_("Keterangan"), row.cells["note"], line.note))
    return "\n".join(filter(None, (told, *row.cells["locked"])))


def _kept_out(row: StagedRow, line: int, saved: Saved) -> str:
    """Why nothing of a row was written; "" where the form said the same already."""
    if line in saved.conflicts:
        return _("Diubah orang lain sementara itu. Pilih isian yang dipakai di formulirnya.")
    return saved.errors.get(line, "") or " ".join(filter(None, (row.words, *row.cells["locked"])))
