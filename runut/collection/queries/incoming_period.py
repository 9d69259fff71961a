"""What a workbook with all forms of a period would change: read in one pass, judged row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from runut.collection.models import Figure, Line, Measure, Period, Sheet, SheetState, Value
from runut.collection.queries.acts import acts_of_form, acts_of_run
from runut.collection.queries.incoming import (
    Key,
    Near,
    check_named,
    check_no_parts,
    check_writable,
    key_in,
    meant_as,
    moment,
    names_of,
    parts_of,
    read_key,
    typed_of,
)
from runut.collection.queries.locked_cells import untaken
from runut.collection.queries.papers import amount_or_words
from runut.collection.queries.rows import past_values
from runut.collection.queries.standing import holding_values
from runut.collection.rules import (
    EDITABLE,
    HANDED_IN,
    NO_PARTS,
    Parts,
    locked_because,
    read_cell,
    realised,
    two_readings,
    worked_out,
)
from runut.collection.rules.acts import Acts
from runut.collection.rules.sheets import measured, note_of_number
from runut.lib.errors import Refused
from runut.lib.imports import MISSING_KEPT, NOTHING_MISSING, Column, Missing, Read
from runut.lib.numbers import typed_number
from runut.lib.spelled import read_beside
from runut.lib.workbooks import Cell
from runut.lib.written import is_percentage
from runut.organisation.permissions import Actor
from runut.planning.models import IndicatorVersion, ValueType
from runut.sop.models import RunState, Task, TaskState
from runut.sop.models.running import TaskQuerySet
from runut.sop.permissions import addressee


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the period that the person may see. label: `state` in words. mine: whether it is the person's to fill
    in now. task: the open task of filling it in, whose ever it is.
    """

    pk: int
    subject: str
    state: str
    label: str
    acts: Acts
    mine: bool
    task: int | None

    @property
    def closed(self) -> str:
        """Why the person cannot write in it now; "" when free. A query for whoever else's it is."""
        if self.state == SheetState.SUBMITTED:
            return _("Formulir ini sudah diajukan, jadi tidak diubah lewat berkas.")
        if self.state not in EDITABLE:
            return locked_because(self.state, self.acts)
        if self.mine:
            return ""
        if self.task is None:
            return _("Formulir ini belum atau sedang tidak dibuka untuk diisi.")
        task = Task.objects.select_related("jabatan", "pegawai").defer("form").get(pk=self.task)
        return _("Formulir ini diisi oleh %(who)s, jadi tidak diubah lewat berkas Anda.") % {"who": addressee(task)}

    @property
    def shut(self) -> str:
        """The same in a few words, without saying whose it is; no query."""
        if self.mine and self.state in EDITABLE:
            return ""
        if self.state not in EDITABLE:
            return self.label
        return _("belum dibuka untuk diisi") if self.task is None else _("diisi oleh orang lain")


@dataclass(frozen=True, slots=True)
class Write:
    """What a row would write into its line. label: whose it is and what is measured. words: what changes."""

    no: int
    line: int
    rev: int
    amount: Decimal | None
    text: str
    measure: str
    note: str
    label: str
    words: str
    parts: Parts = NO_PARTS


class Kept(NamedTuple):
    """A line as it stands in the workbook, with what it takes to read an answer to it."""

    pk: int
    sheet: int
    figure: int
    rev: int
    amount: Decimal | None
    text: str
    measure: str
    note: str
    editable: bool
    edited_by: int | None
    edited_at: datetime | None
    name: str
    unit_of_measure: str
    value_type: str
    scale: list[str]
    numerator: Decimal | None
    denominator: Decimal | None
    over: str
    under: str
    multiplier: Decimal
    decimals: int
    nil_reason: str
    target: Decimal | None
    target_text: str
    annual_target: Decimal | None
    annual_target_text: str
    sasaran: str | None
    last: Decimal | None = None

    @property
    def near(self) -> Near:
        return Near(self.target, self.annual_target, self.last)

    @property
    def locked(self) -> dict[str, Cell]:
        """What stands in the cells that nobody fills in, by their columns."""
        return {
            "sasaran": self.sasaran or "", "unit": self.unit_of_measure,
            "annual_target": amount_or_words(self.annual_target, self.annual_target_text),
            "target": amount_or_words(self.target, self.target_text),
        }  # fmt: skip

    @property
    def parts(self) -> Parts:
        return Parts(self.numerator, self.denominator)

    @property
    def version(self) -> IndicatorVersion:
        """What the dictionary says of working it out."""
        return IndicatorVersion(
            numerator=self.over, denominator=self.under, multiplier=self.multiplier, decimals=self.decimals,
            value_type=self.value_type,
        )  # fmt: skip


_FIELDS = (
    "pk", "sheet", "figure", "rev", "amount", "text", "measure", "note", "editable", "edited_by", "edited_at",
    "figure__indicator__name", "figure__indicator__unit_of_measure", "figure__indicator__value_type",
    "figure__indicator__scale", "numerator", "denominator", "figure__indicator__numerator",
    "figure__indicator__denominator", "figure__indicator__multiplier", "figure__indicator__decimals", "nil_reason",
    "figure__target", "figure__target_text", "figure__annual_target", "figure__annual_target_text",
    "figure__indicator__indicator__sasaran__text",
)  # fmt: skip


