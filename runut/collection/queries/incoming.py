"""What a workbook that came back would change in a form. Nothing is written here: the page shows it first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple, Protocol

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from runut.collection.models import Figure, Measure, Value
from runut.collection.queries.columns import named
from runut.collection.queries.locked_cells import LOCKED, Untaken, untaken
from runut.collection.queries.papers import paper_row
from runut.collection.queries.rows import Row
from runut.collection.rules import (
    NO_PARTS,
    Parts,
    asked_about,
    hundredfold,
    read_cell,
    read_parts,
    realised,
    two_readings,
)
from runut.collection.rules.records import without_unit
from runut.collection.rules.sheets import LONGEST_NOTE, WITHOUT_NUMBER, measured, note_of_number
from runut.lib.dates import clock, local_day, short_date
from runut.lib.errors import Refused
from runut.lib.imports import (
    HIDDEN_NAMED,
    NOTHING_MISSING,
    Column,
    Missing,
    Read,
    digest_of,
    hidden_told,
    plain_heading,
    read_rows,
)
from runut.lib.numbers import typed_number
from runut.lib.reading import Sign, read_number
from runut.lib.spelled import read_beside
from runut.lib.tables import Table
from runut.organisation.models import Pegawai

KEY = re.compile(r"b?(\d{1,17})-(\d{1,8})", re.ASCII | re.IGNORECASE)
# How a date comes out of a workbook.
DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)( [\d:.]+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A row of the workbook and the line it is for. rev: the line's revision when the workbook was made.

    typed: of a quotient its numerator, and `below` its denominator. read: the value as it was read; told: what stands
    in the file beside that, where the two may differ. readings: what the number may mean, where it may mean two
    things. who, when: who wrote the line since the workbook went out; "" where nobody did.
    asks: what the form will ask about the number. no: its row in the program that made it.
    """

    row: Row
    rev: int
    typed: str
    note: str
    below: str = ""
    told: str = ""
    read: str = ""
    readings: tuple[str, ...] = ()
    who: str = ""
    when: str = ""
    asks: str = ""
    no: int = 0

    @property
    def shown(self) -> str:
        """What was read, in one cell."""
        return f"{self.typed}/{self.below}" if self.below else self.read or self.typed

    @property
    def is_stale(self) -> bool:
        """Whether the line moved on after the workbook went out: then it stays, unless the person says otherwise."""
        return self.rev != self.row.line.rev


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row of the workbook that cannot be taken. no: its row in the program that made it."""

    no: int
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """changed: would be saved. same: says what the form says already. stale: stays as it is unless somebody chooses.

    untaken: cells that were changed though nothing may be filled in there. hidden: rows that the file does not show.
    missing: lines of the form that are not in the file.
    total, sha256: how many rows there are, and the digest of all of them.
    """

    changed: tuple[Proposed, ...]
    same: int
    rejected: tuple[Rejected, ...]
    stale: tuple[Proposed, ...] = ()
    untaken: tuple[Untaken, ...] = ()
    hidden: tuple[int, ...] = ()
    total: int = 0
    sha256: str = ""
    missing: Missing = NOTHING_MISSING

    @property
    def unseen(self) -> str:
        """That rows were read which the file hides; "" for none."""
        return hidden_told(len(self.hidden), self.hidden[:HIDDEN_NAMED])


class Key(NamedTuple):
    """Which line, and its revision when the workbook was made."""

    pk: int
    rev: int


def incoming(rows: Sequence[Row], columns: Sequence[Column], table: Table, sign: Sign | None = None) -> Incoming:
    """Each row of the workbook against the line that its key names. Refused when it is no workbook of a form.

    columns: of the form, as they come back. sign: the decimal sign of the texts in it; None lets the table tell.
    At most one query.
    """
    lines = {row.line.pk: row for row in rows}
    changed: list[Proposed] = []
    rejected: list[Rejected] = []
    locked: list[Untaken] = []
    seen: set[int] = set()
    same = 0
    reads = read_rows(table, columns, advice(), sign)
    for read in reads:
        try:
            proposed = _proposed(lines, seen, read)
        except Refused as refusal:
            rejected.append(Rejected(read.no, _label(lines, read), refusal.sentence))
            continue
        row = proposed.row
        kept = dict(zip(LOCKED, paper_row(tuple(LOCKED), read.no, row), strict=True))
        locked += untaken(read, columns, kept, row.version.name)
        if _says_the_same(proposed):
            same += 1
        else:
            changed.append(replace(proposed, no=read.no, asks=_asks(proposed)))
    fresh, stale = [one for one in changed if not one.is_stale], _with_writers([one for one in changed if one.is_stale])
    hidden = tuple(read.no for read in reads if read.hidden)
    return Incoming(
        tuple(fresh), same, tuple(rejected), tuple(stale), tuple(locked), hidden, len(reads), digest_of(reads),
        _missing(rows, reads),
    )  # fmt: skip


def _missing(rows: Sequence[Row], reads: Iterable[Read]) -> Missing:
    """The lines of the form that did not come back; none where nothing did."""
    came = {key.pk for read in reads if (key := key_in(read))}
    left = [row.version.name for row in rows if row.line.pk not in came]
    return Missing.of(left) if len(left) < len(rows) else NOTHING_MISSING


class Near(NamedTuple):
    """What a percentage may be like: its target, that of the year, and the value of the period before."""

    target: Decimal | None
    annual_target: Decimal | None
    last: Decimal | None

    @classmethod
    def of(cls, figure: Figure, last: Value | None) -> Near:
        return cls(figure.target, figure.annual_target, last.amount if last else None)


def meant_as(typed: str, amount: Decimal | None, unit: str, near: Near) -> Decimal | None:
    """What a percentage may have been meant as that stands in a workbook as a fraction; None where nothing asks."""
    return None if "%" in typed else hundredfold(amount, unit, near)


def _with_writers(stale: Sequence[Proposed]) -> list[Proposed]:
    """With who wrote each of these lines since, and when. One query."""
    people = names_of(one.row.line.edited_by_id for one in stale)
    return [
        replace(one, who=people.get(one.row.line.edited_by_id or 0, ""), when=moment(one.row.line.edited_at))
        for one in stale
    ]


def names_of(people: Iterable[int | None]) -> dict[int, str]:
    """At most one query."""
    wanted = {pk for pk in people if pk}
    return {pk: one.full_name for pk, one in Pegawai.objects.in_bulk(wanted).items()} if wanted else {}


def moment(at: datetime | None) -> str:
    """14.32 WIB, 20 Nov 2026; "" for none."""
    if at is None:
        return ""
    zone = timezone.get_current_timezone_name()
    return f"{clock(at, zone)}, {short_date(local_day(at, zone))}"


def advice() -> str:
    """What to do when the columns of a form are not those that went out."""
    return _("Pakai berkas hasil “Unduh Excel” tanpa mengubah judul kolomnya.")


def _proposed(lines: dict[int, Row], seen: set[int], read: Read) -> Proposed:
    if read.problem:
        raise Refused(read.problem)
    key = read_key(read.cells["key"])
    row = lines.get(key.pk)
    if row is None:
        raise Refused(_("Barisnya bukan dari formulir ini."))
    if key.pk in seen:
        raise Refused(_("Baris ini ada dua kali di berkas."))
    seen.add(key.pk)
    version = row.version
    check_named(read, version.name, version.unit_of_measure)
    typed = typed_of(read.cells["actual"], row.line.measure)
    if version.is_quotient:
        parts = parts_of(read, typed, row.line, fresh=key.rev == row.line.rev)
        typed, below = typed_number(parts.numerator), typed_number(parts.denominator)
        told = read_beside(read.written, read.cells, "numerator", "denominator")
        proposed = Proposed(row, key.rev, typed, read.cells["note"], below, told)
    else:
        check_no_parts(read)
        typed = typed if typed.endswith("%") else without_unit(typed, version.unit_of_measure)
        amount, text = read_cell(typed, version.value_type, version.scale)
        told = read_beside(read.written, read.cells, "actual")
        meant = meant_as(typed, amount, version.unit_of_measure, Near.of(row.figure, row.last))
        readings = () if meant is None else (typed, typed_number(meant))
        seen_as = text or typed_number(amount)
        proposed = Proposed(row, key.rev, typed, read.cells["note"], told=told, read=seen_as, readings=readings)
    if not _says_the_same(proposed):
        if not row.line.editable:
            raise Refused(_("Baris ini terkunci: sudah dinyatakan sesuai."))
        if proposed.readings and proposed.is_stale:
            raise Refused(two_readings(*proposed.readings))
        check_writable(read)
    return proposed


def read_key(text: str) -> Key:
    found = KEY.fullmatch(text)
    if found is None:
        raise Refused(_("Kuncinya berubah atau terhapus. Unduh lagi formulirnya dan isi di sana."))
    return Key(int(found[1]), int(found[2]))


def key_in(read: Read) -> Key | None:
    """The key of a row, whatever else is wrong with it; None for none."""
    try:
        return read_key(read.cells.get("key", ""))
    except Refused:
        return None


def check_named(read: Read, name: str, unit_of_measure: str) -> None:
    """Refused when the row speaks of another indicator than its key: only some of the columns were sorted or moved."""
    said = read.cells.get("indicator", "")
    # Whether the unit stands with the name or in a column of its own, the form's edition says.
    if said and plain_heading(said) not in (plain_heading(name), plain_heading(named(name, unit_of_measure))):
        sentence = _(
            "Kunci baris ini milik “%(name)s”, tetapi namanya di berkas “%(said)s”. Urutkan seluruh kolom sekaligus, "
            "atau unduh lagi. Nama dan satuan diubah sebagai definisi baru di halaman indikatornya."
        )
        raise Refused(sentence % {"name": name, "said": said})


def check_writable(read: Read) -> None:
    """Refused for a change in a row that nobody sees when looking at the file, and for a note that is no note."""
    if read.hidden:
        raise Refused(_("Baris ini tersembunyi di berkas, tetapi isinya berubah. Tampilkan dulu dan periksa."))
    if (long := len(read.cells["note"])) > LONGEST_NOTE:
        sentence = _(
            "Kolom Keterangan berisi %(long)s huruf, paling banyak %(n)s huruf. Ringkas keterangannya di berkas lalu "
            "unggah lagi; angka di baris ini belum ditulis."
        )
        raise Refused(sentence % {"long": long, "n": LONGEST_NOTE})


def typed_of(cell: str, measure: str) -> str:
    """What stands for the realised value; why there is no number comes back as the words that went out."""
    if measure in WITHOUT_NUMBER:
        # The workbook is a paper of the office: Indonesian whoever reads it.
        with translation.override("id"):
            if cell == str(Measure(measure).label):
                return ""
    if date := DATE.fullmatch(cell):
        sentence = _("Sel ini berisi tanggal %(date)s, bukan angka. Ubah format selnya menjadi Angka, lalu isi lagi.")
        raise Refused(sentence % {"date": f"{date[3]}-{date[2]}-{date[1]}"})
    return cell


class Quotient(Protocol):
    """A line as it stands, where its value is worked out."""

    @property
    def amount(self) -> Decimal | None: ...
    @property
    def parts(self) -> Parts: ...


def parts_of(read: Read, typed: str, line: Quotient, *, fresh: bool) -> Parts:
    """Both numbers as the row has them; Refused where it has another value than they give.

    fresh: whether the line is as it was when the file went out.
    """
    cells = read.cells
    if "numerator" not in cells or "denominator" not in cells:
        found = line.parts
    else:
        found = read_parts(cells["numerator"], cells["denominator"])
    # What the spreadsheet shows of the value is what it was when the file went out.
    if fresh and typed and read_number(typed) != line.amount:
        raise Refused(_("Realisasi ini dihitung sendiri. Isi kolom Pembilang dan Penyebut, bukan Realisasi."))
    return found


def check_no_parts(read: Read) -> None:
    """Refused where two numbers were typed that nothing is worked out from."""
    if read.cells.get("numerator") or read.cells.get("denominator"):
        raise Refused(_("Indikator ini tidak memakai pembilang dan penyebut. Isi kolom Realisasi."))


def _says_the_same(proposed: Proposed) -> bool:
    line, version = proposed.row.line, proposed.row.version
    if version.is_quotient:
        parts = read_parts(proposed.typed, proposed.below)
        return (parts, proposed.note.strip()) == (line.parts, line.note)
    amount, text = read_cell(proposed.typed, version.value_type, version.scale)
    return (amount, text, proposed.note.strip()) == (line.amount, line.text, line.note)


def _asks(proposed: Proposed) -> str:
    """What the form will ask about the line once it says this; "" where it is not known yet which number is meant."""
    if proposed.readings:
        return ""
    line, version, parts = proposed.row.line, proposed.row.version, NO_PARTS
    if version.is_quotient:
        parts = read_parts(proposed.typed, proposed.below)
        amount, text = realised(parts, version), ""
    else:
        amount, text = read_cell(proposed.typed, version.value_type, version.scale)
    measure = measured(line.measure, filled=amount is not None or bool(text))
    note = note_of_number(proposed.note.strip(), line.nil_reason, was=line.measure, now=measure)
    cell = replace(proposed.row.cell, amount=amount, text=text, measure=measure, note=note)
    return asked_about(replace(cell, numerator=parts.numerator, denominator=parts.denominator))


def _label(lines: dict[int, Row], read: Read) -> str:
    """What the row is about, as far as can be told."""
    key = key_in(read)
    row = lines.get(key.pk) if key else None
    return row.version.name if row else read.cells.get("indicator", "") or "–"
