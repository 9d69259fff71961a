"""A block copied from a spreadsheet, laid over the rows of a form: what would stand where, and what cannot."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext as _

from runut.collection.rules.cells import read_cell
from runut.collection.rules.components import read_parts, typed_parts
from runut.lib.errors import Refused
from runut.lib.numbers import typed_number
from runut.lib.reading import BLANKS, Sign, read_number, reads_plainly, sign_of
from runut.lib.spelled import in_words
from runut.planning.rules import same_predicate

MOST_ROWS, MOST_COLUMNS = 500, 30
LONGEST = 1000

# What a heading is made of -> the cell of a line it is about; "" for what a form knows itself.
HEADINGS: Mapping[str, str] = {
    "realisasi": "v", "pembilang": "a", "penyebut": "d", "keterangan": "n", "penyebab": "c", "alasan": "r",
    "indikator": "label", "sasaran": "", "satuan": "", "target": "", "capaian": "", "bukti": "", "sebelum": "",
}  # fmt: skip
NUMBERS = ("v", "a", "d")
EARLIER = ("lalu", "sebelum")
# What may stand behind the first word of a heading; anything else makes it a note.
FURTHER = (
    "baru", "kinerja", "kegiatan", "strategis", "kesalahan", "perubahan", "dukung", "tahun", "tahunan", "triwulan",
    "tribulan", r"tw\.?", "periode", "lalu", "ini", "[ivx]+", "[0-9]+", r"\(.*\)", "/.*",
)  # fmt: skip
HEADING = re.compile(rf"({'|'.join(HEADINGS)})(?:\s(?:{'|'.join(FURTHER)}))*[.:*]?")

Outcome = Literal["fits", "unread", "locked", "outside"]


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the form that a pasted row may fall on. now: the text of its cells, by column.

    is_quotient: its value is worked out from two numbers, columns a and d; in one cell (v) they stand as 45/60.
    """

    line: int
    label: str
    editable: bool
    value_type: str
    scale: Sequence[str]
    now: Mapping[str, str]
    is_quotient: bool = False


@dataclass(frozen=True, slots=True)
class PastedCell:
    """One cell of the block. row: its place in the form, 1 the first; 0 when it falls on none.

    text: as it was copied. typed: what would stand in the form. words: the number spelled out, where its text could
    mean another or is changed. reason: why it cannot be taken.
    """

    row: int
    column: str
    text: str
    outcome: Outcome
    place: Place | None = None
    typed: str = ""
    words: str = ""
    reason: str = ""

    @property
    def replaces(self) -> str:
        """What stands in the cell now and would be written over."""
        now = self.place.now.get(self.column, "") if self.place else ""
        return now if now != self.typed else ""


@dataclass(frozen=True, slots=True)
class Pasted:
    """rows, columns: the size of the block. blank: empty cells, which leave what is there alone.

    headed: whether its first row was a heading. unused: columns of the block that belong to no cell.
    """

    rows: int
    columns: int
    cells: tuple[PastedCell, ...]
    sign: Sign
    headed: bool = False
    blank: int = 0
    unused: int = 0

    def having(self, outcome: Outcome) -> list[PastedCell]:
        return [cell for cell in self.cells if cell.outcome == outcome]

    @property
    def fits(self) -> list[PastedCell]:
        return self.having("fits")


def lay_over(
    block: Sequence[Sequence[str]], places: Sequence[Place], start: int, columns: Sequence[str], sign: Sign | None
) -> Pasted:
    """The block on the rows of the form, from row `start` (0 the first) and from the first of `columns` on.

    columns: the cells that can be typed in, from the one the person stood in to the last of the row. sign: the decimal
    sign the spreadsheet says it writes; None where it does not say.
    """
    block = _trimmed(block)
    if len(block) > MOST_ROWS or max(map(len, block), default=0) > MOST_COLUMNS:
        raise Refused(_("Blok ini terlalu besar. Salin paling banyak %(n)s baris sekaligus.") % {"n": MOST_ROWS})
    width = max(map(len, block), default=0)
    named = _headings(block, columns[:1], places[start:])
    headed = named is not None
    if columns[:1] == ("v",) and width > 1 and all(each.is_quotient for each in places[start : start + len(block)]):
        # As on the page: numerator, denominator, and on.
        columns = ("a", "d", *columns[1:])
    by_column = dict(enumerate(columns[:width])) if named is None else named
    rows = block[1:] if headed else block
    sign = sign or sign_of(text for row in rows for at, text in enumerate(row) if by_column.get(at) in NUMBERS)
    label = next((at for at, column in by_column.items() if column == "label"), None)
    chosen = {at: column for at, column in by_column.items() if column not in ("", "label")}
    laid: list[PastedCell] = []
    for no, row in enumerate(rows, start):
        at_row = no if label is None else _row_of(row[label] if label < len(row) else "", places)
        said = [(at, text) for at, text in enumerate(row) if at in chosen and text not in BLANKS]
        laid += [_cell(text, at_row, chosen[at], places, sign) for at, text in said]
    blank = len(rows) * len(chosen) - len(laid)
    return Pasted(len(rows), width, tuple(laid), sign, headed, blank, unused=width - len(by_column))


