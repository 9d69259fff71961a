"""Cells that a workbook shows and nobody fills in there: what comes back in them is held against what stands here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from runut.lib.errors import Refused
from runut.lib.imports import Column, Form, Read, plain_heading
from runut.lib.numbers import typed_number
from runut.lib.reading import BLANKS, read_number
from runut.lib.workbooks import Cell

# Which columns of a form those are, and how a cell of each is read. Where its name stands, the key is asked.
LOCKED: dict[str, Form] = {
    "sasaran": "text", "unit": "text", "annual_target": "number", "target": "number",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Untaken:
    """A locked cell that came back with something else. code: of its column. there: in the file; here: as it stays."""

    no: int
    label: str
    code: str
    heading: str
    there: str
    here: str

    @property
    def sentence(self) -> str:
        words = {"heading": self.heading, "there": self.there or "–", "here": self.here or "–"}
        told = _("%(heading)s di berkas %(there)s, di sini %(here)s: tidak diambil.") % words
        return f"{told} {self.where}"

    @property
    def where(self) -> str:
        """Where somebody may change it."""
        if "target" in self.code:
            return _("Target diubah sebagai revisi target di halaman indikatornya.")
        if self.code == "unit":
            return _("Satuan diubah sebagai definisi baru di halaman indikatornya.")
        return _("Sasaran diubah di dokumen perencanaan.")


def untaken(read: Read, columns: Sequence[Column], kept: Mapping[str, Cell], label: str) -> list[Untaken]:
    """The locked cells of a row in which the file says something else. kept: code -> what went out, or would now."""
    headings = {one.key: one.heading for one in columns}
    return [
        Untaken(read.no, label, code, headings[code], read.cells[code], _typed(kept[code]))
        for code in LOCKED
        if code in read.cells and code in kept and _differs(read.cells[code], kept[code])
    ]


def _typed(cell: Cell) -> str:
    return cell if isinstance(cell, str) else "" if cell is None else typed_number(Decimal(cell))


def _differs(there: str, here: Cell) -> bool:
    """Whether a cell was changed, whatever the program that saved it made of its look."""
    there = there.removeprefix("'")
    if here is None or here == "":
        return there not in BLANKS
    if isinstance(here, str):
        return plain_heading(there) != plain_heading(here)
    try:
        return read_number(there) != here
    except Refused as refusal:
        return refusal.code != "ambiguous"
