"""Making, sending, filling and checking forms."""

from __future__ import annotations

from django.utils.translation import gettext as _

from runut.collection.actions import (
    CellInput,
    distribute,
    mark_opened,
    prepare_period,
    review_sheet,
    save_lines,
    submit_sheet,
)
from runut.collection.models import Measure, SheetKind
from runut.collection.queries import Row, basis_of, candidates, rows_of, sheet_hash, sheet_of
from runut.organisation.permissions import Actor
from runut.sop.models import Run, Task
from runut.sop.queries import definition_of
from runut.web.demo.perform.world import World, key_for


def prepare(world: World, run: Run, task: Task, by: Actor) -> None:
    basis = basis_of(definition_of(run.version))
    everybody = candidates(world.office, basis, world.year, world.quarter, world.today)
    members = [candidate.pk for candidate in everybody]
    prepare_period(
        task_id=task.pk, by=by, year=world.year, quarter=world.quarter, members=members, key=key_for(task, "complete")
    )


def send(world: World, run: Run, task: Task, by: Actor) -> None:
    distribute(task_id=task.pk, by=by, key=key_for(task, "complete"))


def fill(world: World, run: Run, task: Task, by: Actor) -> None:
    sheet = sheet_of(task)
    assert sheet is not None, f"no form for {task}"
    mark_opened(sheet=sheet, by=by)
    rows = [row for row in rows_of(sheet) if row.line.editable]
    save_lines(sheet=sheet, by=by, cells={row.line.pk: cell(world, sheet.kind, row) for row in rows})
    submit_sheet(task_id=task.pk, by=by, key=key_for(task, "complete"))


def cell(world: World, kind: str, row: Row) -> CellInput:
    """What the person types in one line."""
    corrected = world.proposals.get(row.figure.pk)
    typed = str(corrected).replace(".", ",") if corrected is not None else world.actual(row.version.indicator.code)
    why = kind == SheetKind.CORRECTION or row.needs_cause
    return CellInput(
        typed=typed,
        rev=row.line.rev,
        note=_note(row, typed),
        cause=_("Salah mengambil bulan pada rekap.") if why else None,
        reason=_("Rekap diperiksa ulang dengan data sumber.") if why else None,
        measure=Measure.MEASURED if typed else Measure.NOT_MEASURED,
    )


def _note(row: Row, typed: str) -> str:
    if not typed:
        return _("Belum diukur pada triwulan ini.")
    return _("Bukti disampaikan kemudian.") if row.line.needs_evidence and not row.evidence else ""


def review(world: World, run: Run, task: Task, by: Actor) -> None:
    sheet = sheet_of(task)
    assert sheet is not None, f"no form for {task}"
    review_sheet(
        task_id=task.pk, by=by, outcome="complete", verdicts={}, data_hash=sheet_hash(sheet),
        key=key_for(task, "complete"),
    )  # fmt: skip
