"""A published row as it is printed, and as it is read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from runut.lib.errors import Refused
from runut.lib.reading import BLANKS, Quantity, Sign, read_quantity, written_places
from runut.lib.tables import Cell, Table
from runut.lib.written import AWAITED, NO_NUMBER

Decimals = Sign | None

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


@dataclass(frozen=True, slots=True)
class Printed:
    """A row as it is printed. no: from 1. polarity: positive, negative, or empty when the table does not say.

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
    """The rows under the heading; Refused names the columns that are missing."""
    place, columns = _heading(table)
    below = [row for row in table.rows[place + 1 :] if any(cell != "" for cell in row)]
    if below and _numbers_columns(below[0]):
        below = below[1:]
    return [_printed(no, row, columns) for no, row in enumerate(below, start=1)]


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


def _printed(no: int, row: Sequence[Cell], columns: dict[str, int]) -> Printed:
    def cell(key: str) -> Cell:
        return row[columns[key]] if key in columns else ""

    words = {key: str(cell(key)) for key in ("indicator", "unit", "label")}
    direction = str(cell("polarity")).strip()
    if not direction and (named := _IN_NAME.search(_as_makin(words["indicator"]))):
        direction = named[0]
    polarity = _polarity(direction)
    return Printed(
        no, words["indicator"], words["unit"], cell("target"), cell("actual"), cell("figure"), words["label"],
        polarity, "" if polarity or direction in BLANKS else direction,
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
    return Read(printed, target, actual, figure if figure and figure.is_exact else None, measure, tuple(problems))


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


def sign_of(cells: Iterable[Cell]) -> tuple[Sign, Counter[Sign]]:
    """The decimal sign in which most texts are written, and how many say which. Without evidence: the comma."""
    counted: Counter[Sign] = Counter(sign for cell in cells if (sign := written_sign(cell)))
    return ("dot" if counted["dot"] > counted["comma"] else "comma"), counted


def written_sign(cell: Cell) -> Sign | None:
    """The decimal sign that a text shows beyond doubt; None where it shows none."""
    if isinstance(cell, Decimal):
        return None
    number = "".join(character for character in cell if character in "0123456789.,").strip(".,")
    dots, commas = number.count("."), number.count(",")
    if dots and commas:
        return "dot" if number.rfind(".") > number.rfind(",") else "comma"
    if dots > 1 or commas > 1:
        return "comma" if dots else "dot"
    if not dots and not commas:
        return None
    sign: Sign = "dot" if dots else "comma"
    whole, fraction = number.split("." if dots else ",")
    grouped = len(fraction) == 3 and whole.strip("0") != "" and len(whole) <= 3
    return None if grouped else sign
