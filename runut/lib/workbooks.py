"""Writing a workbook: a sheet with lines above, a frozen heading and rows. No text is ever taken for a formula.

Beside it there may be two more: what may be chosen in its columns, and how the workbook is used.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from itertools import zip_longest
from math import ceil
from typing import Literal

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_range_abs

from .errors import one_stop
from .reading import written_places
from .workbook_reader import CHOICES, NOTES

Cell = str | int | Decimal | None
NUMBER: Literal["number"] = "number"
Accepted = Literal["number"] | tuple[str, ...] | None
# What a cell accepts, and what is said when somebody goes to it.
Rule = tuple[Accepted, str]

# A spreadsheet keeps 15 digits of a number; a longer one stays whole as text.
MOST_DIGITS = 15
# So many it shows of one that has no format of its own.
SHOWN_DIGITS = 10
# A spreadsheet keeps so many rules for what may be typed.
MOST_RULES = 60_000
# So many letters it shows beside a cell.
LONGEST_PROMPT = 255
NOTES_WIDTH = 100
# The number of the format "text", which every spreadsheet knows.
AS_TEXT = 49
# In points; no row can be higher than the last.
LINE_HEIGHT, MOST_HEIGHT = 15, 400
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be chosen in a column. names: what each of the answers is called, where that says more.

    more: something else may be typed too, after a warning.
    """

    answers: tuple[str, ...]
    names: tuple[str, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """heading: what stands over it. width: in characters. open: may be typed in. hidden: goes along unseen.

    answer: open, and a spreadsheet holds what is typed against what the row accepts. text: what is typed there stays as
    it was typed, also zeros in front, 18 digits and what looks like a date; so does what is typed below the table.
    offer: what may be chosen in each of its rows.
    """

    heading: str
    width: int
    open: bool = False
    hidden: bool = False
    answer: bool = False
    text: bool = False
    offer: Offer | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A row with what may be done in it. shut: nothing may be typed. accepts: a number, or one of these words.

    closed: in which of its columns, by their places, nothing may be typed. asks: in which of them a number is wanted,
    and what is said beside the cell.
    """

    cells: Sequence[Cell]
    shut: bool = False
    accepts: Accepted = None
    closed: Collection[int] = ()
    asks: Mapping[int, str] = field(default_factory=dict)


def write_workbook(
    name: str,
    above: Sequence[str],
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell] | Line],
    *,
    filters: bool = False,
    advice: str = "",
    notes: Callable[[], Sequence[str]] | None = None,
    spare: int = 0,
) -> bytes:
    """The workbook's bytes. `above`: lines over the table, the first in bold. Printed on A4 across, one page wide.

    advice: in the line between these and the table. notes: how the workbook is used, line by line, on a sheet of its
    own; asked once the rows are written. spare: into so many rows below the table more may be typed, where its columns
    are open. Rows are written as they come, so that a hundred thousand of them take no more memory than ten.
    """
    buffer = BytesIO()
    options = {
        "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True,
    }  # fmt: skip
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet(name[:31], _Sheet)
        writer = _Writer(book, sheet, spare)
        for row, line in enumerate(above):
            sheet.write_string(row, 0, line, writer.title if row == 0 else None)
        top = len(above) + 1 if above else 0
        if above and advice:
            sheet.write_string(top - 1, 0, advice, writer.advice)
        writer.headings(top, columns)
        last = writer.rows(top + 1, columns, rows)
        if any(one.open or one.answer for one in columns):
            _protect(sheet, autofilter=filters)
        if filters:
            sheet.autofilter(top, 0, max(last, top + 1), len(columns) - 1)
        _lay_out(sheet, top)
        writer.offers(top + 1, max(last, top) + spare, columns)
        if notes is not None:
            writer.notes(notes())
    return buffer.getvalue()


def _lay_out(sheet: xlsxwriter.worksheet.Worksheet, top: int) -> None:
    """On screen and on paper. top: the row of the heading, which stays in sight and which each page has."""
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _protect(sheet: xlsxwriter.worksheet.Worksheet, *, autofilter: bool = False) -> None:
    """No password: it keeps the hand from slipping, nobody from anything."""
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": autofilter})


class _Sheet(xlsxwriter.worksheet.Worksheet):  # type: ignore[misc]  # it comes without types
    """A sheet whose rows are as high as they were set at first, and grow all the same with what is typed."""

    def _xml_start_tag_unencoded(self, tag: str, attributes: list[tuple[str, object]] | None = None) -> None:
        kept = [one for one in attributes or () if one[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, kept)


class _Writer:
    """Writes cells with the format that each needs; a format is made once."""

    def __init__(self, book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, spare: int) -> None:
        self._book, self._sheet, self._spare = book, sheet, spare
        self._formats: dict[tuple[int, bool, bool], xlsxwriter.format.Format] = {}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.advice = book.add_format({"italic": True, "font_color": "#4A5866"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.heading = book.add_format(
            {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "bg_color": "#E8ECF1"}
        )

    def headings(self, row: int, columns: Sequence[Column]) -> None:
        self.height(row, columns, [one.heading for one in columns])
        for column, one in enumerate(columns):
            look = self._below(one)
            self._sheet.set_column(column, column, one.width, look, {"hidden": True} if one.hidden else {})
            self._sheet.write_string(row, column, one.heading, self.heading)

    def _below(self, one: Column) -> xlsxwriter.format.Format | None:
        """How the cells of a column are below the table."""
        is_open = bool(self._spare) and one.open
        if not is_open and not (one.text and not one.open):
            return None
        looks: dict[str, object] = {"num_format": AS_TEXT} if one.text else {}
        return self._book.add_format(looks | ({"locked": False, "text_wrap": True} if is_open else {}))

    def offers(self, first: int, last: int, columns: Sequence[Column]) -> None:
        """What may be chosen in the columns, from a sheet that has it all; columns that offer the same share it."""
        offers = [(at, one.heading, one.offer) for at, one in enumerate(columns) if one.offer and one.offer.answers]
        shared: dict[tuple[str, ...], tuple[str, Offer]] = {}
        for _at, heading, offer in offers:
            shared.setdefault(offer.answers, (heading, offer))
        if not offers or last < first:
            return
        sheet = self._book.add_worksheet(CHOICES)
        places = {answers: 2 * at for at, answers in enumerate(shared)}
        for answers, (_heading, offer) in shared.items():
            sheet.set_column(places[answers], places[answers], 30)
            sheet.set_column(places[answers] + 1, places[answers] + 1, 40 if offer.names else 2)
        for row, cells in enumerate(zip_longest(*(_said(*each) for each in shared.values()))):
            for place, said in zip(places.values(), cells, strict=True):
                for at, text in enumerate(said or ()):
                    sheet.write_string(row, place + at, text, self.wrapped if row else self.heading)
        sheet.freeze_panes(1, 0)
        _protect(sheet)
        for column, _heading, offer in offers:
            area = _area(places[offer.answers], len(offer.answers))
            self._sheet.data_validation(first, column, last, column, _offered(area, more=offer.more))

    def notes(self, lines: Sequence[str]) -> None:
        sheet = self._book.add_worksheet(NOTES)
        sheet.set_column(0, 0, NOTES_WIDTH)
        for row, line in enumerate(map(one_stop, lines)):
            sheet.set_row(row, min(LINE_HEIGHT * _lines(line, NOTES_WIDTH), MOST_HEIGHT))
            sheet.write_string(row, 0, line, self.title if row == 0 else self.wrapped)
        _protect(sheet)

    def rows(self, first: int, columns: Sequence[Column], rows: Iterable[Sequence[Cell] | Line]) -> int:
        """Write the rows from this one on; the number of the last."""
        found: dict[int, list[tuple[Rule, int, int]]] = defaultdict(list)
        number = first - 1
        for number, row in enumerate(rows, start=first):
            line = row if isinstance(row, Line) else Line(row)
            self.height(number, columns, line.cells)
            for column, cell in enumerate(line.cells):
                one = columns[column]
                is_open = (one.open or one.answer) and not line.shut and column not in line.closed
                self.write(number, column, cell, is_open=is_open, is_text=one.text)
            for column, rule in _rules(columns, line).items():
                runs = found[column]
                if runs and runs[-1][0] == rule and runs[-1][2] == number - 1:
                    runs[-1] = (rule, runs[-1][1], number)
                else:
                    runs.append((rule, number, number))
        for column, runs in found.items():
            for (accepts, prompt), top, bottom in runs[: MOST_RULES // len(found)]:
                self._sheet.data_validation(top, column, bottom, column, _rule(accepts, prompt))
        return number

    def height(self, row: int, columns: Sequence[Column], cells: Sequence[Cell]) -> None:
        """As high as the fullest cell needs: not every spreadsheet works that out when it opens the file."""
        lines = max((_lines(cell, one.width) for one, cell in zip(columns, cells, strict=False)), default=1)
        if lines > 1:
            self._sheet.set_row(row, min(LINE_HEIGHT * lines, MOST_HEIGHT))

    def write(self, row: int, column: int, cell: Cell, *, is_open: bool, is_text: bool) -> None:
        if cell is None:
            self._sheet.write_blank(row, column, None, self._format(0, is_open, is_text))
        elif isinstance(cell, str):
            self._sheet.write_string(row, column, cell, self._format(0, is_open, is_text))
        elif len(Decimal(cell).as_tuple().digits) > MOST_DIGITS:
            self._sheet.write_string(row, column, str(cell), self._format(0, is_open, is_text))
        else:
            # Where another number is typed over it, none of its decimals is hidden, or lost in a CSV.
            is_short = is_open and len(Decimal(cell).as_tuple().digits) <= SHOWN_DIGITS
            places = 0 if is_short else written_places(Decimal(cell))
            self._sheet.write_number(row, column, float(cell), self._format(places, is_open))

    def _format(self, places: int, is_open: bool, is_text: bool = False) -> xlsxwriter.format.Format:
        """A number shows as many decimals as are asked for; a cell that is open is not locked and lighter."""
        if (places, is_open, is_text) not in self._formats:
            looks: dict[str, object] = {"border": 1, "text_wrap": True, "valign": "top", "locked": not is_open}
            looks["num_format"] = AS_TEXT if is_text else "#,##0." + "0" * places if places else "General"
            if is_open:
                looks["bg_color"] = "#FFFBE6"
            self._formats[places, is_open, is_text] = self._book.add_format(looks)
        return self._formats[places, is_open, is_text]


def _lines(cell: Cell, width: int) -> int:
    """How many lines a cell takes in its column. A width counts digits, and letters are narrower by a tenth."""
    if not isinstance(cell, str) or (len(cell) <= width and "\n" not in cell):
        return 1
    return sum(1 if len(line) <= 1.1 * width else ceil(len(line) / width) for line in cell.split("\n"))


def _rules(columns: Sequence[Column], line: Line) -> dict[int, Rule]:
    """What may be typed in a line, by the places of its columns."""
    if line.shut:
        return {}
    accepts = line.accepts
    answers: dict[int, Rule] = {place: (accepts, "") for place, one in enumerate(columns) if one.answer and accepts}
    return answers | {place: (NUMBER, prompt) for place, prompt in line.asks.items()}


def _rule(accepts: Accepted, prompt: str) -> dict[str, object]:
    """What a spreadsheet lets somebody type into an answer, what it says otherwise, and what before."""
    said = {"input_message": prompt[:LONGEST_PROMPT]} if prompt else {}
    if accepts == NUMBER or accepts is None:
        return said | {
            "validate": "decimal", "criteria": "between", "minimum": -(10**18), "maximum": 10**18,
            "error_title": _("Bukan angka"), "error_message": _("Isi dengan angka saja, misalnya 94,5, tanpa tanda %."),
        }  # fmt: skip
    return said | _chosen() | {"validate": "list", "source": list(accepts)}


def _chosen() -> dict[str, object]:
    return {"error_title": _("Tidak dikenal"), "error_message": _("Pilih salah satu dari daftar.")}


def _offered(area: str, *, more: bool) -> dict[str, object]:
    """What a spreadsheet offers to choose from, and what it says of anything else."""
    found = _chosen() | {"validate": "list", "source": area}
    if more:
        found |= {"error_type": "warning", "error_message": _("Tidak ada dalam daftar. Tetap dipakai?")}
    return found


def _area(column: int, rows: int) -> str:
    """Where on the sheet of choices a column of them stands, below its heading."""
    return f"={CHOICES}!{xl_range_abs(1, column, rows, column)}"


def _said(heading: str, offer: Offer) -> list[tuple[str, str]]:
    """What stands on the sheet of choices for a column: its heading, then what may be chosen and what it is called."""
    return [(heading, ""), *zip_longest(offer.answers, offer.names, fillvalue="")]
