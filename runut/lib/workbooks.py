"""Writing a workbook: one sheet with lines above, a frozen heading and rows. No text is ever taken for a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

import xlsxwriter

Cell = str | int | Decimal | None

# A spreadsheet keeps 15 digits of a number; a longer one stays whole as text.
MOST_DIGITS = 15
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Column:
    """heading: what stands over it. width: in characters."""

    heading: str
    width: int


def write_workbook(name: str, above: Sequence[str], columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The workbook's bytes. `above`: lines over the table, the first in bold. Printed on A4 across, one page wide."""
    buffer = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet(name[:31])
        writer = _Writer(book, sheet)
        for row, line in enumerate(above):
            sheet.write_string(row, 0, line, writer.title if row == 0 else None)
        top = len(above) + 1 if above else 0
        for column, one in enumerate(columns):
            sheet.set_column(column, column, one.width)
            sheet.write_string(top, column, one.heading, writer.heading)
        for number, cells in enumerate(rows, start=top + 1):
            for column, cell in enumerate(cells):
                writer.write(number, column, cell)
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
        self._numbers: dict[int, xlsxwriter.format.Format] = {}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.heading = book.add_format(
            {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "bg_color": "#E8ECF1"}
        )
        self._text = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})

    def write(self, row: int, column: int, cell: Cell) -> None:
        if cell is None:
            self._sheet.write_blank(row, column, None, self._text)
        elif isinstance(cell, str):
            self._sheet.write_string(row, column, cell, self._text)
        elif len(Decimal(cell).as_tuple().digits) > MOST_DIGITS:
            self._sheet.write_string(row, column, str(cell), self._text)
        else:
            self._sheet.write_number(row, column, float(cell), self._number(Decimal(cell)))

    def _number(self, number: Decimal) -> xlsxwriter.format.Format:
        """A number shows as many decimals as it has."""
        exponent = number.as_tuple().exponent
        places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        if places not in self._numbers:
            shown = "#,##0" + ("." + "0" * places if places else "")
            self._numbers[places] = self._book.add_format({"border": 1, "valign": "top", "num_format": shown})
        return self._numbers[places]
