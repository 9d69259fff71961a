"""A published row as it is printed, and as it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from runut.lib.errors import Refused
from runut.lib.reading import BLANKS, Quantity, Sign, read_quantity, written_places
from runut.lib.tables import Cell, Table
from runut.lib.written import AWAITED, NO_NUMBER, OWNERS, PERIODS

# What the columns are called, in published tables and in files made by hand; the first that is there counts.
COLUMNS: dict[str, tuple[str, ...]] = {
    "indicator": ("indikator", "indikator kinerja", "nama indikator", "indikator kinerja utama", "indicator"),
    "unit": ("satuan", "unit"),
    "target": ("target", "target tahunan", "target tahun", "target triwulan", "target tribulan"),
    "actual": ("realisasi", "realisasi tahunan", "realisasi triwulan", "realisasi tribulan", "actual"),
    "figure": (
        "capaian_published", "capaian", "capaian %", "capaian (%)", "% capaian", "capaian kinerja",
        "capaian kinerja (%)", "persentase capaian", "achievement",
    ),
    "label": ("predicate_published", "predikat", "kategori", "predicate"),
    "polarity": (
        "polarity", "polaritas", "arah", "polaritas indikator", "arah indikator", "arah capaian", "sifat indikator",
        "jenis polaritas", "polarisasi",
    ),
}  # fmt: skip
REQUIRED = {"indicator": "Indikator", "target": "Target", "actual": "Realisasi"}
# What begins a direction; "semakin" and "lebih" are read as "makin".
POLARITIES = {
    "positive": (
        "positi", "maks", "maxim", "naik", "meningkat", "tinggi", "makin tinggi", "makin besar", "makin banyak",
        "higher", "+",
    ),
    "negative": (
        "negati", "minim", "turun", "menurun", "rendah", "makin rendah", "makin kecil", "makin sedikit", "makin cepat",
        "lower", "-",
    ),
}  # fmt: skip
# A direction that stands in the name of an indicator is as good as one in its own column.
_IN_NAME = re.compile(r"\bmakin (?:tinggi|besar|banyak|rendah|kecil|sedikit|cepat) makin baik\b")
_BESIDE = re.compile(r"\(.*?\)|\b(?:19|20)[0-9]{2}\b|\btahun\b")
HEADER_WITHIN = 30
# A row that only says of which period the rows below are.
_TITLE = re.compile(
    r"(?:[a-z0-9]{1,3}[.)]\s*)?(?:(?:tahun|periode|triwulan|tribulan|tw|semester|bulan)\b.{1,40}|(?:19|20)[0-9]{2})"
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A row as it is printed. no: from 1. polarity: positive, negative, or empty when the table does not say. period,
    owner: what its columns, or the block in which it stands, say of when it was and whose it is.

    direction: the words that were meant to say it and are not understood.
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
    """The rows under the heading; Refused names the columns that are missing, or says that there is no row."""
    place, columns = _heading(table)
    headings = [" ".join(str(cell).split()).casefold() for cell in table.rows[place]]
    periods, owners = ([at for at, name in enumerate(headings) if name in names] for names in (PERIODS, OWNERS))
    found = [
        _printed(no, row, columns, (block, *_said(row, periods)), _said(row, owners))
        for no, (row, block) in enumerate(_rows(table.rows[place + 1 :], columns), start=1)
    ]
    if not found:
        raise Refused(_("Tabelnya kosong: tidak ada baris di bawah judul kolom."), code="no_rows")
    return found


def _rows(below: Sequence[Sequence[Cell]], columns: dict[str, int]) -> Iterator[tuple[Sequence[Cell], str]]:
    """The rows with the block that each stands in: under a heading that is repeated, or under the name of a period."""
    block, is_top = "", True
    for at, row in enumerate(below):
        said = {str(cell).casefold() for cell in row if cell != ""}
        if not said or (is_top and _numbers_columns(row)):
            continue
        if _is_heading(row, columns) or (len(said) == 1 and _TITLE.fullmatch(min(said))):
            block, is_top = f"{at} {' '.join(said)}", True
            continue
        is_top = False
        yield row, block


def _is_heading(row: Sequence[Cell], columns: dict[str, int]) -> bool:
    """Whether the heading stands there once more."""
    return str(row[columns["target"]]).casefold().startswith("target") and _columns(row) == columns


def _said(row: Sequence[Cell], places: Sequence[int]) -> tuple[str, ...]:
    return tuple(" ".join(str(row[at]).split()).casefold() for at in places)


def _numbers_columns(row: Sequence[Cell]) -> bool:
    """Whether the row only numbers the columns: 1, 2, 3 …"""
    cells = [str(cell).strip("()") for cell in row if cell != ""]
    return len(cells) > 2 and cells == [str(no) for no in range(1, len(cells) + 1)]


def _heading(table: Table) -> tuple[int, dict[str, int]]:
    """Where the heading is, and which column is which; the row that names the most columns is the heading."""
    best: tuple[int, dict[str, int]] = (0, {})
    for place, row in enumerate(table.rows[:HEADER_WITHIN]):
        columns = _columns(row)
        if len(columns) > len(best[1]):
            best = (place, columns)
    missing = [name for key, name in REQUIRED.items() if key not in best[1]]
    if missing:
        sentence = _(
            "Kolom ini tidak ditemukan: %(names)s. Beri judul kolomnya Indikator, Target, Realisasi, dan Capaian."
        )
        raise Refused(sentence % {"names": ", ".join(missing)}, code="columns")
    return best


def _columns(row: Sequence[Cell]) -> dict[str, int]:
    """A column by its name; else by its name without year and brackets, or one that begins with it."""
    exact = [" ".join(str(cell).split()).casefold() for cell in row]
    plain = [" ".join(_BESIDE.sub(" ", name).split()) for name in exact]
    found: dict[str, int] = {}
    for key, aliases in COLUMNS.items():
        places = [names.index(alias) for names in (exact, plain) for alias in aliases if alias in names]
        places += [
            place for alias in aliases[:1] for place, name in enumerate(plain)
            if name.startswith(f"{alias} ") and "anggaran" not in name and key != "unit"
        ]  # fmt: skip
        if free := [place for place in places if place not in found.values()]:
            found[key] = free[0]
    return found


def _polarity(word: str) -> str:
    word = _as_makin(word)
    if word in BLANKS:
        return ""
    return next((name for name, starts in POLARITIES.items() if word.startswith(starts)), "")


def _as_makin(text: str) -> str:
    return re.sub(r"\b(?:semakin|lebih)\b", "makin", " ".join(text.split()).casefold())


def _printed(
    no: int, row: Sequence[Cell], columns: dict[str, int], period: tuple[str, ...], owner: tuple[str, ...]
) -> Printed:
    def cell(key: str) -> Cell:
        return row[columns[key]] if key in columns else ""

    words = {key: str(cell(key)) for key in ("indicator", "unit", "label")}
    direction = str(cell("polarity")).strip()
    if not direction and (named := _IN_NAME.search(_as_makin(words["indicator"]))):
        direction = named[0]
    polarity = _polarity(direction)
    return Printed(
        no, words["indicator"], words["unit"], cell("target"), cell("actual"), cell("figure"), words["label"],
        polarity, "" if polarity or direction in BLANKS else direction, period, owner,
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
    text = cell.rstrip("* ")
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
