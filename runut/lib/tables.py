"""A table out of a file or out of the clipboard: CSV, tab-separated text, or a sheet of a workbook.

Cells are texts as they stand, or decimals where a workbook holds a number. Whatever cannot be read is refused with
a sentence; nothing is guessed and nothing is dropped but blank rows at the end.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from .errors import Refused
from .table_files import WORKBOOKS, check_workbook, decoded, unreadable

Cell = str | Decimal

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 100_000
# Above the table: its title, and what it is about.
ABOVE = 20
MOST_COLUMNS = 200
# Seconds that a workbook may take.
LONGEST = 60
_READER = Path(__file__).with_name("workbook_reader.py")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, all of the same length.

    top: how many empty rows of the sheet are above. hidden, merged: rows that the file hides, and rows with merged
    cells, as counted in the sheet from 0.
    """

    rows: tuple[tuple[Cell, ...], ...]
    top: int = 0
    hidden: frozenset[int] = frozenset()
    merged: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Stream:
    """The same table, a row after the other, never all of it in memory. height: how many rows there are."""

    rows: Iterator[Sequence[Cell]]
    height: int
    top: int = 0
    hidden: frozenset[int] = frozenset()
    merged: frozenset[int] = frozenset()


def read_table(content: bytes, wanted: Sequence[str] = ()) -> Table:
    """The table in a file; what kind of file it is shows in its bytes.

    wanted: headings; what may stand for one another is parted by "|". Of several sheets the fullest that has them is
    read, else the fullest.
    """
    with open_table(content, wanted) as stream:
        table = _even(stream.rows)
        return Table(table.rows, stream.top, stream.hidden, stream.merged)


@contextmanager
def open_table(content: bytes, wanted: Sequence[str] = ()) -> Iterator[Stream]:
    """The same as a stream, for what may be large."""
    if len(content) > MOST_BYTES:
        raise Refused(_("Berkas ini lebih besar dari 20 MB. Bagi menjadi beberapa berkas."), code="too_big")
    if not content.startswith(WORKBOOKS):
        rows = table_of(decoded(content)).rows
        yield Stream(iter(rows), len(rows))
        return
    check_workbook(content)
    with tempfile.TemporaryFile() as answer:
        _read_workbook(content, wanted, answer)
        yield _stream(answer)


def table_of(text: str) -> Table:
    """The table in a text: the separator is the one that gives most of its first rows the same number of cells."""
    if "\0" in text:
        raise unreadable()
    separator = max(";\t,", key=lambda sign: _evenness(text, sign))
    try:
        return _even(_rows(text, separator))
    except csv.Error as error:
        raise unreadable() from error


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)


def _evenness(text: str, separator: str) -> tuple[int, int]:
    """How many of the first rows have as many cells as most have, and how many those are.

    A separator between quotation marks parts nothing, so that rows are read and signs not merely counted. Rows of one
    cell do not count; nor does anything where the quotation marks do not fit this separator.
    """
    try:
        widths = [len(row) for row in islice(_rows(text, separator), 20)]
    except csv.Error:
        return 0, 0
    [(width, rows)] = Counter(width for width in widths if width > 1).most_common(1) or [(0, 0)]
    return rows, width


def _read_workbook(content: bytes, wanted: Sequence[str], answer: IO[bytes]) -> None:
    """Read in a process of its own: a file from outside may break what reads it. Its answer goes to a file."""
    command = [sys.executable, "-I", str(_READER), str(MOST_ROWS + ABOVE), str(MOST_COLUMNS), *wanted]
    with tempfile.TemporaryFile() as given:
        given.write(content)
        given.seek(0)
        try:
            subprocess.run(command, stdin=given, stdout=answer, stderr=subprocess.DEVNULL, timeout=LONGEST, check=True)
        except (subprocess.SubprocessError, OSError) as error:
            raise unreadable() from error
    answer.seek(0)


def _stream(answer: IO[bytes]) -> Stream:
    try:
        head = json.loads(answer.readline())
    except ValueError as error:
        raise unreadable() from error
    match head.get("error"):
        case None:
            rows = ([_number(cell) for cell in json.loads(line)] for line in answer)
            return Stream(rows, head["height"], head["top"], frozenset(head["hidden"]), frozenset(head["merged"]))
        case "rows":
            raise _too_many_rows()
        case "columns":
            raise _too_many_columns()
        case "password":
            raise unreadable("password")
        case _:
            raise unreadable()


def _number(cell: str | list[str]) -> Cell:
    """A number comes as a list; one beyond what any text may be stays text, and is no number then."""
    if isinstance(cell, str):
        return cell
    number = Decimal(cell[0])
    return Decimal(f"{number.normalize():f}") if -30 < number.adjusted() < 24 else cell[0]


def _even(rows: Iterable[Iterable[Cell]]) -> Table:
    found: list[tuple[Cell, ...]] = []
    for row in rows:
        if len(found) >= MOST_ROWS + ABOVE:
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
