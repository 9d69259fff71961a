"""A form as it stands on paper: the columns of its edition, and what is in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from runut.collection.models import Line, Measure, Sheet, Value
from runut.collection.queries.columns import named
from runut.collection.queries.editions import headings_of, layout_of
from runut.collection.queries.rows import Row
from runut.collection.rules import HANDED_IN
from runut.lib.numbers import format_number
from runut.lib.workbooks import Cell
from runut.organisation.queries import letterhead_at


def paper_columns(sheet: Sheet) -> list[tuple[str, str]]:
    """(code, heading) of the columns that the form has on paper. `sheet` comes with its edition and period's office."""
    return headings_of(sheet, layout_of(sheet))


def letterhead_of_sheet(sheet: Sheet) -> dict[str, object]:
    """What the print says of its office: as it was when the form was handed in; until then as it is now."""
    return letterhead_at(sheet.period.office, sheet.submitted_at if sheet.state in HANDED_IN else None)


def paper_rows(sheet: Sheet, rows: Sequence[Row]) -> list[list[Cell]]:
    """What stands in each of these columns, line by line, as it is printed: a percentage with its word."""
    codes = [column.code for column in layout_of(sheet)]
    return [_worded(codes, paper_row(codes, no, row), row) for no, row in enumerate(rows, start=1)]


def _worded(codes: Sequence[str], cells: list[Cell], row: Row) -> list[Cell]:
    word = row.standing.predicate if "achievement" in codes else ""
    return [
        f"{printed(code, cell)} · {word}" if word and code == "achievement" else cell
        for code, cell in zip(codes, cells, strict=True)
    ]


def paper_row(codes: Sequence[str], no: int, row: Row) -> list[Cell]:
    """What stands in these columns of a form's line. no: its number in the form."""
    return [_cell(code, no, row, codes) for code in codes]


def printed(code: str, cell: Cell) -> str:
    """A cell as it is printed: never an empty one, never "None"; percentages of a column with the same decimals."""
    if isinstance(cell, Decimal):
        return format_number(cell, 2 if code == "achievement" else None)
    return "–" if cell is None or cell == "" else str(cell)


def _cell(code: str, no: int, row: Row, codes: Sequence[str]) -> Cell:
    if code == "no":
        return no
    if code == "indicator" and "unit" not in codes:
        return named(row.version.name, row.version.unit_of_measure)
    return _CELLS[code](row)


def _sasaran(row: Row) -> Cell:
    sasaran = row.version.indicator.sasaran
    return sasaran.text if sasaran else ""


def _achievement(row: Row) -> Cell:
    found = row.standing
    return found.percent if found.percent is not None else found.label


def _last(row: Row) -> Cell:
    return stated(row.last) if row.last else None


def _actual(row: Row) -> Cell:
    line = row.value if row.corrected and row.value is not None else row.line
    if line.measure == Measure.NOT_FILLED:
        return None
    if line.measure != Measure.MEASURED:
        return str(Measure(line.measure).label)
    return amount_or_words(line.amount, line.text)


def stated(value: Value | Line) -> Cell:
    """The number or the words of a version or of what a form says; why there is none."""
    if value.measure != Measure.MEASURED:
        return str(Measure(value.measure).label)
    return amount_or_words(value.amount, value.text)


def amount_or_words(amount: Decimal | None, text: str) -> Cell:
    """A number without the zeros of its column, or the words."""
    if text or amount is None:
        return text or None
    return Decimal(f"{amount.normalize():f}")


def _part(row: Row, code: str) -> Cell:
    line = row.value if row.corrected and row.value is not None else row.line
    return amount_or_words(getattr(line, code), "")


_CELLS: dict[str, Callable[[Row], Cell]] = {
    "numerator": lambda row: _part(row, "numerator"),
    "denominator": lambda row: _part(row, "denominator"),
    "sasaran": _sasaran,
    "indicator": lambda row: row.version.name,
    "unit": lambda row: row.version.unit_of_measure,
    "annual_target": lambda row: amount_or_words(row.figure.annual_target, row.figure.annual_target_text),
    "target": lambda row: amount_or_words(row.figure.target, row.figure.target_text),
    "last": _last,
    "actual": _actual,
    "achievement": _achievement,
    "evidence": lambda row: len(row.evidence),
    "note": lambda row: row.line.note,
}
