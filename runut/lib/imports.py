"""Rows of a table under headings that are known: which column is which, and what a cell says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext as _

from .errors import Refused
from .numbers import typed_number
from .tables import Cell, Table

Form = Literal["text", "code", "number", "yes"]
HEADING_WITHIN = 20
YES = frozenset({"ya", "y", "yes", "x", "1", "benar", "true", "v"})


@dataclass(frozen=True, slots=True)
class Column:
    """key: what it is called in code. heading: over the column, in Bahasa Indonesia. form: how a cell is read.

    A code may begin with zeros or be longer than a spreadsheet keeps a number: it must come as text.
    """

    key: str
    heading: str
    required: bool = False
    form: Form = "text"
    width: int = 18


@dataclass(frozen=True, slots=True)
class Read:
    """One row as read: its number in the program that made it, its cells as text by key, or why it cannot be read."""

    no: int
    cells: Mapping[str, str]
    problem: str = ""


def read_rows(table: Table, columns: Sequence[Column]) -> list[Read]:
    """The rows under the heading. Refused when a required column is missing, naming it, or when there is no row."""
    top, places = _heading(table, columns)
    found = list(_rows(table, top, places, columns))
    if not found:
        raise Refused(_("Tabelnya kosong: tidak ada baris di bawah judul kolom."))
    return found


def _heading(table: Table, columns: Sequence[Column]) -> tuple[int, dict[str, int]]:
    best: tuple[int, dict[str, int]] = (0, {})
    for top, cells in enumerate(table.rows[:HEADING_WITHIN]):
        names = [_plain(str(cell)) for cell in cells]
        places = {one.key: names.index(_plain(one.heading)) for one in columns if _plain(one.heading) in names}
        if len(places) > len(best[1]):
            best = top, places
    missing = [one.heading for one in columns if one.required and one.key not in best[1]]
    if missing:
        sentence = _("Kolom berikut tidak ditemukan: %(names)s. Pakai contoh berkasnya.")
        raise Refused(sentence % {"names": ", ".join(missing)})
    return best


def _rows(table: Table, top: int, places: Mapping[str, int], columns: Sequence[Column]) -> Iterator[Read]:
    for no, cells in enumerate(table.rows[top + 1 :], start=top + 2):
        if not any(cell != "" for cell in cells):
            continue
        try:
            yield Read(no, {one.key: _text(cells[places[one.key]], one) for one in columns if one.key in places})
        except Refused as refusal:
            yield Read(no, {}, refusal.sentence)


def _text(cell: Cell, column: Column) -> str:
    words = {"name": column.heading}
    if isinstance(cell, Decimal):
        if column.form == "code" and (cell != cell.to_integral_value() or abs(cell) >= 10**15):
            sentence = _("Kolom %(name)s terbaca sebagai angka, sehingga bisa berubah. Jadikan format kolomnya Teks.")
            raise Refused(sentence % words)
        text = typed_number(cell) if column.form == "number" else f"{cell.normalize():f}"
    else:
        text = " ".join(cell.split())
    if column.required and not text:
        raise Refused(_("Kolom %(name)s kosong.") % words)
    return text


def _plain(heading: str) -> str:
    return " ".join(heading.split()).casefold()


def said_yes(text: str) -> bool:
    """Whether a cell of a yes-or-no column says yes."""
    return text.casefold() in YES
