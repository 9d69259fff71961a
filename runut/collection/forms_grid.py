"""The cells of a sheet as a form: as saved, or as sent with what was wrong with them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runut.collection.actions import CellInput, Conflict, Saved
from runut.collection.actions.drafts import KEY
from runut.collection.models import Measure, OutsideEntry, Sheet
from runut.collection.queries import Row, headings_of, layout_of
from runut.collection.rules import (
    EDITABLE,
    Content,
    Pasted,
    Place,
    hint,
    impossible,
    in_words,
    lay_over,
    meant,
    on_screen,
    typed_parts,
    worked_out,
)
from runut.lib.acts import is_id
from runut.lib.dates import QUARTERS
from runut.lib.errors import Refused
from runut.lib.numbers import typed_number

# The cells of a line -> how their inputs are named on the page, and what people call them.
INPUTS = {
    "value": ("v", gettext_lazy("Realisasi")),
    "note": ("n", gettext_lazy("Keterangan")),
    "cause": ("c", gettext_lazy("Penyebab kesalahan")),
    "reason": ("r", gettext_lazy("Alasan perubahan")),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A cell that two people changed: what each wrote. inputs: name of an input -> what this person had in it."""

    label: str
    mine: str
    theirs: str
    inputs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of the sheet as the page shows it. typed: what stands in the value cell, right or wrong.

    below: of a quotient, what stands in the cell of its denominator; `typed` is its numerator then.
    choices: cells between two people's versions of which somebody must choose. hint: what is unlike the figure's past;
    asks: whether a reason is wanted for it. suggestion: the number that may have been meant. outside: what another
    system's record says. released: the note just gave up the reason of a nil.
    """

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
    choices: tuple[Choice, ...] = ()
    hint: str = ""
    asks: bool = False
    suggestion: str = ""
    echo: str = ""
    remarks: int = 0
    below: str = ""
    outside: OutsideEntry | None = None
    released: bool = False

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
    def kept(self) -> str:
        """What is saved of the value cell, whatever stands in it."""
        return first_text(self.row)

    @property
    def kept_below(self) -> str:
        return typed_number(self.row.line.denominator)

    @property
    def has_words(self) -> bool:
        line = self.row.line
        said = self.error or self.conflict or self.hint or self.echo or self.outside or self.released
        return bool(said or line.verdict_note or line.asked)

    @property
    def outside_typed(self) -> str:
        """The other system's value where another one stands here, as it would be typed."""
        entry, line = self.outside, self.row.line
        if entry is None or entry.says(line.amount, line.text):
            return ""
        return entry.text or typed_number(entry.amount)

    @property
    def measure_label(self) -> str:
        return str(Measure(self.row.line.measure).label) if self.row.line.measure != Measure.MEASURED else ""


