"""The forms of this room: the cells of a sheet, the choice of a period, the verdicts of a review."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runut.collection.actions import CellInput, LineVerdict, Saved
from runut.collection.models import Measure, Sheet, Value
from runut.collection.queries import Candidate, Row, is_unusual
from runut.collection.rules import in_words
from runut.lib.acts import is_id, new_key
from runut.lib.dates import QUARTERS
from runut.lib.numbers import typed_number

# Notes that reviewers write most; a datalist, so that each may be edited.
READY_NOTES = (
    gettext_lazy("Bukti tidak cocok dengan angka."),
    gettext_lazy("Belum ada bukti."),
    gettext_lazy("Satuan keliru."),
    gettext_lazy("Salah triwulan."),
    gettext_lazy("Cara menghitung keliru."),
)


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of the sheet as the page shows it. typed: what stands in the value cell, right or wrong."""

    row: Row
    label: str
    typed: str
    note: str
    cause: str
    reason: str
    editable: bool
    new_sasaran: bool
    error: str = ""
    conflict: str = ""
    hint: str = ""
    echo: str = ""

    @property
    def state(self) -> str:
        """The class of the value cell."""
        if self.error:
            return "is-invalid"
        if self.conflict:
            return "is-failed"
        if not self.editable:
            return "is-locked"
        return "is-returned" if self.row.line.verdict_note else ""

    @property
    def has_words(self) -> bool:
        return bool(self.error or self.conflict or self.hint or self.echo or self.row.line.verdict_note)

    @property
    def measure_label(self) -> str:
        return str(Measure(self.row.line.measure).label) if self.row.line.measure != Measure.MEASURED else ""


class SheetForm:
    """The cells of a sheet: as saved, or as sent with what was wrong with them."""

    def __init__(self, sheet: Sheet, rows: Sequence[Row], *, may_edit: bool) -> None:
        self.sheet, self.source, self.may_edit = sheet, rows, may_edit
        self.sent: Mapping[int, CellInput] = {}
        self.saved: Saved | None = None

    def read(self, post: QueryDict) -> dict[int, CellInput]:
        """What was sent, for the lines that may be edited; kept, so that nothing typed is lost."""
        cells = {row.line.pk: read_cell_input(post, row.line.pk) for row in self.source if self._sent(post, row)}
        self.sent = cells
        return cells

    def _sent(self, post: QueryDict, row: Row) -> bool:
        return f"v-{row.line.pk}" in post and row.line.editable

    @property
    def errors(self) -> dict[int, str]:
        return {**self.saved.errors, **self.saved.conflicts} if self.saved else {}

    @property
    def repairs(self) -> bool:
        """Whether the sheet asks for cause and reason: a correction, or figures that were signed."""
        return self.sheet.is_correction or any(row.needs_cause and row.line.editable for row in self.source)

    @property
    def filled(self) -> int:
        return sum(1 for row in self.source if row.line.asks and row.line.measure != Measure.NOT_FILLED)

    @property
    def asked(self) -> int:
        return sum(1 for row in self.source if row.line.asks)

    @property
    def rows(self) -> list[GridRow]:
        found: list[GridRow] = []
        sasaran: int | None = None
        for row in self.source:
            here = row.version.indicator.sasaran_id
            found.append(self._row(row, new_sasaran=not found or here != sasaran))
            sasaran = here
        return found

    def _row(self, row: Row, *, new_sasaran: bool) -> GridRow:
        line = row.line
        error = self.saved.errors.get(line.pk, "") if self.saved else ""
        quiet = bool(error) or not (self.may_edit and line.editable)
        sent = self.sent.get(line.pk) if error else None
        typed = sent.typed if sent else saved_text(row)
        return GridRow(
            row=row,
            label=cell_label(self.sheet, row),
            typed=typed,
            note=_or(sent.note if sent else None, line.note),
            cause=_or(sent.cause if sent else None, line.cause),
            reason=_or(sent.reason if sent else None, line.reason),
            editable=self.may_edit and line.editable,
            new_sasaran=new_sasaran,
            error=error,
            conflict=self.saved.conflicts.get(line.pk, "") if self.saved else "",
            hint="" if quiet else jump_of(row),
            echo="" if quiet else echo_of(row, typed),
        )


def _or(sent: str | None, kept: str) -> str:
    return kept if sent is None else sent


def read_cell_input(post: QueryDict, pk: int) -> CellInput:
    """One line as it was sent. A field that the page does not have is None."""
    rev = post.get(f"rev-{pk}", "")
    return CellInput(
        typed=post.get(f"v-{pk}", ""),
        rev=int(rev) if is_id(rev) else 0,
        shown=post.get(f"was-{pk}", ""),
        note=post.get(f"n-{pk}"),
        cause=post.get(f"c-{pk}"),
        reason=post.get(f"r-{pk}"),
        measure=post.get(f"m-{pk}"),
    )


def saved_text(row: Row) -> str:
    """The value as it stands in its cell."""
    if row.version.value_type == "ordinal":
        return row.line.text
    return typed_number(row.line.amount)


def cell_label(sheet: Sheet, row: Row) -> str:
    """What a screen reader calls the value cell: "Realisasi Tw III, IKM, indeks"."""
    name = {"name": row.version.name, "unit": row.version.unit_of_measure}
    if sheet.period.quarter == 0:
        return _("Realisasi tahun, %(name)s, %(unit)s") % name
    return _("Realisasi Tw %(quarter)s, %(name)s, %(unit)s") % {"quarter": QUARTERS[sheet.period.quarter - 1], **name}


