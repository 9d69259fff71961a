"""What a workbook has beside the form's own columns: the key of each line; and what is read when it comes back."""

from __future__ import annotations

from collections.abc import Sequence

from runut.collection.queries.locked_cells import LOCKED
from runut.collection.rules import KINDS
from runut.lib import imports
from runut.lib.workbooks import NUMBER, Accepted
from runut.planning.models import IndicatorVersion, ValueType

# What the columns that come back are called in every edition. The key is hidden: which line, and its revision when it
# went out.
ACTUAL, NOTE, KEY = KINDS["actual"].label, KINDS["note"].label, "Kunci"
# Beside the realised value where it is worked out from two numbers.
NUMERATOR, DENOMINATOR = "Pembilang", "Penyebut"
# So many letters of a list a spreadsheet keeps.
LONGEST_LIST = 255

_INCOMING = (
    imports.Column("key", KEY, required=True, filled=False),
    imports.Column("actual", ACTUAL, required=True, form="number", begins=True, filled=False),
    imports.Column("note", NOTE, required=True, form="prose", filled=False),
    imports.Column("numerator", NUMERATOR, form="number"),
    imports.Column("denominator", DENOMINATOR, form="number"),
)
# By these the right sheet of a workbook is known.
WANTED = (KEY, NOTE)


def incoming_columns(headings: Sequence[tuple[str, str]]) -> tuple[imports.Column, ...]:
    """What is read of a form with these columns: (code, heading), as the workbook has them.

    What stands under the indicator's heading is held against the key, and what is locked against what stands here,
    unless another column has the same heading.
    """
    above = [imports.plain_heading(heading) for _code, heading in headings]
    wanted: dict[str, imports.Form] = {"indicator": "text", **LOCKED}
    alone = [each for each in headings if each[0] in wanted and above.count(imports.plain_heading(each[1])) == 1]
    return (*_INCOMING, *(imports.Column(code, heading, form=wanted[code]) for code, heading in alone))


def with_parts(headings: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The columns of a form of which some line is a quotient: its two numbers stand before what they give."""
    at = next(place for place, (code, _heading) in enumerate(headings) if code == "actual")
    return [*headings[:at], ("numerator", NUMERATOR), ("denominator", DENOMINATOR), *headings[at:]]


def accepts(version: IndicatorVersion) -> Accepted:
    """What a spreadsheet lets somebody type as the realised value; None where it cannot say it."""
    if version.is_quotient:
        return None
    if version.value_type != ValueType.ORDINAL:
        return NUMBER
    scale = tuple(version.scale)
    fits = len(",".join(scale)) <= LONGEST_LIST and not any("," in word for word in scale)
    return scale if scale and fits else None


def named(name: str, unit_of_measure: str) -> str:
    """An indicator as a form without a column for the unit calls it."""
    return f"{name} ({unit_of_measure})"


def key_of(pk: int, rev: int) -> str:
    """A line's key. It begins with a letter, so that no spreadsheet takes it for a date."""
    return f"b{pk}-{rev}"
