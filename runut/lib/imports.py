"""Rows of a table under headings that are known: which column is which, and what a cell says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from itertools import chain, islice
from typing import Literal, ParamSpec, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .canonical import canonical_json
from .errors import Refused
from .numbers import typed_number
from .reading import Sign, as_indonesian, sign_of, signs_in
from .tables import ABOVE, Cell, Stream, Table

P = ParamSpec("P")
T = TypeVar("T")
Form = Literal["text", "code", "number", "prose", "yes"]
YES = frozenset({"ya", "y", "yes", "x", "1", "benar", "true", "v", "✓"})
NO = frozenset({"", "tidak", "t", "no", "n", "0", "salah", "false", "-", "–"})
# So many rows of a table say which decimal sign it is written with.
TELLING = 1000
# So many of the rows that a file hides are named.
HIDDEN_NAMED = 5
# So many of the rows that a file leaves out are named at once, and so many in the fold below.
MISSING_NAMED = 3
MISSING_KEPT = 500


@dataclass(frozen=True, slots=True)
class Column:
    """key: what it is called in code. heading: over the column, in Bahasa Indonesia. form: how a cell is read.

    A code may begin with zeros or be longer than a spreadsheet keeps a number: it must come as text. Prose keeps its
    lines. begins: the heading is only the beginning of what stands there. A column that must be there may be
    `filled` in each row or not. also: what else it is called in tables that others make, the likeliest first. most: so
    many letters a cell may have; 0 for any number. hidden: nobody types into it.
    """

    key: str
    heading: str
    required: bool = False
    form: Form = "text"
    width: int = 18
    begins: bool = False
    filled: bool = True
    also: tuple[str, ...] = ()
    most: int = 0
    hidden: bool = False

    @property
    def told(self) -> str:
        """The heading as somebody reads it in what a row says. Where the column of the file is meant, `heading`."""
        return _(self.heading)

    def place(self, headings: Sequence[str]) -> int:
        """Which of these headings, as `plain_heading` gives them, stands over the column; -1 for none."""
        for spelling in (self.heading, *self.also):
            if (own := plain_heading(spelling)) in headings:
                return headings.index(own)
        own = plain_heading(self.heading)
        begun = (at for at, heading in enumerate(headings) if self.begins and heading.startswith(own))
        return next(begun, -1)

    def fitting(self, headings: Sequence[str]) -> int:
        """Over how many columns it stands, as far as `place` would look."""
        for spelling in (self.heading, *self.also):
            if found := headings.count(plain_heading(spelling)):
                return found
        own = plain_heading(self.heading)
        return sum(1 for heading in headings if self.begins and heading.startswith(own))


class Faults:
    """Gathers what is wrong, so that somebody reads all of it at once and not one fault after the other."""

    def __init__(self) -> None:
        self._found: list[str] = []

    def of(self, read: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """What `read` gives; None when it refuses, and the reason is kept."""
        try:
            return read(*args, **kwargs)
        except Refused as refusal:
            self.add(refusal.sentence)
            return None

    def add(self, sentence: str) -> None:
        if sentence not in self._found:
            self._found.append(sentence)

    @property
    def sentences(self) -> str:
        return " ".join(self._found)

    def settle(self) -> None:
        """Refused with all of it, when there is any."""
        if self._found:
            raise Refused(self.sentences)


def read_under(heading: str, read: Callable[[str], T], text: str) -> T:
    """What a cell says; a refusal names its column."""
    try:
        return read(text)
    except Refused as refusal:
        raise Refused(f"{heading}: {refusal.sentence}") from refusal


@dataclass(frozen=True, slots=True)
class Read:
    """One row as read: its number in the program that made it, its cells as text by key, and why it cannot be read.

    problem: every fault of its cells, each a sentence; `cells` then has those that could be read. written: the texts
    in columns of numbers as they stand there, whatever their decimal sign; a number that a workbook holds has none.
    hidden: whether the file does not show the row.
    """

    no: int
    cells: Mapping[str, str]
    problem: str = ""
    hidden: bool = False
    written: Mapping[str, str] = field(default_factory=dict)


def read_rows(table: Table, columns: Sequence[Column], advice: str = "", sign: Sign | None = None) -> list[Read]:
    """The rows under the heading. Refused when a required column is missing, naming it, or when there is no row.

    advice: what to do about a missing column. sign: the decimal sign of its texts; None lets the table tell.
    """
    stream = Stream(iter(table.rows), len(table.rows), table.top, table.hidden, table.merged)
    return list(read_stream(stream, columns, advice, sign))


def read_stream(
    stream: Stream, columns: Sequence[Column], advice: str = "", sign: Sign | None = None
) -> Iterator[Read]:
    """The same, a row after the other."""
    above = list(islice(stream.rows, TELLING))
    top, places = _heading(above[:ABOVE], columns, advice)
    names = [plain_heading(str(cell)) for cell in above[top]]
    wanted = [(one, places[one.key]) for one in columns if one.key in places]
    sign = sign or _sign_of(above[top + 1 :], [at for one, at in wanted if one.form == "number"])
    rows = enumerate(chain(above[top + 1 :], stream.rows), start=stream.top + top + 1)
    is_empty = True
    for row in _rows(rows, wanted, sign, stream, names):
        is_empty = False
        yield row
    if is_empty:
        raise Refused(_("Tabelnya kosong: tidak ada baris di bawah judul kolom."))


def _heading(above: Sequence[Sequence[Cell]], columns: Sequence[Column], advice: str) -> tuple[int, dict[str, int]]:
    best: tuple[int, dict[str, int]] = (0, {})
    for top, cells in enumerate(above):
        names = [plain_heading(str(cell)) for cell in cells]
        found = {one.key: one.place(names) for one in columns}
        places = {key: at for key, at in found.items() if at >= 0}
        if len(places) > len(best[1]):
            best = top, places
    missing = [one.heading for one in columns if one.required and one.key not in best[1]]
    if missing:
        sentence = _("Kolom berikut tidak ditemukan: %(names)s.") % {"names": ", ".join(missing)}
        raise Refused(f"{sentence} {advice or _('Pakai contoh berkasnya.')}")
    _check_once(columns, [plain_heading(str(cell)) for cell in above[best[0]]] if above else [])
    return best


def _check_once(columns: Sequence[Column], names: Sequence[str]) -> None:
    """Refused when two columns could be the same one: nobody could tell which of them is meant."""
    twice = [one.heading for one in columns if one.fitting(names) > 1]
    if twice:
        sentence = _("Kolom berikut ada lebih dari satu: %(names)s. Hapus atau ganti judul yang tidak dipakai.")
        raise Refused(sentence % {"names": ", ".join(twice)})


def _rows(
    rows: Iterable[tuple[int, Sequence[Cell]]],
    wanted: Sequence[tuple[Column, int]],
    sign: Sign,
    marks: Stream,
    names: Sequence[str],
) -> Iterator[Read]:
    for place, cells in rows:
        if not any(cell != "" for cell in cells):
            continue
        no, hidden = place + 1, place in marks.hidden
        if _repeats(cells, names):
            yield Read(no, {}, _("Baris ini mengulang judul kolomnya. Hapus barisnya."), hidden)
            continue
        faults, read, written = Faults(), dict[str, str](), dict[str, str]()
        for one, at in wanted:
            cell = cells[at] if at < len(cells) else ""
            if one.form == "number" and isinstance(cell, str) and cell:
                written[one.key], cell = " ".join(cell.split()), as_indonesian(cell, sign)
            text = faults.of(_text, cell, one)
            if text is not None:
                read[one.key] = text
        if place in marks.merged:
            faults.add(_merged())
        if not any(read.values()) and not faults.sentences:
            # What stands beside the columns that are read, such as a number of the row, brings nothing in.
            continue
        yield Read(no, read, faults.sentences, hidden, written)


def _sign_of(rows: Sequence[Sequence[Cell]], places: Sequence[int]) -> Sign:
    """The decimal sign in which the columns of numbers are written.

    A workbook holds its numbers as numbers; a text among them was typed by hand, and tells nothing of the others. Nor
    does a single one of a text file: that is asked about.
    """
    if any(isinstance(cell, Decimal) for row in rows for cell in row):
        return "comma"
    cells = [row[at] for row in rows for at in places if at < len(row)]
    texts = [cell for cell in cells if isinstance(cell, str) and signs_in(cell)]
    return sign_of(texts) if len(texts) > 1 else "comma"


def _repeats(cells: Sequence[Cell], names: Sequence[str]) -> bool:
    """Whether a row is the heading once more, as a table of several pages has it."""
    said = [(plain_heading(str(cell)), name) for cell, name in zip(cells, names, strict=False) if cell != ""]
    return len(said) > 1 and all(cell == name for cell, name in said)


def _merged() -> str:
    return _("Ada sel yang digabung (merge) di baris ini. Pisahkan selnya dan isi tiap baris, lalu coba lagi.")


def _text(cell: Cell, column: Column) -> str:
    text = _number(cell, column) if isinstance(cell, Decimal) else cell
    text = text.replace("\r\n", "\n").strip() if column.form == "prose" else " ".join(text.split())
    if column.required and column.filled and not text:
        raise Refused(_("Kolom %(name)s kosong.") % {"name": column.heading})
    if column.most and len(text) > column.most:
        words = {"name": column.heading, "n": column.most}
        raise Refused(_("Kolom %(name)s terlalu panjang: paling banyak %(n)s huruf.") % words)
    if column.form == "yes" and text.casefold() not in YES | NO:
        words = {"name": column.heading, "text": text}
        raise Refused(_("Kolom %(name)s: “%(text)s” tidak dikenal. Tulis ya atau tidak, atau kosongkan.") % words)
    return text


def _number(cell: Decimal, column: Column) -> str:
    if column.form == "code" and (cell != cell.to_integral_value() or abs(cell) >= 10**15):
        sentence = _("Kolom %(name)s terbaca sebagai angka, sehingga angka belakangnya bisa hilang. Jadikan format "
                     "kolomnya Teks, lalu ketik ulang isinya.")  # fmt: skip
        raise Refused(sentence % {"name": column.heading})
    return typed_number(cell) if column.form == "number" else f"{cell.normalize():f}".replace(".", ",")


def digest_of(rows: Iterable[Read]) -> str:
    """SHA-256 of rows as they were read."""
    digest = sha256()
    for row in rows:
        digest.update(digest_line(row))
    return digest.hexdigest()


def digest_line(row: Read) -> bytes:
    """What of a row goes into the digest of its table."""
    return canonical_json([row.no, row.cells, row.problem]) + b"\n"


def hidden_told(count: int, first: Sequence[int]) -> str:
    """That so many rows were read which the file does not show, and the numbers of the first; "" for none."""
    if not count:
        return ""
    rows = ", ".join(str(no) for no in first) + (", …" if count > len(first) else "")
    told = ngettext(
        "%(n)s baris tersembunyi ikut dibaca: baris %(rows)s.", "%(n)s baris tersembunyi ikut dibaca: baris %(rows)s.",
        count,
    ) % {"n": count, "rows": rows}  # fmt: skip
    advice = _("Bila isinya berubah, baris itu tidak diambil sebelum ditampilkan di berkasnya.")
    return f"{told} {advice}"


@dataclass(frozen=True, slots=True)
class Missing:
    """Rows that are there, and that a file in which they went out does not bring back. names: what the first are."""

    count: int = 0
    names: Sequence[str] = ()

    @classmethod
    def of(cls, names: Sequence[str]) -> Missing:
        return cls(len(names), tuple(names[:MISSING_KEPT]))

    @property
    def told(self) -> str:
        """In a sentence, the first of them below it; "" for none."""
        if not self.count:
            return ""
        names = "; ".join(self.names[:MISSING_NAMED]) + ("; …" if self.count > MISSING_NAMED else "")
        told = ngettext(
            "%(n)s baris yang ada di Runut tidak ada di berkas; tidak diubah.",
            "%(n)s baris yang ada di Runut tidak ada di berkas; tidak diubah.",
            self.count,
        ) % {"n": self.count}
        return f"{told}\n{names}" if self.names else told

    @property
    def is_folded(self) -> bool:
        """Whether there are more names than the sentence has."""
        return len(self.names) > MISSING_NAMED

    @property
    def unnamed(self) -> int:
        return self.count - len(self.names)


NOTHING_MISSING = Missing()


def plain_heading(heading: str) -> str:
    """A heading whatever its spaces and capitals."""
    return " ".join(heading.split()).casefold()


def said_yes(text: str) -> bool:
    """Whether a cell of a yes-or-no column says yes."""
    return text.casefold() in YES
