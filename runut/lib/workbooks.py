"""Writing a workbook: one sheet with lines above, a frozen heading and rows. No text is ever taken for a formula."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Literal

import xlsxwriter
from django.utils.translation import gettext as _

from .reading import written_places

Cell = str | int | Decimal | None
NUMBER: Literal["number"] = "number"
Accepted = Literal["number"] | tuple[str, ...] | None

# A spreadsheet keeps 15 digits of a number; a longer one stays whole as text.
MOST_DIGITS = 15
# A spreadsheet keeps so many rules for what may be typed.
MOST_RULES = 60_000
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Column:
    """heading: what stands over it. width: in characters. open: may be typed in. hidden: goes along unseen.

    answer: open, and a spreadsheet holds what is typed against what the row accepts.
    """

    heading: str
    width: int
    open: bool = False
    hidden: bool = False
    answer: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row with what may be done in it. shut: nothing may be typed. accepts: a number, or one of these words.

    closed: in which of its columns, by their places, nothing may be typed.
    """

    cells: Sequence[Cell]
    shut: bool = False
    accepts: Accepted = None
    closed: Collection[int] = ()


def write_workbook(
    name: str,
    above: Sequence[str],
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell] | Line],
    *,
    filters: bool = False,
) -> bytes:
    """The workbook's bytes. `above`: lines over the table, the first in bold. Printed on A4 across, one page wide.

    Rows are written as they come, so that a hundred thousand of them take no more memory than ten.
    """
    buffer = BytesIO()
    options = {
        "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True,
    }  # fmt: skip
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet(name[:31])
        writer = _Writer(book, sheet)
        for row, line in enumerate(above):
            sheet.write_string(row, 0, line, writer.title if row == 0 else None)
        top = len(above) + 1 if above else 0
        for column, one in enumerate(columns):
            sheet.set_column(column, column, one.width, None, {"hidden": True} if one.hidden else {})
            sheet.write_string(top, column, one.heading, writer.heading)
        last = writer.rows(top + 1, columns, rows)
        if any(one.open or one.answer for one in columns):
            # No password: it keeps the hand from slipping, nobody from anything.
            sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": filters})
        if filters:
            sheet.autofilter(top, 0, max(last, top + 1), len(columns) - 1)
        sheet.freeze_panes(top + 1, 0)
        sheet.repeat_rows(top)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    return buffer.getvalue()


class _Writer:
    """Writes cells with the format that each needs; a format is made once."""

    def __init__(self, book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        self._book, self._sheet = book, sheet
        self._formats: dict[tuple[int, bool], xlsxwriter.format.Format] = {}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.heading = book.add_format(
            {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "bg_color": "#E8ECF1"}
        )

    def rows(self, first: int, columns: Sequence[Column], rows: Iterable[Sequence[Cell] | Line]) -> int:
        """Write the rows from this one on; the number of the last."""
        runs: list[tuple[Accepted, int, int]] = []
        number = first - 1
        for number, row in enumerate(rows, start=first):
            line = row if isinstance(row, Line) else Line(row)
            for column, cell in enumerate(line.cells):
                one = columns[column]
                is_open = (one.open or one.answer) and not line.shut and column not in line.closed
                self.write(number, column, cell, is_open=is_open)
            accepts = None if line.shut else line.accepts
            if runs and runs[-1][0] == accepts and runs[-1][2] == number - 1:
                runs[-1] = (accepts, runs[-1][1], number)
            elif accepts:
                runs.append((accepts, number, number))
        for column in (place for place, one in enumerate(columns) if one.answer):
            for accepts, top, bottom in runs[:MOST_RULES]:
                self._sheet.data_validation(top, column, bottom, column, _rule(accepts))
        return number

    def write(self, row: int, column: int, cell: Cell, *, is_open: bool) -> None:
        if cell is None:
            self._sheet.write_blank(row, column, None, self._format(0, is_open))
        elif isinstance(cell, str):
            self._sheet.write_string(row, column, cell, self._format(0, is_open))
        elif len(Decimal(cell).as_tuple().digits) > MOST_DIGITS:
            self._sheet.write_string(row, column, str(cell), self._format(0, is_open))
        else:
            places = written_places(Decimal(cell))
            self._sheet.write_number(row, column, float(cell), self._format(places, is_open))

    def _format(self, places: int, is_open: bool) -> xlsxwriter.format.Format:
        """A number shows as many decimals as it has; a cell that is open is not locked and lighter."""
        if (places, is_open) not in self._formats:
            looks: dict[str, object] = {"border": 1, "text_wrap": True, "valign": "top", "locked": not is_open}
            looks["num_format"] = "#,##0." + "0" * places if places else "General"
            if is_open:
                looks["bg_color"] = "#FFFBE6"
            self._formats[places, is_open] = self._book.add_format(looks)
        return self._formats[places, is_open]


def _rule(accepts: Accepted) -> dict[str, object]:
    """What a spreadsheet lets somebody type into an answer, and what it says otherwise."""
    if accepts == NUMBER or accepts is None:
        return {
            "validate": "decimal", "criteria": "between", "minimum": -(10**18), "maximum": 10**18,
            "error_title": _("Bukan angka"), "error_message": _("Isi dengan angka saja, misalnya 94,5, tanpa tanda %."),
        }  # fmt: skip
    sentence = _("Pilih salah satu dari daftar.")
    return {"validate": "list", "source": list(accepts), "error_title": _("Tidak dikenal"), "error_message": sentence}
