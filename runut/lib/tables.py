"""A table out of a file or out of the clipboard: CSV, tab-separated text, or the first sheet of a workbook.

Cells are texts as they stand, or decimals where a workbook holds a number. Whatever cannot be read is refused with
a sentence; nothing is guessed and nothing is dropped but blank rows at the end.
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO

import python_calamine
from django.utils.translation import gettext as _

from .errors import Refused

Cell = str | Decimal

MOST_BYTES = 20 * 1024 * 1024
# A workbook that unpacks to more is no table of an office.
MOST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 100_000
MOST_COLUMNS = 200
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, all of the same length."""

    rows: tuple[tuple[Cell, ...], ...]


def read_table(content: bytes) -> Table:
    """The table in a file; what kind of file it is shows in its bytes."""
    if len(content) > MOST_BYTES:
        raise Refused(_("Berkas ini lebih besar dari 20 MB. Bagi menjadi beberapa berkas."), code="too_big")
    if content.startswith(WORKBOOKS):
        return _even(_sheet(content))
    return table_of(_decoded(content))


def table_of(text: str) -> Table:
    """The table in a text: the separator is the one that makes the most columns of its first lines."""
    if "\0" in text:
        raise _unreadable()
    lines = text.splitlines()[:20]
    separator = max("\t;,", key=lambda sign: max((line.count(sign) for line in lines), default=0))
    try:
        return _even(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise _unreadable() from error


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable()


def _sheet(content: bytes) -> Iterable[Iterable[object]]:
    """The first sheet with anything in it."""
    _refuse_bomb(content)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
        found = next((sheet for sheet in sheets if sheet.height), None)
        return [] if found is None else found.iter_rows()
    except (python_calamine.CalamineError, zipfile.BadZipFile, OSError) as error:
        raise _unreadable() from error


def _refuse_bomb(content: bytes) -> None:
    if not content.startswith(WORKBOOKS[0]):
        return
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise _unreadable() from error
    if unpacked > MOST_UNPACKED:
        raise Refused(_("Isi berkas ini terlalu besar setelah dibuka. Salin tabelnya ke berkas baru."), code="too_big")


def _even(rows: Iterable[Iterable[object]]) -> Table:
    found: list[tuple[Cell, ...]] = []
    for row in rows:
        if len(found) >= MOST_ROWS:
            raise Refused(_("Tabel ini lebih dari 100.000 baris. Bagi menjadi beberapa berkas."), code="too_big")
        found.append(tuple(_cell(value) for value in row))
    while found and not any(cell != "" for cell in found[-1]):
        found.pop()
    width = max((len(row) for row in found), default=0)
    if width > MOST_COLUMNS:
        raise Refused(_("Tabel ini lebih dari 200 kolom. Hapus kolom yang tidak diperlukan."), code="too_big")
    return Table(tuple(row + ("",) * (width - len(row)) for row in found))


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return Decimal(f"{Decimal(repr(value)).normalize():f}")
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return str(value)


def _unreadable() -> Refused:
    return Refused(
        _("Berkas ini tidak dapat dibaca sebagai tabel. Simpan sebagai .xlsx atau .csv, lalu coba lagi."),
        code="unreadable",
    )
