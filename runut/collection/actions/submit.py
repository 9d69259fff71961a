"""Handing a sheet in: the draft becomes versions that are never changed again."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from runut.audit.actions import record
from runut.collection.actions.values import plain
from runut.collection.models import Measure, Sheet, SheetState, Value, Verdict
from runut.collection.queries import Row, outdated_lines, renewals_of, rows_of, sheet_hash
from runut.collection.rules import MOVES, findings
from runut.lib.errors import Refused
from runut.lib.states import check_move
from runut.organisation.permissions import Actor
from runut.sop.actions import Act, Result, begin, complete


@transaction.atomic
def submit_sheet(*, task_id: int, by: Actor, outcome: str = "complete", key: str = "", late_reason: str = "") -> Result:
    """Hand in the sheet of a fill task. Refused while a cell is empty without saying why, or
    measured by what holds no more.

    A figure's first version needs no reason. A later one of a correction, or of a figure that was
    signed, says cause and reason; after a return before that, the reviewer's note is the reason.
    """
    act = begin(task_id=task_id, by=by, outcome=outcome, key=key, work="fill")
    if act.result is not None:
        return act.result
    if act.outcome.back:
        raise Refused(_("Formulir tidak dikembalikan oleh pengisinya. Sampaikan kepada yang membagikannya."))
    sheet = locked_sheet(act)
    before = sheet.state
    check_move(MOVES, before, SheetState.SUBMITTED, _("Formulir ini sudah diajukan. Muat ulang halaman."))
    rows = rows_of(sheet)
    _check_complete(rows)
    _check_in_force(sheet)
    values = [_version(act, sheet, row) for row in _with_news(rows)]
    # One by one would be as many statements as lines; the versions a later one supersedes exist already.
    Value.objects.bulk_create(values, batch_size=200)
    sheet.lines.filter(editable=True).update(verdict=Verdict.NONE)
    sheet.state, sheet.submitted_at, sheet.submitted_by = SheetState.SUBMITTED, act.now, act.actor.pegawai
    sheet.looked_at = None
    sheet.save(update_fields=["state", "submitted_at", "submitted_by", "looked_at"])
    record(
        "sheet.submitted",
        subject=sheet,
        by=act.actor,
        before={"state": before},
        after={"state": sheet.state, "round": sheet.round, "values": [plain(value) for value in values]},
        at=act.now,
    )
    form = {"sheet": sheet.pk, "round": sheet.round, "values": len(values)}
    return complete(act, form=form, late_reason=late_reason, data_hash=sheet_hash(sheet) if act.step.paraf else "")


def locked_sheet(act: Act) -> Sheet:
    """The sheet that the act's task is about, locked."""
    found = None
    if act.branch is not None:
        rows = Sheet.objects.filter(run=act.run, member=act.branch.member).order_by("pk")
        found = rows.values_list("pk", flat=True).first()
    if found is None:
        raise Refused(_("Formulir untuk tugas ini belum dibuat. Hubungi penyiap formulir."))
    return Sheet.objects.locked(found)


def _check_complete(rows: Sequence[Row]) -> None:
    errors = [f.sentence for f in findings([row.cell for row in rows if row.line.editable]) if f.level == "error"]
    if errors:
        more = _(" Dan %(n)s hal lain.") % {"n": len(errors) - 3} if len(errors) > 3 else ""
        raise Refused(_("Belum dapat diajukan. ") + " ".join(errors[:3]) + more, code="incomplete")


def _check_in_force(sheet: Sheet) -> None:
    """What is handed in is measured by what holds at the end of the period."""
    if names := [each.promise.version.name for each in outdated_lines(sheet, unsigned=True)]:
        raise Refused(
            _(
                "Definisi atau target %(names)s sudah berubah. Tekan “Perbarui formulir ini” dahulu; "
                "isian Anda tetap ada."
            )
            % {"names": ", ".join(dict.fromkeys(names))},
            code="outdated",
        )


def _evidence(row: Row) -> list[dict[str, int | str]]:
    return [{"id": e.pk, "name": e.name, "sha256": e.sha256, "size": e.size, "link": e.link} for e in row.evidence]


def _with_news(rows: Sequence[Row]) -> list[Row]:
    """Open lines with a first version, a figure of a correction not answered yet, another content than the last, or
    another definition since. At most one query."""
    open_rows = [row for row in rows if row.line.editable]
    renewals = renewals_of([row.figure for row in open_rows if row.value is not None])
    since = {pk: found[-1].last for pk, found in renewals.items()}
    return [row for row in open_rows if _says_something_new(row, since.get(row.figure.pk, 0))]


def _says_something_new(row: Row, renewed: int) -> bool:
    """renewed: the last version that was measured by a former definition."""
    value = row.value
    return value is None or value == row.before or value.no <= renewed or _differs(row, value)


def _differs(row: Row, value: Value) -> bool:
    line = row.line
    now = (line.amount, line.text, line.measure, line.note, line.parts, [e.pk for e in row.evidence])
    before = [item["id"] for item in value.evidence]
    then = (value.amount, value.text, value.measure, value.note, value.parts, before)
    if (row.figure.target, row.figure.target_text) != (value.target, value.target_text):
        return True
    # Other words for the same number are a new version too: they are what is decided on.
    return now != then or (line.cause or value.cause, line.reason or value.reason) != (value.cause, value.reason)


def _answering(note: str) -> str:
    """The reviewer's note as the reason of a later version, called what it is: not the words of whoever fills in."""
    return gettext_noop("Atas catatan pemeriksa: %(note)s") % {"note": note} if note else ""


def _version(act: Act, sheet: Sheet, row: Row) -> Value:
    line, figure = row.line, row.figure
    measured = line.measure == Measure.MEASURED
    return Value(
        instansi_id=sheet.instansi_id,
        figure=figure,
        no=row.value.no + 1 if row.value else 1,
        amount=line.amount if measured else None,
        text=line.text if measured else "",
        numerator=line.numerator if measured else None,
        denominator=line.denominator if measured else None,
        measure=line.measure,
        target=figure.target,
        target_text=figure.target_text,
        note=line.note,
        cause=line.cause,
        reason=line.reason or (_answering(line.verdict_note) if row.value else ""),
        evidence=_evidence(row),
        supersedes=row.value,
        sheet=sheet,
        round=sheet.round,
        at=act.now,
        by=act.actor.pegawai,
        by_title=act.actor.title,
    )
