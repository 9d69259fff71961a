"""Writing a workbook: one sheet with lines above, a frozen heading and rows. No text is ever taken for a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

import xlsxwriter

from .reading import written_places

Cell = str | int | Decimal | None

# A spreadsheet keeps 15 digits of a number; a longer one stays whole as text.
MOST_DIGITS = 15
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Column:
    """heading: what stands over it. width: in characters. open: may be typed in. hidden: goes along unseen."""

    heading: str
    width: int
    open: bool = False
    hidden: bool = False


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
            sheet.set_column(column, column, one.width, None, {"hidden": True} if one.hidden else {})
            sheet.write_string(top, column, one.heading, writer.heading)
        for number, cells in enumerate(rows, start=top + 1):
            for column, cell in enumerate(cells):
                writer.write(number, column, cell, is_open=columns[column].open)
        if any(one.open for one in columns):
            # No password: it keeps the hand from slipping, nobody from anything.
            sheet.protect("", {"format_columns": True, "format_rows": True})
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
