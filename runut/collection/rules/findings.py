"""What stands out in a filled sheet: errors that keep it from being submitted, warnings that do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext as _

from runut.lib.errors import Refused
from runut.lib.numbers import format_number
from runut.lib.reading import fits, read_number

JUMP = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to fix (error) or to look at (warning), in one cell of one line. label: the indicator."""

    level: Literal["error", "warning"]
    line: int
    field: str
    label: str
    text: str

    @property
    def sentence(self) -> str:
        """Standing alone, it names the indicator."""
        return f"{self.label}: {self.text[0].lower()}{self.text[1:]}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A line as the checks see it. last: the previous period's value. repairs: cause and reason are needed."""

    line: int
    label: str
    value_type: str
    scale: Sequence[str]
    amount: Decimal | None
    text: str
    measure: str
    note: str
    has_evidence: bool
    last: Decimal | None = None
    repairs: bool = False
    cause: str = ""
    reason: str = ""


def findings(cells: Iterable[Cell]) -> list[Finding]:
    """All findings, errors first, each group in the order of the lines."""
    found = [finding for cell in cells for check in CHECKS for finding in check(cell)]
    return sorted(found, key=lambda finding: finding.level)


def required_answer(cell: Cell) -> Iterator[Finding]:
    """Each line says a value, or says why there is none."""
    filled = bool(cell.text) if cell.value_type == "ordinal" else cell.amount is not None
    if cell.measure == "not_filled" or (cell.measure == "measured" and not filled):
        yield _error(cell, "value", _("Isi realisasi, atau pilih “tidak diukur”, “menunggu rilis”, atau “nihil”."))
    elif cell.measure != "measured" and not cell.note.strip():
        yield _error(cell, "note", _("Tulis di keterangan mengapa belum ada angkanya."))


def predicate_is_known(cell: Cell) -> Iterator[Finding]:
    known = {name.casefold() for name in cell.scale}
    if cell.value_type == "ordinal" and cell.text and known and cell.text.casefold() not in known:
        text = _("“%(text)s” tidak ada dalam urutan predikat (%(scale)s).")
        yield _finding("error", cell, "value", text % {"text": cell.text, "scale": ", ".join(cell.scale)})


def cause_and_reason(cell: Cell) -> Iterator[Finding]:
    """A corrected figure says what went wrong and why it changes."""
    if not cell.repairs:
        return
    if not cell.cause.strip():
        yield _error(cell, "cause", _("Tulis penyebab kesalahannya."))
    if not cell.reason.strip():
        yield _error(cell, "reason", _("Tulis alasan perubahannya."))


def outlier(cell: Cell) -> Iterator[Finding]:
    """Ten times the last period, or a tenth of it."""
    if cell.measure != "measured" or cell.amount is None or not cell.last:
        return
    now, last = abs(cell.amount), abs(cell.last)
    if now >= JUMP * last or JUMP * now <= last:
        text = _("%(now)s jauh berbeda dari periode lalu (%(last)s). Bila sudah benar, tulis sebabnya di keterangan.")
        words = {"now": format_number(cell.amount), "last": format_number(cell.last)}
        yield _finding("warning", cell, "value", text % words)


def evidence_is_attached(cell: Cell) -> Iterator[Finding]:
    if cell.measure == "measured" and not cell.has_evidence:
        yield _finding("warning", cell, "evidence", _("Bukti dukung belum dilampirkan."))


CHECKS = (required_answer, predicate_is_known, cause_and_reason, outlier, evidence_is_attached)


def _error(cell: Cell, field: str, text: str) -> Finding:
    return _finding("error", cell, field, text)


def _finding(level: Literal["error", "warning"], cell: Cell, field: str, text: str) -> Finding:
    return Finding(level, cell.line, field, cell.label, text)


def read_cell(typed: str, value_type: str, scale: Sequence[str]) -> tuple[Decimal | None, str]:
    """What was typed in a value cell: a number, or a predicate. Refused says what is wrong with it."""
    typed = " ".join(typed.split())
    if value_type != "ordinal":
        number = read_number(typed)
        if number is not None and not fits(number):
            raise Refused(_("Angka ini terlalu panjang: paling banyak 18 angka, dan 6 angka di belakang koma."))
        return number, ""
    if typed in {"", "-", "–"}:
        return None, ""
    for name in scale:
        if name.casefold() == typed.casefold():
            return None, name
    if scale:
        raise Refused(_("Isi dengan salah satu dari: %(scale)s.") % {"scale": ", ".join(scale)})
    if len(typed) > 60:
        raise Refused(_("Predikat terlalu panjang: paling banyak 60 huruf."))
    return None, typed
