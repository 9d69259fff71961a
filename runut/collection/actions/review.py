"""Judging a sheet line by line: right as it is, or back to whoever filled it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.collection import permissions
from runut.collection.actions.remarks import write_remark
from runut.collection.actions.submit import locked_sheet
from runut.collection.models import Line, Mark, MarkKind, Sheet, SheetState, Value, Verdict
from runut.collection.queries import Row, hash_of_rows, outdated_lines, rows_of
from runut.collection.rules import MOVES
from runut.collection.rules.acts import VALIDATE, VERIFY, act_of
from runut.collection.rules.sheets import LONGEST_NOTE
from runut.lib.errors import Refused, Stale
from runut.lib.states import check_move
from runut.organisation.models import Pegawai
from runut.organisation.permissions import Actor
from runut.sop.actions import Act, Result, begin, complete, postpone
from runut.sop.models import Task
from runut.sop.rules.owed import LONGEST_REASON

JUDGED_FIELDS = ("validated_at", "validated_by", "verified_at", "verified_by")
MARKS = {VALIDATE: MarkKind.VALIDATED, VERIFY: MarkKind.VERIFIED}


@dataclass(frozen=True, slots=True)
class LineVerdict:
    """What the reviewer says of one line: fine, or noted with what to repair."""

    noted: bool
    note: str = ""


@transaction.atomic
def review_sheet(
    *,
    task_id: int,
    by: Actor,
    outcome: str,
    verdicts: Mapping[int, LineVerdict],
    data_hash: str | None = None,
    key: str = "",
    reason: str = "",
    late_reason: str = "",
    outdated_reason: str = "",
    due: date | None = None,
    undecided: bool = False,
) -> Result:
    """Declare a sheet right, or send the noted lines back. Lines without a verdict count as fine. What is written of a
    line that is fine is kept beside its figure.

    data_hash: the content that the page showed; another one now is Stale, and so is a page that names none ("" instead
    of None). A return needs a note per line; its reason is made of the notes unless given. due: by which day what goes
    back is waited for, later than by the step's own time. undecided: an unusual line was passed over. Declaring right
    by a former definition or target needs outdated_reason. Where the step asks for it, it is the paraf, bound to the
    sheet's content.
    """
    act = begin(task_id=task_id, by=by, outcome=outcome, key=key, work="review")
    if act.result is not None:
        return act.result
    sheet = locked_sheet(act)
    permissions.check_can_review(act.actor, sheet, act_of(act.step))
    rows = rows_of(sheet)
    content = hash_of_rows(rows)
    if data_hash is not None and data_hash != content:
        raise Stale(_("Data berubah sejak halaman ini Anda buka. Muat ulang, lalu periksa lagi."))
    noted = _noted(rows, verdicts)
    _write_beside(rows, verdicts, act.actor)
    if act.outcome.back:
        return _wait_until(act, _send_back(act, sheet, rows, noted, reason, late_reason), due)
    _check_decided(noted, undecided)
    kept = _why_outdated(sheet, outdated_reason)
    form = {"sheet": sheet.pk, "values": _declare_right(act, sheet, rows, content, kept)}
    return complete(act, form=form, reason=kept, late_reason=late_reason, data_hash=content)


def _check_decided(noted: Mapping[int, str], undecided: bool) -> None:
    """Nothing is declared right with a note on it, or before each unusual line was looked at."""
    if undecided:
        sentence = _("Putuskan dulu baris yang perlu dilihat satu per satu: Sesuai atau Beri catatan.")
        raise Refused(sentence, code="undecided")
    if noted:
        raise Refused(
            _("Masih ada %(n)s catatan. Kembalikan formulir ini, atau tandai semua baris sesuai.") % {"n": len(noted)},
            code="noted",
        )


def _why_outdated(sheet: Sheet, reason: str) -> str:
    """Why the form is right although what it is measured by holds no more; "" where all of it holds."""
    names = dict.fromkeys(each.promise.version.name for each in outdated_lines(sheet, unsigned=True))
    if names and not reason.strip():
        raise Refused(
            _(
                "%(names)s masih diukur menurut definisi atau target yang lama. Kembalikan agar diperbarui, atau tulis "
                "alasan mengapa tetap dinyatakan benar."
            )
            % {"names": ", ".join(names)},
            code="outdated",
        )
    return reason.strip() if names else ""


def _noted(rows: Sequence[Row], verdicts: Mapping[int, LineVerdict]) -> dict[int, str]:
    """line id -> note, of the lines that go back."""
    noted = {row.line.pk: verdicts[row.line.pk].note.strip() for row in rows if _is_noted(verdicts, row.line)}
    for row in rows:
        if noted.get(row.line.pk) == "":
            raise Refused(
                _("Tulis catatan untuk “%(name)s”, supaya pengisinya tahu apa yang diperbaiki.")
                % {"name": row.version.name},
                code="note",
            )
        if len(noted.get(row.line.pk, "")) > LONGEST_NOTE:
            raise Refused(
                _("Catatan untuk “%(name)s” terlalu panjang. Ringkas sampai paling banyak %(n)s huruf.")
                % {"name": row.version.name, "n": LONGEST_NOTE},
                code="note",
            )
    return noted


def _write_beside(rows: Sequence[Row], verdicts: Mapping[int, LineVerdict], by: Actor) -> None:
    """Keep what was written of lines that are fine, where whoever looks at the figure next reads it."""
    for row in rows:
        verdict = verdicts.get(row.line.pk)
        if verdict is not None and not verdict.noted and verdict.note.strip():
            write_remark(line=row.line, by=by, text=verdict.note)


def _is_noted(verdicts: Mapping[int, LineVerdict], line: Line) -> bool:
    return line.pk in verdicts and verdicts[line.pk].noted


def _declare_right(act: Act, sheet: Sheet, rows: Sequence[Row], content: str, reason: str) -> int:
    """How many versions were declared right."""
    before = sheet.state
    check_move(MOVES, before, SheetState.VALIDATED, _("Formulir ini belum diajukan, jadi belum dapat diperiksa."))
    Line.objects.filter(sheet=sheet).update(verdict=Verdict.FINE, verdict_note="")
    values, judging = [row.value for row in rows if row.value is not None], act_of(act.step)
    _mark(act, sheet, values, MARKS[judging])
    # Asked before the act is noted on the form. Nothing to say where the form has no other act behind it.
    other = {"one_person": permissions.did_other_act(act.actor, sheet, judging)} if {*sheet.judged} - {judging} else {}
    sheet.state, noted = SheetState.VALIDATED, judged_fields(judging, act.now, act.actor.pegawai)
    for name, value in noted.items():
        setattr(sheet, name, value)
    sheet.save(update_fields=["state", *noted])
    record(
        "sheet.verified" if judging == VERIFY else "sheet.validated",
        subject=sheet,
        by=act.actor,
        before={"state": before},
        after={
            "state": sheet.state,
            "values": [value.pk for value in values],
            "data_hash": content,
            "filled_along": permissions.filled_along(act.actor, sheet),
            **other,
        },
        reason=reason,
        at=act.now,
    )
    return len(values)


def judged_fields(act: str, at: datetime, by: Pegawai) -> dict[str, datetime | Pegawai]:
    """What a sheet keeps of an act of judging: when, and by whom."""
    name = "verified" if act == VERIFY else "validated"
    return {f"{name}_at": at, f"{name}_by": by}


def _mark(act: Act, sheet: Sheet, values: Sequence[Value], kind: MarkKind) -> None:
    marked = set(Mark.objects.filter(value__in=values, kind=kind).values_list("value", flat=True))
    Mark.objects.bulk_create(
        [
            Mark(
                instansi_id=sheet.instansi_id, value=value, kind=kind, at=act.now,
                by=act.actor.pegawai, by_title=act.actor.title, basis=str(act.step.text)[:200],
            )
            for value in values
            if value.pk not in marked
        ]
    )  # fmt: skip


def _send_back(
    act: Act, sheet: Sheet, rows: Sequence[Row], noted: Mapping[int, str], reason: str, late_reason: str
) -> Result:
    if not noted:
        raise Refused(_("Pilih paling sedikit satu baris dan tulis catatannya, lalu kembalikan."), code="note")
    names = {row.line.pk: row.version.name for row in rows}
    before = sheet.state
    send_back(sheet, noted)
    why = reason.strip() or "; ".join(f"{names[pk]}: {note}" for pk, note in noted.items())
    notes = {str(pk): note for pk, note in noted.items()}
    record(
        "sheet.returned",
        subject=sheet,
        by=act.actor,
        before={"state": before},
        after={"state": sheet.state, "round": sheet.round, "notes": notes},
        reason=why,
        at=act.now,
    )
    # The whole of the notes stands with the lines; typed, a reason that is too long is refused.
    told = reason.strip() or Truncator(why).chars(LONGEST_REASON)
    return complete(act, form={"sheet": sheet.pk, "notes": notes}, reason=told, late_reason=late_reason)


def _wait_until(act: Act, result: Result, due: date | None) -> Result:
    """Give what was sent back until the office closes on that day."""
    if due is None:
        return result
    at = act.calendar.closing(due)
    if at is None:
        raise Refused(_("Kantor tutup pada tanggal itu. Pilih hari kerja sebagai batas pengajuan."), code="due")
    for task in Task.objects.filter(pk__in=result.opened, work="fill"):
        postpone(task=task, by=act.actor, due_at=at, reason=_("Batas dipilih pemeriksa saat mengembalikan."))
    return result


def mark_looked(*, sheet: Sheet, by: Actor) -> None:
    """Note when whoever is to check the sheet first opened it; from then on it is not taken back."""
    if sheet.state == SheetState.SUBMITTED and sheet.looked_at is None:
        task = permissions.open_task(sheet, "review", by)
        if task is not None and permissions.may_act(by, task):
            unseen = Sheet.objects.filter(pk=sheet.pk, state=SheetState.SUBMITTED, looked_at__isnull=True)
            unseen.update(looked_at=timezone.now())


def send_back(sheet: Sheet, noted: Mapping[int, str]) -> None:
    """Open the noted lines of a locked sheet in a new round, in which it is judged anew; the others stay as they are.

    line id -> note.
    """
    sentence = _("Formulir ini tidak dapat dikembalikan dari keadaannya kini.")
    check_move(MOVES, sheet.state, SheetState.RETURNED, sentence)
    lines = list(Line.objects.filter(sheet=sheet))
    for line in lines:
        line.editable = line.pk in noted
        line.verdict = Verdict.NOTED if line.editable else Verdict.FINE
        line.verdict_note = noted.get(line.pk, "")
    Line.objects.bulk_update(lines, ["editable", "verdict", "verdict_note"], batch_size=200)
    sheet.state, sheet.round = SheetState.RETURNED, sheet.round + 1
    sheet.validated_at = sheet.validated_by = sheet.verified_at = sheet.verified_by = None
    sheet.save(update_fields=["state", "round", *JUDGED_FIELDS])