def jump_of(row: Row) -> str:
    """The quiet hint beside a value that jumps; missing evidence is said when handing in."""
    return next((found.text for found in row.warnings if found.field == "value"), "")


def echo_of(row: Row, typed: str) -> str:
    """How a number with a dot was read, spelled out."""
    if row.line.amount is None or "." not in typed:
        return ""
    return _("dibaca: %(words)s") % {"words": in_words(row.line.amount)}


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """A line before the reviewer. row.value is what was handed in; unusual ones come first.

    replaced: the version that it stands for now, in a correction or after a return.
    """

    row: Row
    noted: bool
    note: str
    unusual: bool
    replaced: Value | None

    @property
    def change(self) -> Decimal | None:
        """How much the number differs from the one it replaces, else from the previous period's."""
        old = self.replaced or self.row.last
        if old is None or old.amount is None or self.row.line.amount is None:
            return None
        return self.row.line.amount - old.amount


class VerdictForm:
    """The verdicts of a review as they were sent, for showing them again."""

    def __init__(
        self, rows: Sequence[Row], post: QueryDict | None = None, replaced: Mapping[int, Value] | None = None
    ) -> None:
        """replaced: line id -> the version that stands no more."""
        self.rows, self.post, self.replaced = rows, post, replaced or {}

    @property
    def shown(self) -> list[VerdictRow]:
        verdicts = self.verdicts
        shown = [
            VerdictRow(row, verdict.noted, verdict.note, is_unusual(row), self.replaced.get(row.line.pk))
            for row in self.rows
            for verdict in (verdicts[row.line.pk],)
        ]
        return sorted(shown, key=lambda each: not each.unusual)

    @property
    def verdicts(self) -> dict[int, LineVerdict]:
        post = self.post or QueryDict()
        return {
            row.line.pk: LineVerdict(post.get(f"verdict-{row.line.pk}") == "noted", post.get(f"note-{row.line.pk}", ""))
            for row in self.rows
        }


def default_period(today: date, latest: tuple[int, int] | None) -> tuple[int, int]:
    """The quarter after the latest that was opened, but none that still runs: then the last that is over."""
    running = (today.month + 2) // 3
    over = (today.year, running - 1) if running > 1 else (today.year - 1, 4)
    if latest is None or latest[1] == 0:
        return over
    year, quarter = latest
    return min(over, (year, quarter + 1) if quarter < 4 else (year + 1, 1))


class PeriodForm(forms.Form):
    """Which quarter or year. Shown again with the people or units as they are in that period."""

    tahun = forms.IntegerField(
        label=gettext_lazy("Tahun"),
        min_value=2000,
        max_value=2100,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-short"}),
    )
    triwulan = forms.TypedChoiceField(
        label=gettext_lazy("Periode"),
        coerce=int,
        choices=[
            (1, gettext_lazy("Triwulan I")),
            (2, gettext_lazy("Triwulan II")),
            (3, gettext_lazy("Triwulan III")),
            (4, gettext_lazy("Triwulan IV")),
            (0, gettext_lazy("Setahun penuh")),
        ],
    )


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A candidate with what was ticked and why it is left out."""

    candidate: Candidate
    chosen: bool
    reason: str


def member_rows(candidates: Collection[Candidate], post: QueryDict | None) -> list[MemberRow]:
    """Everybody who has an indicator is ticked at first; afterwards, as sent."""
    if post is None:
        return [MemberRow(c, c.indicators > 0, "") for c in candidates]
    ticked = set(post.getlist("member"))
    return [MemberRow(c, str(c.pk) in ticked, post.get(f"reason-{c.pk}", "")) for c in candidates]


class StartForm(forms.Form):
    """Which collection procedure is started, and what this execution is called."""

    sop = forms.TypedChoiceField(label=gettext_lazy("SOP yang dijalankan"), coerce=int, widget=forms.RadioSelect)
    title = forms.CharField(
        label=gettext_lazy("Judul"),
        max_length=200,
        help_text=gettext_lazy("Tampil di papan SOP, misalnya: Pengumpulan data kinerja Triwulan I 2026."),
    )
    key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, choices: Sequence[tuple[int, str]]) -> None:
        super().__init__(data, initial={"sop": choices[0][0] if choices else None, "key": new_key()})
        self.fields["sop"].choices = choices  # type: ignore[attr-defined]


class AddMemberForm(forms.Form):
    """Somebody who joined after the forms were made."""

    member = forms.TypedChoiceField(label=gettext_lazy("Yang ditambahkan"), coerce=int)
    reason = forms.CharField(
        label=gettext_lazy("Alasan"),
        max_length=300,
        help_text=gettext_lazy("Misalnya: pindah tugas ke kantor ini per 1 Juli."),
    )

    def __init__(self, data: QueryDict | None, choices: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        self.fields["member"].choices = choices  # type: ignore[attr-defined]


class EvidenceForm(forms.Form):
    """A file, or a link."""

    file = forms.FileField(
        label=gettext_lazy("Berkas bukti"),
        help_text=gettext_lazy("PDF, foto, Excel, atau Word; paling besar 10 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.xlsx,.docx"}),
    )
    link = forms.CharField(
        label=gettext_lazy("Atau tautan"),
        help_text=gettext_lazy("Isi tautan luar dapat berubah; berkas lebih aman."),
        max_length=500,
        required=False,
        widget=forms.URLInput,
    )