def _trimmed(block: Sequence[Sequence[str]]) -> list[list[str]]:
    """Every cell on one line, without the empty rows that a selection drags along at its end."""
    rows = [[" ".join(text.split()) for text in row] for row in block]
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _headings(block: Sequence[Sequence[str]], column: Sequence[str], places: Sequence[Place]) -> dict[int, str] | None:
    """Which column of the block is which, when its first row is a heading; None when it is not."""
    if len(block) < 2:
        return None
    first = [text.casefold() for text in block[0]]
    if any(text not in BLANKS and not _code(text) for text in first):
        return None
    found = {at: _heading(text) for at, text in enumerate(first)}
    known = {at: name for at, name in found.items() if name is not None}
    if any(name not in ("", "label") for name in known.values()):
        return _without_twins(first, known)
    if len(first) == 1 and (known or _tops_numbers([row[0] for row in block if row], places)):
        return {0: column[0]}
    return None


def _heading(text: str) -> str | None:
    found = HEADING.fullmatch(text)
    if found is None:
        return None
    return "" if any(word in text for word in EARLIER) else HEADINGS[found[1]]


def _without_twins(first: Sequence[str], known: Mapping[int, str]) -> dict[int, str]:
    """Of two columns for the same cell the last one counts; what has no known heading belongs to no cell."""
    last = {name: at for at, name in known.items()}
    return {at: name if name and last[name] == at else "" for at, name in known.items()} | {
        at: "" for at in range(len(first)) if at not in known
    }


def _tops_numbers(texts: Sequence[str], places: Sequence[Place]) -> bool:
    """Whether a word stands over numbers in a block that is one row too long without it."""
    if any(same_predicate(name, texts[0]) for name in places[0].scale):
        return False
    return len(texts) > len(places) and _code(texts[0]) == "number" and all(not _code(text) for text in texts[1:])


def _code(text: str) -> str:
    """Why the text is no number; "" when it is one, or empty."""
    try:
        read_number(text)
    except Refused as refusal:
        return refusal.code
    return ""


def _row_of(label: str, places: Sequence[Place]) -> int:
    """The row of the form with this indicator; -1 when there is none, or more than one."""
    found = [no for no, place in enumerate(places) if _plain(place.label) == _plain(label)]
    return found[0] if len(found) == 1 else -1


def _plain(label: str) -> str:
    return " ".join(label.split()).casefold()


def _cell(text: str, row: int, column: str, places: Sequence[Place], sign: Sign) -> PastedCell:
    if row < 0:
        return PastedCell(0, column, text, "outside", reason=_("Indikatornya tidak ada di formulir ini."))
    if row >= len(places):
        return PastedCell(0, column, text, "outside", reason=_("Melewati baris terakhir formulir."))
    place = places[row]
    if not place.editable:
        sentence = _("Baris ini terkunci: sudah dinyatakan sesuai.")
        return PastedCell(row + 1, column, text, "locked", place, reason=sentence)
    try:
        typed, words = _read(text, column, place, sign)
    except Refused as refusal:
        return PastedCell(row + 1, column, text, "unread", place, reason=refusal.sentence)
    return PastedCell(row + 1, column, text, "fits", place, typed, words)


def _read_part(text: str, column: str, sign: Sign) -> str:
    """One component, or both where the whole value stands in one cell."""
    if column == "d":
        return typed_number(read_parts("", text, sign).denominator)
    parts = read_parts(text, "", sign)
    if column == "v" and not parts.are_known:
        raise Refused(_("Tulis pembilang/penyebut, misalnya 45/60."))
    return typed_parts(parts) if parts.are_known else typed_number(parts.numerator)


def _read(text: str, column: str, place: Place, sign: Sign) -> tuple[str, str]:
    """What would be typed, and the number in words where its text could mean another or is changed."""
    if column not in NUMBERS:
        if len(text) > LONGEST:
            raise Refused(_("Tulisan ini terlalu panjang."))
        return text, ""
    if place.is_quotient:
        return _read_part(text, column, sign), ""
    if column != "v":
        raise Refused(_("Indikator ini tidak memakai pembilang dan penyebut."))
    amount, predicate = read_cell(text, place.value_type, place.scale, sign)
    if not isinstance(amount, Decimal):
        return predicate, ""
    return typed_number(amount), "" if reads_plainly(text, amount) else in_words(amount)