class SheetForm:
    """The cells of a sheet: as saved, or as sent with what was wrong with them.

    unread: lines in which something stands that could not be read, though it was not sent this time.
    """

    def __init__(self, sheet: Sheet, rows: Sequence[Row], *, may_edit: bool) -> None:
        self.sheet, self.source, self.may_edit = sheet, rows, may_edit
        self.sent: Mapping[int, CellInput] = {}
        self.saved: Saved | None = None
        self.unread: frozenset[int] = frozenset()
        self.remarks: Mapping[int, int] = {}
        self.outside: Mapping[int, OutsideEntry] = {}

    def read(self, post: QueryDict) -> dict[int, CellInput]:
        """What was sent, for the lines that may be edited; kept, so that nothing typed is lost."""
        cells = {row.line.pk: read_cell_input(post, row.line.pk) for row in self.source if self._sent(post, row)}
        self.sent = cells
        self.unread = frozenset(int(pk) for pk in post.get("unread", "").split() if is_id(pk)) - cells.keys()
        return cells

    def _sent(self, post: QueryDict, row: Row) -> bool:
        return row.line.editable and any(f"{letter}-{row.line.pk}" in post for letter in "vdncrm")

    @property
    def errors(self) -> dict[int, str]:
        if self.saved is None:
            return {}
        return {**self.saved.errors, **{pk: each.sentence for pk, each in self.saved.conflicts.items()}}

    @property
    def repairs(self) -> bool:
        """Whether the sheet asks for cause and reason: a correction, or figures that were signed."""
        again = self.sheet.state in EDITABLE and any(row.needs_cause and row.line.editable for row in self.source)
        return self.sheet.is_correction or again or any(row.line.cause for row in self.source)

    @property
    def columns(self) -> tuple[str, ...]:
        """The cells of a row of the grid, from left to right."""
        if self.repairs:
            return ("v", "c", "r")
        return tuple({"actual": "v", "note": "n"}[code] for code, _head in self.heads if code in ("actual", "note"))

    @property
    def heads(self) -> list[tuple[str, str]]:
        """(code, heading) of the grid's columns: those of the sheet's edition, and what helps whoever fills it in."""
        return headings_of(self.sheet, on_screen(layout_of(self.sheet)))

    @property
    def filled(self) -> int:
        """How many lines say something; one in which stands what cannot be read says nothing, whatever is saved."""
        unread = self.unread | (self.saved.errors.keys() if self.saved else set())
        said = (row.line for row in self.source if row.line.asks and row.line.measure != Measure.NOT_FILLED)
        return sum(1 for line in said if line.pk not in unread)

    @property
    def empty(self) -> list[Row]:
        """The rows that may be filled in and say nothing yet."""
        return [row for row in self.source if row.line.editable and row.line.measure == Measure.NOT_FILLED]

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
        conflict = self.saved.conflicts.get(line.pk) if self.saved else None
        quiet = bool(error or conflict) or not (self.may_edit and line.editable)
        sent = _still_typed(self.sent.get(line.pk), error, conflict)
        typed = _or(sent.typed if sent else None, first_text(row))
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
            conflict=conflict.sentence if conflict else "",
            choices=_choices(row, conflict, self.sent[line.pk]) if conflict else (),
            hint="" if quiet else hint(row.cell),
            asks=not (
                line.note.strip()
                or (row.needs_cause and line.reason.strip())
                or impossible(line.amount, row.version.unit_of_measure)
            ),
            suggestion="" if quiet or row.version.is_quotient else typed_number(meant(row.cell)),
            echo=_settled(row) if quiet and not (error or conflict) else "" if quiet else echo_of(row, typed),
            remarks=self.remarks.get(line.figure_id, 0),
            below=_or(sent.below if sent else None, typed_number(line.denominator)),
            outside=self.outside.get(line.pk),
            released=bool(self.saved and line.pk in self.saved.released),
        )


def _or(sent: str | None, kept: str) -> str:
    return kept if sent is None else sent


def _still_typed(sent: CellInput | None, error: str, conflict: Conflict | None) -> CellInput | None:
    """What the inputs go on showing of what was sent: all of it with an error, the cells without a clash otherwise."""
    if sent is None or error:
        return sent if error else None
    if conflict is None:
        return None
    return replace(
        sent,
        typed=None if "value" in conflict.cells else sent.typed,
        below=None if "value" in conflict.cells else sent.below,
        note=None if "note" in conflict.cells else sent.note,
        cause=None if "cause" in conflict.cells else sent.cause,
        reason=None if "reason" in conflict.cells else sent.reason,
    )


_SENT_AS = {"value": "typed", "note": "note", "cause": "cause", "reason": "reason"}


def _choices(row: Row, conflict: Conflict, sent: CellInput) -> tuple[Choice, ...]:
    return tuple(_choice(row, cell, conflict, sent) for cell in conflict.cells)


def _choice(row: Row, cell: str, conflict: Conflict, sent: CellInput) -> Choice:
    letter, label = INPUTS[cell]
    inputs = {letter: getattr(sent, _SENT_AS[cell]) or ""}
    if cell == "value" and sent.measure is not None:
        inputs["m"] = sent.measure
    if cell == "value" and sent.below is not None:
        inputs["d"] = sent.below
    return Choice(
        str(label), _said(row, cell, conflict.mine), _said(row, cell, conflict.theirs),
        {f"mine-{name}-{row.line.pk}": text for name, text in inputs.items()},
    )  # fmt: skip


def _said(row: Row, cell: str, content: Content) -> str:
    """A cell's content as people read it."""
    if cell != "value":
        return str(getattr(content, cell)) or "–"
    if content.measure != Measure.MEASURED:
        return str(Measure(content.measure).label)
    return typed_parts(content.parts) or content.text or typed_number(content.amount)