def forms_of(period: Period, actor: Actor, *, of_all: bool = False) -> dict[int, Form]:
    """The forms of a period that the person may see, each with whether it may be written in now. Five queries at most.

    of_all: the person may write in whatever form is open to be filled in, also for others.
    """
    sheets = Sheet.objects.of_run_visible_to(period.run_id, actor).select_related("unit", "pegawai")
    names = (
        "member", "state", "validated_at", "verified_at", "unit__name", "pegawai__name", "pegawai__title_front",
        "pegawai__title_back",
    )  # fmt: skip
    of_run = acts_of_run(period.run)
    others = dict(_fill_tasks(period).values_list("branch__member", "pk"))
    mine = set(others) if of_all else to_fill(period, actor)
    return {
        sheet.pk: Form(
            sheet.pk, sheet.subject, sheet.state, sheet.state_label, acts_of_form(sheet, of_run), sheet.member in mine,
            others.get(sheet.member),
        )
        for sheet in sheets.only(*names)
    }  # fmt: skip


def to_fill(period: Period, actor: Actor, *, of_all: bool = False) -> set[str]:
    """The members whose forms the person may fill in now: one's own, or of all. One query."""
    tasks = _fill_tasks(period)
    return set((tasks if of_all else tasks.addressed_to(actor)).values_list("branch__member", flat=True))


def _fill_tasks(period: Period) -> TaskQuerySet:
    tasks = Task.objects.filter(run=period.run_id, run__state=RunState.RUNNING, work="fill", state=TaskState.OPEN)
    return tasks.filter(branch__isnull=False)


class Reading:
    """One reading of such a workbook: what a row says against the line that its key names."""

    def __init__(self, period: Period, actor: Actor, columns: Sequence[Column]) -> None:
        self._forms, self._columns, self._period = forms_of(period, actor), columns, period
        self._seen: set[int] = set()
        self._came: set[int] = set()
        self._writers: dict[int, str] = {}

    def pass_over(self, rows: Iterable[Read]) -> None:
        """Rows that were judged before count as seen."""
        for row in rows:
            if key := key_in(row):
                self._seen.add(key.pk)
                self._came.add(key.pk)

    def judged(self, rows: Sequence[Read]) -> list[tuple[Read, Write | Refused | None, str]]:
        """Each row with what it would write, None for what stands there already, or why not; and what it is about."""
        keys = [_key(row) for row in rows]
        self._came |= {key.pk for row in rows if (key := key_in(row))}
        lines = self._lines({key.pk for key in keys if isinstance(key, Key)})
        moved = [each for each in keys if isinstance(each, Key) and each.pk in lines and each.rev != lines[each.pk].rev]
        self._writers = names_of(lines[each.pk].edited_by for each in moved)
        return [(row, *self._judge(row, key, lines)) for row, key in zip(rows, keys, strict=True)]

    def missing(self) -> Missing:
        """Lines that the person may fill in and that did not come back. Two queries; none for another period's."""
        open_to = {form.pk for form in self._forms.values() if not form.shut}
        if not (self._came and open_to):
            return NOTHING_MISSING
        rows = Line.objects.filter(sheet__run=self._period.run_id).order_by("sheet", "figure__no", "pk")
        lines = [(pk, sheet) for pk, sheet in rows.values_list("pk", "sheet") if sheet in open_to]
        left = [pk for pk, _sheet in lines if pk not in self._came]
        if len(left) == len(lines):
            return NOTHING_MISSING
        named = rows.filter(pk__in=left[:MISSING_KEPT]).values_list("sheet", "figure__indicator__name")
        return Missing(len(left), [f"{self._forms[sheet].subject}: {name}" for sheet, name in named] if left else [])

    def _lines(self, pks: set[int]) -> dict[int, Kept]:
        """One query, two where forms were handed in: theirs show the number that holds, wherever it came from. Two more
        where there are percentages, three at most: what they were in the period before."""
        # By their keys alone: the run's lines may be very many, and whose they are is known.
        rows = Line.objects.filter(pk__in=pks).values_list(*_FIELDS)
        found = [Kept(*row) for row in rows if row[1] in self._forms]
        shut = [line.figure for line in found if self._forms[line.sheet].state in HANDED_IN]
        holds = holding_values(shut) if shut else {}
        last = self._last(found)
        return {
            line.pk: _corrected(line, holds.get(line.figure))._replace(last=last.get(line.figure)) for line in found
        }

    def _last(self, lines: Iterable[Kept]) -> dict[int, Decimal | None]:
        """Figure id -> the value of the period before, of percentages."""
        shares = [line.figure for line in lines if is_percentage(line.unit_of_measure)]
        if not shares:
            return {}
        figures = Figure.objects.filter(pk__in=shares).select_related("indicator")
        past = past_values(figures, self._period, 1, some=True)
        return {pk: ago[1].amount for pk, ago in past.items()}

    def _judge(self, row: Read, key: Key | Refused, lines: dict[int, Kept]) -> tuple[Write | Refused | None, str]:
        label = row.cells.get("indicator", "") or "–"
        if isinstance(key, Refused):
            return key, label
        line = lines.get(key.pk)
        if line is None:
            return Refused(_("Barisnya bukan dari formulir periode ini yang boleh Anda lihat.")), label
        label = f"{self._forms[line.sheet].subject}: {line.name}"
        try:
            return self._wanted(row, key, line, label), label
        except Refused as refusal:
            return refusal, label

    def _wanted(self, row: Read, key: Key, line: Kept, label: str) -> Write | None:
        if key.pk in self._seen:
            raise Refused(_("Baris ini ada dua kali di berkas."))
        self._seen.add(key.pk)
        check_named(row, line.name, line.unit_of_measure)
        note = row.cells["note"]
        typed = typed_of(row.cells["actual"], line.measure)
        amount, text, parts = _answer(row, typed, line, fresh=key.rev == line.rev)
        locked = [each.sentence for each in untaken(row, self._columns, line.locked, label)]
        if (amount, text, parts, note) == (line.amount, line.text, line.parts, line.note):
            if locked:
                raise Refused(" ".join(locked))
            return None
        if closed := self._forms[line.sheet].closed:
            raise Refused(closed)
        if not line.editable:
            raise Refused(_("Baris ini terkunci: sudah dinyatakan sesuai."))
        check_writable(row)
        if key.rev != line.rev:
            here, there = said(line.amount, line.text, line.measure), said(amount, text, Measure.MEASURED)
            if here == there:
                here, there = line.note or "–", note or "–"
            raise Refused(moved_on(self._writers.get(line.edited_by or 0, ""), line.edited_at, here, there))
        measure = measured(line.measure, filled=amount is not None or bool(text))
        note = note_of_number(note, line.nil_reason, was=line.measure, now=measure)
        told = read_beside(row.written, row.cells) if (amount, parts) != (line.amount, line.parts) else ""
        words = " · ".join(filter(None, (_changes(line, amount, text, note, parts), told, *locked)))
        return Write(row.no, line.pk, line.rev, amount, text, measure, note, label, words, parts)


