"""What a workbook that came back would change in a form. Nothing is written here: the page shows it first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from runut.collection.queries.export import ACTUAL, KEY, NOTE
from runut.collection.queries.rows import Row
from runut.collection.rules import read_cell
from runut.lib.errors import Refused
from runut.lib.numbers import typed_number
from runut.lib.tables import Cell, Table


@dataclass(frozen=True, slots=True)
class Proposed:
    """A row of the workbook and the line it is for. rev: the line's revision when the workbook was made."""

    row: Row
    rev: int
    typed: str
    note: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row of the workbook that cannot be taken. no: its row in the program that made it."""

    no: int
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """changed: would be saved. same: says what the form says already."""

    changed: tuple[Proposed, ...]
    same: int
    rejected: tuple[Rejected, ...]


def incoming(rows: Sequence[Row], table: Table) -> Incoming:
    """Each row of the workbook against the line that its key names. Refused when it is no workbook of a form."""
    top, key, actual, note = _columns(table)
    lines = {row.line.pk: row for row in rows}
    changed: list[Proposed] = []
    rejected: list[Rejected] = []
    seen: set[int] = set()
    same = 0
    for no, cells in enumerate(table.rows[top + 1 :], start=top + 2):
        if not any(cell != "" for cell in cells):
            continue
        try:
            proposed = _proposed(lines, seen, cells, key, actual, note)
        except Refused as refusal:
            rejected.append(Rejected(no, _label(lines, cells, key), refusal.sentence))
            continue
        if _says_the_same(proposed):
            same += 1
        else:
            changed.append(proposed)
    return Incoming(tuple(changed), same, tuple(rejected))


def _columns(table: Table) -> tuple[int, int, int, int]:
    """The row of the heading, and the columns of key, realised value and note."""
    for top, cells in enumerate(table.rows[:20]):
        names = [str(cell).strip().casefold() for cell in cells]
        actual = next((place for place, name in enumerate(names) if name.startswith(ACTUAL.casefold())), None)
        if KEY.casefold() in names and actual is not None and NOTE.casefold() in names:
            return top, names.index(KEY.casefold()), actual, names.index(NOTE.casefold())
    raise Refused(_("Berkas ini bukan hasil “Unduh Excel” formulir: kolom kuncinya tidak ada. Unduh lagi formulirnya."))


def _proposed(
    lines: dict[int, Row], seen: set[int], cells: Sequence[Cell], key: int, actual: int, note: int
) -> Proposed:
    pk, rev = _key(cells[key])
    row = lines.get(pk)
    if row is None:
        raise Refused(_("Barisnya bukan dari formulir ini."))
    if pk in seen:
        raise Refused(_("Baris ini ada dua kali di berkas."))
    seen.add(pk)
    typed = _typed(cells[actual])
    version = row.version
    if row.line.measure not in ("measured", "not_filled") and typed == str(row.line.get_measure_display()):
        typed = ""
    read_cell(typed, version.value_type, version.scale)
    proposed = Proposed(row, rev, typed, str(cells[note]))
    if not row.line.editable and not _says_the_same(proposed):
        raise Refused(_("Baris ini terkunci: sudah dinyatakan sesuai."))
    return proposed


def _key(cell: Cell) -> tuple[int, int]:
    pk, _dash, rev = str(cell).partition("-")
    if not (pk.isascii() and pk.isdigit() and rev.isascii() and rev.isdigit() and len(pk) < 18 and len(rev) < 9):
        raise Refused(_("Kuncinya berubah atau terhapus. Unduh lagi formulirnya dan isi di sana."))
    return int(pk), int(rev)


def _typed(cell: Cell) -> str:
    return typed_number(cell) if isinstance(cell, Decimal) else cell


def _says_the_same(proposed: Proposed) -> bool:
    line, version = proposed.row.line, proposed.row.version
    amount, text = read_cell(proposed.typed, version.value_type, version.scale)
    return (amount, text, proposed.note.strip()) == (line.amount, line.text, line.note)


def _label(lines: dict[int, Row], cells: Sequence[Cell], key: int) -> str:
    """What the row is about, as far as can be told."""
    try:
        row = lines.get(_key(cells[key])[0])
    except Refused:
        row = None
    words = (cell for cell in cells if isinstance(cell, str) and len(cell) > 3)
    return row.version.name if row else next(words, "–")