def read_cell_input(post: QueryDict, pk: int) -> CellInput:
    """One line as it was sent. A field that the page does not have is None.

    Between two people's versions the page keeps this person's apart (mine-v-7); it counts when it was chosen. While
    nothing was chosen, it is sent again as what clashes.
    """
    kept = any(f"mine-{letter}-{pk}" in post for letter in "vdncrm")
    settled = not kept or str(pk) in [*post.getlist("mine"), *post.getlist("theirs")]

    def sent(letter: str) -> str | None:
        own = post.get(f"mine-{letter}-{pk}") if str(pk) not in post.getlist("theirs") else None
        return post.get(f"{letter}-{pk}") if own is None else own

    rev, used = post.get(f"rev-{pk}", ""), post.get(f"use-{pk}")
    return CellInput(
        typed=used or sent("v"),
        rev=(int(rev) if is_id(rev) else 0) if settled else -1,
        shown=post.get(f"was-{pk}", "") if settled else "",
        keys=tuple(filter(KEY.fullmatch, post.get(f"key-{pk}", "").split()[:20])),
        note=sent("n"),
        cause=sent("c"),
        reason=sent("r"),
        measure=Measure.MEASURED if used else sent("m"),
        below=sent("d"),
    )


def first_text(row: Row) -> str:
    """What stands in the first input of the value cell: the value, or the numerator of a quotient."""
    return typed_number(row.line.numerator) if row.version.is_quotient else saved_text(row)


def saved_text(row: Row) -> str:
    """The value as it would be typed into one cell."""
    if row.version.is_quotient:
        return typed_parts(row.line.parts)
    if row.version.value_type == "ordinal":
        return row.line.text
    return typed_number(row.line.amount)


def cell_label(sheet: Sheet, row: Row) -> str:
    """What a screen reader calls the value cell: "Realisasi Tw III, IKM, indeks"."""
    name = {"name": row.version.name, "unit": row.version.unit_of_measure}
    if sheet.period.quarter == 0:
        return _("Realisasi tahun, %(name)s, %(unit)s") % name
    return _("Realisasi Tw %(quarter)s, %(name)s, %(unit)s") % {"quarter": QUARTERS[sheet.period.quarter - 1], **name}


def echo_of(row: Row, typed: str) -> str:
    """How a quotient is worked out; how a number with a dot was read, spelled out."""
    if row.version.is_quotient:
        return worked_out(row.line.parts, row.version) or asked_for(row)
    if row.line.amount is None or "." not in typed:
        return ""
    return _("dibaca: %(words)s") % {"words": in_words(row.line.amount)}


def _settled(row: Row) -> str:
    """How a quotient was worked out, where nobody types any more."""
    if not row.version.is_quotient:
        return ""
    return row.worked_out or worked_out(row.line.parts, row.version)


def asked_for(row: Row) -> str:
    """Which two numbers a quotient is made of."""
    version = row.version
    names = ((version.numerator, version.numerator_unit), (version.denominator, version.denominator_unit))
    over, under = (f"{name} ({unit})" if unit else name for name, unit in names)
    return _("Isi pembilang: %(over)s; dan penyebut: %(under)s.") % {"over": over, "under": under}


def places_of(form: SheetForm) -> list[Place]:
    """The rows of the form as pasting sees them."""
    return [_place(row) for row in form.source]


def _place(row: Row) -> Place:
    line, version = row.line, row.version
    now = {"v": saved_text(row), "n": line.note, "c": line.cause, "r": line.reason}
    parts = {"a": typed_number(line.numerator), "d": typed_number(line.denominator)}
    return Place(
        line=line.pk,
        label=version.name,
        editable=line.editable,
        value_type=version.value_type,
        scale=version.scale,
        now=now | parts,
        is_quotient=version.is_quotient,
    )


def read_paste(form: SheetForm, post: QueryDict) -> Pasted:
    """The copied block over the form, from the cell that the person stood in. Refused when it is no such thing."""
    places, columns = places_of(form), form.columns
    line, column = post.get("line", ""), post.get("column", "")
    start = next((no for no, place in enumerate(places) if str(place.line) == line), None)
    if column == "d":
        columns = ("d", *columns[1:])
    if start is None or column not in columns:
        raise Refused(_("Klik dulu sel pertama yang akan diisi, lalu tempel lagi."))
    sign = post.get("sign")
    return lay_over(
        _block(post.get("block", "")), places, start, columns[columns.index(column) :],
        "dot" if sign == "dot" else "comma" if sign == "comma" else None,
    )  # fmt: skip


def _block(text: str) -> list[list[str]]:
    try:
        block = json.loads(text)
    except ValueError:
        block = None
    if not (isinstance(block, list) and block and all(isinstance(row, list) for row in block)):
        raise Refused(_("Yang disalin tidak terbaca sebagai tabel. Salin lagi dari Excel."))
    return [[cell if isinstance(cell, str) else "" for cell in row] for row in block]