def _answer(row: Read, typed: str, line: Kept, *, fresh: bool) -> tuple[Decimal | None, str, Parts]:
    if not (line.over and line.under) or line.value_type != ValueType.NUMBER:
        check_no_parts(row)
        amount, text = read_cell(typed, line.value_type, line.scale)
        meant = meant_as(typed, amount, line.unit_of_measure, line.near)
        if meant is not None and amount != line.amount:
            raise Refused(two_readings(typed, typed_number(meant)))
        return amount, text, NO_PARTS
    parts = parts_of(row, typed, line, fresh=fresh)
    if parts == line.parts:
        return line.amount, line.text, parts
    return realised(parts, line.version), "", parts


def _corrected(line: Kept, value: Value | None) -> Kept:
    """The line with the number that a correction put in its place, as `Row.corrected` says."""
    if value is None or value.sheet_id == line.sheet:
        return line
    return line._replace(
        amount=value.amount, text=value.text, measure=value.measure, numerator=value.numerator,
        denominator=value.denominator,
    )  # fmt: skip


def _key(row: Read) -> Key | Refused:
    if row.problem:
        return Refused(row.problem)
    try:
        return read_key(row.cells["key"])
    except Refused as refusal:
        return refusal


def moved_on(who: str, at: datetime | None, here: str, there: str) -> str:
    """Why an older workbook does not overwrite a line; who wrote it since, and what stands here and in the file."""
    words = {"who": who, "time": moment(at), "here": here, "there": there}
    told = _("Baris ini sudah berubah sesudah berkasnya diunduh.")
    if who and at is not None:
        told = _("%(who)s mengubah baris ini pukul %(time)s, sesudah berkasnya diunduh.") % words
    kept = _("Di formulir %(here)s, di berkas %(there)s; yang di formulir tetap. Unduh lagi untuk mengubahnya.") % words
    return f"{told} {kept}"


def _changes(line: Kept, amount: Decimal | None, text: str, note: str, parts: Parts) -> str:
    """What is kept and what would be, as the preview says it."""
    found = [worked_out(parts, line.version)] if parts != line.parts and parts.are_known else []
    if (amount, text) != (line.amount, line.text):
        found.insert(
            0,
            _("Realisasi %(old)s → %(new)s")
            % {"old": said(line.amount, line.text, line.measure), "new": said(amount, text, Measure.MEASURED)},
        )
    if note != line.note:
        found.append(_("Keterangan: %(note)s") % {"note": note[:200] or "–"})
    return " · ".join(found)


def said(amount: Decimal | None, text: str, measure: str) -> str:
    if amount is None and not text:
        return "–" if measure in (Measure.MEASURED, Measure.NOT_FILLED) else str(Measure(measure).label)
    return text or typed_number(amount)
