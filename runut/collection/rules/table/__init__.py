"""Checking a published table of indicators, targets, realised values and achievements (Periksa tabel).

Whose table it is does not matter: the figures are worked out anew by the one calculation and held against what is
printed. The codes of states, verdicts and slips are explained in docs/lint-table.md.
"""

from dataclasses import replace
from decimal import Decimal

from runut.collection.rules.table.headings import heading_of
from runut.collection.rules.table.printed import Printed, printed_rows, read_row
from runut.collection.rules.table.slips import find_slips, same_indicator
from runut.collection.rules.table.verdicts import Checked, Verdict, check
from runut.lib.reading import Sign, sign_of
from runut.lib.tables import Table

__all__ = ["Checked", "Verdict", "as_row", "is_finding", "left_out", "lint_table"]


def lint_table(table: Table, sign: Sign | None = None) -> list[Checked]:
    """Every row of the table, checked. sign: its decimal sign; None lets the table tell. Refused without columns
    or rows."""
    printed = printed_rows(table)
    if sign is None:
        cells = (cell for row in printed for cell in (row.target, row.actual, row.figure))
        sign = sign_of(cell for cell in cells if isinstance(cell, str))
    rows = [check(read_row(row, sign)) for row in printed]
    if _shown_as_percent(rows):
        rows = [check(read_row(_times_hundred(row), sign)) for row in printed]
    rows = _one_direction(rows)
    find_slips(rows)
    return rows


def left_out(table: Table) -> tuple[str, ...]:
    """The headings of the columns of figures that are not checked."""
    return heading_of(table).left_out


def _one_direction(rows: list[Checked]) -> list[Checked]:
    """Where a row tells that less is better, the others of its indicator are counted so too, unless they tell else."""
    again: dict[int, Checked] = {}
    for same in same_indicator(rows):
        if not any(one.method == "negative" for one in same):
            continue
        turned = {id(one): check(one.read, "negative") for one in same if one.method == "positive"}
        told = [one for one in same if id(one) in turned and _tells(one, turned[id(one)])]
        again |= {} if told else turned
    return [again.get(id(one), one) for one in rows]


def _tells(one: Checked, turned: Checked) -> bool:
    """Whether the row fits as it was counted, and would not the other way round."""
    return one.verdict in ("agrees", "truncated", "capped") and turned.verdict == "wrong"


def _shown_as_percent(rows: list[Checked]) -> bool:
    """Whether a workbook shows its figures in per cent: it then holds fractions (0.938 is shown as 93,8%)."""
    judged = [row for row in rows if isinstance(row.read.printed.figure, Decimal) and row.found.raw is not None]
    fractions = [row for row in judged if _is_fraction(row)]
    return len(fractions) * 2 > len(judged)


def _is_fraction(row: Checked) -> bool:
    figure, raw = row.read.printed.figure, row.found.raw
    assert isinstance(figure, Decimal) and raw is not None
    return row.verdict == "wrong" and abs(figure * 100 - raw) < Decimal("0.0000001")


def _times_hundred(row: Printed) -> Printed:
    return replace(row, figure=row.figure * 100) if isinstance(row.figure, Decimal) else row


def is_finding(one: Checked) -> bool:
    """Whether the row asks for somebody's look."""
    return bool(one.slips) or one.verdict in ("truncated", "capped", "wrong")


def as_row(one: Checked) -> dict[str, object]:
    """The row as data: what `runut lint-table --format json` prints, one object per line."""
    cap = None
    if one.cap is not None:
        cap = int(one.cap) if one.cap == one.cap.to_integral_value() else float(one.cap)
    return {
        "row": one.row,
        "computed": None if one.computed is None else f"{one.computed:.2f}",
        "state": one.state,
        "verdict": one.verdict,
        "cap": cap,
        "slips": one.slips,
        "explanation": one.explanation,
    }
