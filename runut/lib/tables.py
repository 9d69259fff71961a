"""A table out of a file or out of the clipboard: CSV, tab-separated text, or the fullest sheet of a workbook.

Cells are texts as they stand, or decimals where a workbook holds a number. Whatever cannot be read is refused with
a sentence; nothing is guessed and nothing is dropped but blank rows at the end.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

from django.utils.translation import gettext as _

from .errors import Refused

Cell = str | Decimal

MOST_BYTES = 20 * 1024 * 1024
# A workbook that unpacks to more is no table of an office.
MOST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 100_000
MOST_COLUMNS = 200
# Seconds that a workbook may take.
LONGEST = 60
_READER = Path(__file__).with_name("workbook_reader.py")
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
    """The table in a text: the separator is the one of which most of its first lines have equally many."""
    if "\0" in text:
        raise _unreadable()
    lines = text.splitlines()[:20]
    separator = max("\t;,", key=lambda sign: _evenness(line.count(sign) for line in lines))
    try:
        return _even(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise _unreadable() from error


def _evenness(counts: Iterable[int]) -> tuple[int, int]:
    """How many lines have the count that most have, and that count; lines without any do not count."""
    [(count, lines)] = Counter(count for count in counts if count).most_common(1) or [(0, 0)]
    return lines, count


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable()


def _sheet(content: bytes) -> Iterable[Iterable[Cell]]:
    """The sheet with the most rows, read in a process of its own: a file from outside may break what reads it."""
    _refuse_bomb(content)
    command = [sys.executable, "-I", str(_READER), str(MOST_ROWS), str(MOST_COLUMNS)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=LONGEST, check=True)
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError, OSError) as error:
        raise _unreadable() from error
    match answer.get("error"):
        case "rows":
            raise _too_many_rows()
        case "columns":
            raise _too_many_columns()
        case None:
            return ([_number(cell) for cell in row] for row in answer["rows"])
        case _:
            raise _unreadable()


def _number(cell: str | list[str]) -> Cell:
    """A number comes as a list; one beyond what any text may be stays text, and is no number then."""
    if isinstance(cell, str):
        return cell
    number = Decimal(cell[0])
    return Decimal(f"{number.normalize():f}") if -30 < number.adjusted() < 24 else cell[0]


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


def _even(rows: Iterable[Iterable[Cell]]) -> Table:
    found: list[tuple[Cell, ...]] = []
    for row in rows:
        if len(found) >= MOST_ROWS:
            raise _too_many_rows()
        found.append(tuple(cell.strip() if isinstance(cell, str) else cell for cell in row))
    while found and not any(cell != "" for cell in found[-1]):
        found.pop()
    width = max((len(row) for row in found), default=0)
    if width > MOST_COLUMNS:
        raise _too_many_columns()
    return Table(tuple(row + ("",) * (width - len(row)) for row in found))


def _too_many_rows() -> Refused:
    return Refused(_("Tabel ini lebih dari 100.000 baris. Bagi menjadi beberapa berkas."), code="too_big")


def _too_many_columns() -> Refused:
    return Refused(_("Tabel ini lebih dari 200 kolom. Hapus kolom yang tidak diperlukan."), code="too_big")


def _unreadable() -> Refused:
    return Refused(
        _("Berkas ini tidak dapat dibaca sebagai tabel. Simpan sebagai .xlsx atau .csv, lalu coba lagi."),
        code="unreadable",
    )
