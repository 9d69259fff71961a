"""The cells of one line: as they were sent, what they say, and what two people wrote in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runut.collection.actions import CellInput, Conflict
from runut.collection.actions.drafts import KEY
from runut.collection.models import Measure, Sheet
from runut.collection.queries import Row
from runut.collection.rules import Content, typed_parts, worked_out
from runut.collection.rules.cells import another_unit
from runut.collection.rules.components import BETWEEN
from runut.lib.acts import is_id
from runut.lib.dates import QUARTERS, in_terms
from runut.lib.numbers import typed_number
from runut.lib.reading import fits, other_reading
from runut.lib.spelled import read_back
from runut.planning.models import ValueType

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


_SENT_AS = {"value": "typed", "note": "note", "cause": "cause", "reason": "reason"}


def choices_of(row: Row, conflict: Conflict, sent: CellInput) -> tuple[Choice, ...]:
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
    settled = not kept or picks_mine(post, pk) or str(pk) in [*post.getlist("mine"), *post.getlist("theirs")]

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


def picks_mine(post: QueryDict, pk: int) -> bool:
    """Whether what a workbook says was chosen over what was written since it went out."""
    return post.get(f"pick-{pk}") == "mine"


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
    """What a screen reader calls the value cell, in the office's word: "Realisasi Tribulan III, IKM, indeks"."""
    name = {"name": row.version.name, "unit": row.version.unit_of_measure}
    if sheet.period.quarter == 0:
        return _("Realisasi tahun, %(name)s, %(unit)s") % name
    sentence = in_terms(_("Realisasi Triwulan %(quarter)s, %(name)s, %(unit)s"), sheet.period.office.terms)
    return sentence % {"quarter": QUARTERS[sheet.period.quarter - 1], **name}


def echo_of(row: Row, typed: str, below: str) -> str:
    """How a quotient is worked out; how a number was read, where its text could mean another or was changed."""
    line = row.line
    if not row.version.is_quotient:
        if line.amount is None:
            return ""
        read, asked = read_back(typed, line.amount), another_unit(typed, row.version.unit_of_measure)
        return ". ".join(filter(None, (read, asked)))
    texts = ((typed, line.numerator), (below, line.denominator))
    # Both may stand in the first, as 45/60: then the sentence tells them apart.
    told = [read_back(text, number) for text, number in texts if number is not None and not {*text} & {*BETWEEN}]
    return " ".join(filter(None, (worked_out(line.parts, row.version) or asked_for(row), *told)))


def meant_by(row: Row, typed: str) -> str:
    """The number that a text may have meant which is asked about, as it is typed here: 1.234,56 for 1,234.56."""
    if row.version.is_quotient or row.version.value_type != ValueType.NUMBER:
        return ""
    number = other_reading(typed)
    return typed_number(number) if number is not None and fits(number) else ""


def settled(row: Row) -> str:
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
