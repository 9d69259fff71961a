"""Tables as text that spreadsheets open: the one place where a CSV is written."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from .numbers import MINUS

CONTENT_TYPE = "text/csv; charset=utf-8"
# Spreadsheets begin a formula with these, also in their wide forms, and drop white space before them.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
CONTROL = ("\t", "\r", "\n")
NUMBER = re.compile(r"-[\d.,]+( ?%)?")


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """The rows with semicolons, as spreadsheets with a decimal comma expect them; UTF-8 is announced by its mark."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([cell(one) for one in row] for row in rows)
    return "\ufeff" + text.getvalue()


def cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula. Yes and no are words; a negative number stays a number."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    text = str(value)
    if text.startswith(MINUS) and NUMBER.fullmatch(plain := text.replace(MINUS, "-", 1)):
        return plain
    begins_formula = text.startswith(CONTROL) or text.lstrip().startswith(FORMULA)
    return f"'{text}" if begins_formula and not NUMBER.fullmatch(text) else text
