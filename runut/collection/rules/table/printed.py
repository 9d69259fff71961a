"""A published row as it is printed, and as it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from runut.collection.rules.table.headings import Group, Heading, columns_of, heading_of, plain
from runut.lib.errors import Refused
from runut.lib.reading import BLANKS, Quantity, Sign, read_quantity, written_places
from runut.lib.tables import Cell, Table
from runut.lib.written import AWAITED, NO_NUMBER, OWNERS, PERIODS, SUMS_UP

# What begins a direction; "semakin" and "lebih" are read as "makin".
POLARITIES = {
    "positive": (
        "positi", "maks", "max", "high", "naik", "meningkat", "tinggi", "makin tinggi", "makin besar", "makin banyak",
        "+",
    ),
    "negative": (
        "negati", "min", "low", "turun", "menurun", "rendah", "makin rendah", "makin kecil", "makin sedikit",
        "makin cepat", "-",
    ),
}  # fmt: skip
# A direction that stands in the name of an indicator is as good as one in its own column.
_IN_NAME = re.compile(r"\bmakin (?:tinggi|besar|banyak|rendah|kecil|sedikit|cepat) makin baik\b")
# What points to a note under the table: 85*, 85 **), 85¹.
_NOTE_MARK = re.compile(r"(?<=[^\s*])\s*(?:\*+\)?|(?<=[0-9%])[¹²³]\)?)\s*$")
# A row that only says of which period the rows below are.
_TITLE = re.compile(
    r"(?:[a-z0-9]{1,3}[.)]\s*)?(?:(?:tahun|periode|triwulan|tribulan|tw|semester|bulan)\b.{1,40}|(?:19|20)[0-9]{2})"
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A row as it is printed. no: from 1. polarity: positive, negative, or empty when the table does not say. period,
    owner: what its columns, or the block in which it stands, say of when it was and whose it is.

    direction: the words that were meant to say it and are not understood. group: the period of its columns, where the
    table has columns of several.
    """

    no: int
    indicator: str
    unit: str
    target: Cell
    actual: Cell
    figure: Cell
    label: str
    polarity: str = ""
    direction: str = ""
    period: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """A row as it was understood. target, actual, figure: None where there is no number; `problems` say why."""

    printed: Printed
    target: Quantity | None
    actual: Quantity | None
    figure: Quantity | None
    measure: str
    problems: tuple[str, ...] = ()


def printed_rows(table: Table) -> list[Printed]:
    """The rows under the heading, one for each group of columns; Refused names the columns that are missing, or says
    that there is no row."""
    heading = heading_of(table)
    headings = [plain(cell) for cell in table.rows[heading.rows[-1]]]
    periods, owners = ([at for at, name in enumerate(headings) if name in names] for names in (PERIODS, OWNERS))
    found = [
        _printed(no, row, group, (group.period, block, *_said(row, periods)), _said(row, owners), heading.names_periods)
        for no, (row, block) in enumerate(_rows(table, heading), start=1)
        for group in heading.groups
    ]
    if not found:
        raise Refused(_("Tabelnya kosong: tidak ada baris di bawah judul kolom."), code="no_rows")
    return found


def _rows(table: Table, heading: Heading) -> Iterator[tuple[Sequence[Cell], str]]:
    """The rows with the block that each stands in: under a heading that is repeated, or under the name of a period."""
    block, is_top = "", True
    for at, row in enumerate(table.rows[heading.below :]):
        said = {str(cell).casefold() for cell in row if cell != ""}
        if not said or (is_top and _numbers_columns(row)) or _sums_up(row):
            continue
        if _is_heading(row, table, heading) or (len(said) == 1 and _TITLE.fullmatch(min(said))):
            block, is_top = f"{at} {' '.join(said)}", True
            continue
        is_top = False
        yield row, block


def _is_heading(row: Sequence[Cell], table: Table, heading: Heading) -> bool:
    """Whether the heading stands there once more."""
    if len(heading.rows) > 1 and row in [table.rows[place] for place in heading.rows]:
        return True
    target = heading.groups[0].columns["target"]
    if not str(row[target]).casefold().startswith("target"):
        return False
    return columns_of(row) == columns_of(table.rows[heading.rows[-1]])


def _sums_up(row: Sequence[Cell]) -> bool:
    """Whether the row is the average or the sum of the others."""
    first = next((plain(cell) for cell in row if cell != ""), "")
    return bool(SUMS_UP.fullmatch(first))


def _said(row: Sequence[Cell], places: Sequence[int]) -> tuple[str, ...]:
    return tuple(" ".join(str(row[at]).split()).casefold() for at in places)


def _numbers_columns(row: Sequence[Cell]) -> bool:
    """Whether the row only numbers the columns: 1, 2, 3 …"""
    cells = [str(cell).strip("()") for cell in row if cell != ""]
    return len(cells) > 2 and cells == [str(no) for no in range(1, len(cells) + 1)]


def _polarity(word: str) -> str:
    word = _as_makin(word)
    if word in BLANKS:
        return ""
    return next((name for name, starts in POLARITIES.items() if word.startswith(starts)), "")


def _as_makin(text: str) -> str:
    return re.sub(r"\b(?:semakin|lebih)\b", "makin", " ".join(text.split()).casefold())


def _printed(
    no: int, row: Sequence[Cell], group: Group, period: tuple[str, ...], owner: tuple[str, ...], is_named: bool
) -> Printed:
    def cell(key: str) -> Cell:
        return row[group.columns[key]] if key in group.columns else ""

    words = {key: str(cell(key)) for key in ("indicator", "unit", "label")}
    direction = str(cell("polarity")).strip()
    if not direction and (named := _IN_NAME.search(_as_makin(words["indicator"]))):
        direction = named[0]
    polarity = _polarity(direction)
    return Printed(
        no, words["indicator"], words["unit"], cell("target"), cell("actual"), cell("figure"), words["label"],
        polarity, "" if polarity or direction in BLANKS else direction, period, owner,
        group.period if is_named else "",
    )  # fmt: skip


def read_row(printed: Printed, sign: Sign) -> Read:
    """A printed row with its numbers read; what cannot be read is a text, or no number with its reason."""
    problems: list[str] = []
    target, _state = _quantity(printed.target, sign, problems)
    actual, measure = _quantity(printed.actual, sign, problems)
    figure, _state = _quantity(printed.figure, sign, problems)
    if printed.direction:
        sentence = _("Arah “%(word)s” tidak dikenali: tulis “makin tinggi” atau “makin rendah”.")
        problems.append(sentence % {"word": printed.direction})
    exact = figure if figure and figure.is_exact else None
    return Read(printed, target, actual, exact, measure, tuple(dict.fromkeys(problems)))


def _quantity(cell: Cell, sign: Sign, problems: list[str]) -> tuple[Quantity | None, str]:
    """The number in a cell, and the state that the cell says: measured unless it says otherwise."""
    if isinstance(cell, Decimal):
        return Quantity(cell, cell, written_places(cell)), "measured"
    text = _NOTE_MARK.sub("", cell)
    if text.casefold().startswith(AWAITED):
        return None, "awaiting_release"
    if text.casefold() in NO_NUMBER:
        return None, "not_filled"
    try:
        found = read_quantity(text, sign)
    except Refused as refusal:
        if refusal.code in ("excel_error", "ambiguous"):
            problems.append(refusal.sentence)
        return None, "not_measured" if refusal.code == "no_value" else "measured"
    return found, "measured" if found else "not_filled"
