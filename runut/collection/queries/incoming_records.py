"""What a national record of people's results (an export of e-Kinerja) would fill in: found by NIP and indicator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from runut.collection.models import Basis, Line, Measure, OutsideEntry, Period, Sheet, Source
from runut.collection.queries.incoming import typed_of
from runut.collection.queries.incoming_period import Form, forms_of, said
from runut.collection.queries.judged import Judged
from runut.collection.queries.monthly_records import (
    LONGEST_REFERENCE,
    NAMING,
    MonthRow,
    Months,
    joined,
    joined_reference,
)
from runut.collection.rules import read_cell
from runut.collection.rules.records import check_period, could_be, plain_name, without_unit
from runut.lib.dates import clock, short_date
from runut.lib.errors import Refused
from runut.lib.imports import Column, Read
from runut.lib.nip import read_nip
from runut.lib.numbers import format_number
from runut.lib.spelled import read_beside
from runut.lib.written import RECORD_HEADINGS
from runut.organisation.models import Pegawai, RowState
from runut.organisation.permissions import Actor

# So many indicators of a person are named where none fits.
NAMED = 4

COLUMNS = (
    Column("nip", "NIP", required=True, form="code", width=22, also=RECORD_HEADINGS["nip"]),
    Column("name", "Nama", width=28, also=RECORD_HEADINGS["name"]),
    Column("code", "Kode indikator", form="code", width=16, also=RECORD_HEADINGS["code"]),
    Column("result", "Hasil kerja", width=40, also=RECORD_HEADINGS["result"]),
    Column("indicator", "Indikator kinerja individu", width=40, also=RECORD_HEADINGS["indicator"]),
    Column("target", "Target", form="number", begins=True),
    Column(
        "actual", "Realisasi", required=True, form="number", begins=True, filled=False, also=RECORD_HEADINGS["actual"]
    ),
    Column("reference", "No. referensi", form="code", width=22, also=RECORD_HEADINGS["reference"]),
    Column("period", "Periode", also=RECORD_HEADINGS["period"]),
    Column("month", "Bulan", also=RECORD_HEADINGS["month"]),
    Column("year", "Tahun", width=8, also=RECORD_HEADINGS["year"]),
)
# By these the right sheet of a workbook is known.
WANTED = tuple("|".join((one.heading, *one.also)) for one in COLUMNS if one.key == "nip")


@dataclass(frozen=True, slots=True)
class Record:
    """What a row would do to its line. taken: it is written into it; else it stands beside what was typed there.

    made_of: how months made it, as it is kept.
    """

    no: int
    line: int
    rev: int
    amount: Decimal | None
    text: str
    note: str
    reference: str
    taken: bool
    made_of: Mapping[str, object] | None


class _Lines:
    """The lines of the people of one batch: found by sheet, each with the latest entry that stands beside it."""

    def __init__(self, sheets: Iterable[int]) -> None:
        """Two queries."""
        rows = Line.objects.filter(sheet__in=list(sheets)).select_related(
            "figure__indicator__indicator", "edited_by"
        )  # fmt: skip
        self.of_sheet: dict[int, list[Line]] = defaultdict(list)
        for line in rows.order_by("figure__no", "pk"):
            self.of_sheet[line.sheet_id].append(line)
        self.entries = entries_of([line.pk for lines in self.of_sheet.values() for line in lines])


def entries_of(lines: Sequence[int]) -> dict[int, OutsideEntry]:
    """Line id -> the latest entry of another system beside it. One query."""
    rows = OutsideEntry.objects.filter(line__in=lines).select_related("staged", "by")
    return {row.line_id: row for row in rows.order_by("pk")}


def outside_of(sheet: Sheet) -> dict[int, OutsideEntry]:
    """The same for the lines of one form. One query; none where it is no person's. `sheet` comes with its period."""
    if sheet.period.basis != Basis.PEGAWAI:
        return {}
    rows = OutsideEntry.objects.filter(line__sheet=sheet).select_related("staged", "by")
    return {row.line_id: row for row in rows.order_by("pk")}


def outside_log(line: Line) -> list[OutsideEntry]:
    """Every entry beside a line, newest first. One query."""
    return list(OutsideEntry.objects.filter(line=line).select_related("staged", "by").order_by("-pk"))


class Reading:
    """One reading of such a table."""

    def __init__(self, period: Period, actor: Actor, *, of_all: bool, table: Callable[[], Iterable[Read]]) -> None:
        """of_all: the person may write in everybody's open form. table: its rows from the beginning. Four queries."""
        self._period, self._name = period, period.name
        self._forms = forms_of(period, actor, of_all=of_all)
        rows = Sheet.objects.of_run(period.run_id).filter(pegawai__isnull=False)
        found = rows.values_list("pegawai__nip", "pk", "pegawai__name")
        self._people = {nip: (pk, name) for nip, pk, name in found if pk in self._forms}
        self._seen: dict[int, int] = {}
        # Of the rows of months the first of each indicator says what they make, and the others follow it.
        self._months, self._heads = Months(period, table), dict[int, RowState]()

    def judged(self, rows: Sequence[Read]) -> list[Judged[Record]]:
        """What becomes of each row. Two queries, however many there are. Refused when no column names an indicator."""
        if rows and not any(key in rows[0].cells for key in NAMING) and not rows[0].problem:
            raise Refused(
                _("Kolom berikut tidak ditemukan: %(names)s.") % {"names": "Indikator kinerja individu"}
                + " "
                + advice()
            )
        people = [self._person(row) for row in rows]
        lines = _Lines({one[0] for one in people if not isinstance(one, Refused)})
        return [self._judge(row, person, lines) for row, person in zip(rows, people, strict=True)]

    def _person(self, row: Read) -> tuple[int, str] | Refused:
        """The form of the row's person and the person's name; why there is none."""
        if row.problem:
            return Refused(row.problem)
        try:
            nip = read_nip(row.cells["nip"]).digits
        except Refused as refusal:
            return refusal
        if nip not in self._people:
            return Refused(
                _("Tidak ada formulir periode ini untuk NIP itu yang boleh Anda lihat. Periksa NIP-nya, atau tambahkan "
                  "pegawainya ke pengumpulan ini.")
            )  # fmt: skip
        return self._people[nip]

    def _judge(self, row: Read, person: tuple[int, str] | Refused, lines: _Lines) -> Judged[Record]:
        label = " · ".join(filter(None, (row.cells.get("name"), _naming(row)))) or "–"
        try:
            if isinstance(person, Refused):
                raise person
            form = self._forms[person[0]]
            label = f"{form.subject}: {_naming(row) or '–'}"
            month = self._check_row(row, person[1])
            months = self._months.of(row) if month is not None else ()
            if months and months[0].no != row.no:
                return self._follower(row, label, months[0].no)
            line = _found(lines.of_sheet[form.pk], row)
            label = f"{form.subject}: {line.figure.indicator.name}"
            if (first := self._seen.get(line.pk, row.no)) != row.no:
                sentence = _("Indikator ini sudah ada di baris %(first)s berkas ini. Gabungkan keduanya.")
                raise Refused(sentence % {"first": first})
            said = _said(row, line, months, self._period.quarter, person[1])
            found = _weighed(row, label, form, line, lines.entries.get(line.pk), said)
            self._seen[line.pk] = row.no
            self._heads[row.no] = found.state
            return found
        except Refused as refusal:
            return Judged(row.no, label, RowState.REJECTED, refusal.sentence)

    def _follower(self, row: Read, label: str, head: int) -> Judged[Record]:
        """A month that goes with an earlier row."""
        state, words = self._heads.get(head, RowState.REJECTED), {"head": head}
        if state == RowState.REJECTED:
            raise Refused(_("Bulan ini digabung dengan baris %(head)s, yang ditolak.") % words)
        if state == RowState.SAME:
            return Judged(row.no, label, state)
        return Judged(row.no, label, RowState.JOINED, _("Ikut dihitung di baris %(head)s.") % words)

    def _check_row(self, row: Read, name: str) -> int | None:
        """The month of which the row speaks, if it is one's."""
        if row.hidden:
            raise Refused(_("Baris ini tersembunyi di berkas. Tampilkan dulu dan periksa, atau hapus barisnya."))
        if not could_be(row.cells.get("name", ""), name):
            sentence = _("NIP ini milik %(name)s, bukan %(said)s. Periksa barisnya.")
            raise Refused(sentence % {"name": name, "said": row.cells["name"]})
        if len(row.cells.get("reference", "")) > LONGEST_REFERENCE:
            raise Refused(_("Nomor referensinya lebih dari %(n)s huruf. Periksa kolomnya.") % {"n": LONGEST_REFERENCE})
        month = self._months.month_of(row)
        if month is None or self._months.says_period(row):
            said_period, year = row.cells.get("period", ""), row.cells.get("year", "")
            check_period(said_period, year, self._period.year, self._period.quarter, self._name)
        return month


def changed_since(by: Pegawai | None, at: datetime | None) -> str:
    """Why a line is left as somebody has written it since the table was looked at."""
    return _("Baris ini diubah%(who)s sesudah tabel ini dilihat, jadi tetap. Unggah lagi berkasnya.") % {
        "who": _who(by, at)
    }


def advice() -> str:
    return _("Lihat judul kolom yang dikenal pada contoh berkasnya.")


def _naming(row: Read) -> str:
    return next((row.cells[key] for key in ("indicator", "result", "code") if row.cells.get(key)), "")


def _found(lines: Sequence[Line], row: Read) -> Line:
    """The one line that the row names: by the indicator's code, else by its name, else by the result it is of."""
    code = plain_name(row.cells.get("code", ""))
    by_code = [line for line in lines if code and plain_name(line.figure.indicator.indicator.code) == code]
    for wanted in (plain_name(row.cells.get(key, "")) for key in ("indicator", "result")):
        named = [line for line in lines if wanted and wanted in _names(line)]
        if len(named) > 1 and not by_code:
            raise Refused(_("Ada lebih dari satu indikator dengan nama itu. Tambahkan kolom Kode indikator."))
        if by_code and named and by_code[0] not in named:
            sentence = _("Kode %(code)s milik “%(name)s”, bukan indikator yang ditulis di baris ini.")
            raise Refused(sentence % {"code": row.cells["code"], "name": by_code[0].figure.indicator.name})
        if named and not by_code:
            return named[0]
    if by_code:
        return by_code[0]
    if not _naming(row):
        raise Refused(_("Indikatornya kosong. Isi indikator kinerja individu atau hasil kerjanya."))
    names = "; ".join(line.figure.indicator.name for line in lines[:NAMED]) or "–"
    more = _(", dan %(n)s lainnya") % {"n": len(lines) - NAMED} if len(lines) > NAMED else ""
    raise Refused(_("Tidak ada indikator itu. Yang ada: %(names)s.") % {"names": names + more})


def _names(line: Line) -> tuple[str, str]:
    """What its indicator may be called in another system: its name, also with its unit."""
    version = line.figure.indicator
    return plain_name(version.name), plain_name(f"{version.name} {version.unit_of_measure}")


@dataclass(frozen=True, slots=True)
class _Said:
    """What the record says of a line: its value, its reference; words: how months made it; told: how it was read, where
    its text could mean another number."""

    amount: Decimal | None
    text: str
    reference: str
    words: str = ""
    made_of: Mapping[str, object] | None = None
    told: str = ""


def _said(row: Read, line: Line, months: Sequence[MonthRow], quarter: int, name: str) -> _Said:
    version = line.figure.indicator
    if months:
        found, told = joined(months, version, quarter, name)
        return _Said(found.amount, found.text, joined_reference(months), found.words, found.kept, told)
    typed = without_unit(typed_of(row.cells["actual"], Measure.MEASURED), version.unit_of_measure)
    amount, text = read_cell(typed, version.value_type, version.scale)
    if amount is None and not text:
        raise Refused(_("Realisasinya kosong, jadi tidak ada yang diisikan."))
    return _Said(amount, text, row.cells.get("reference", ""), told=read_beside(row.written, row.cells, "actual"))


def _weighed(
    row: Read, label: str, form: Form, line: Line, entry: OutsideEntry | None, said_there: _Said
) -> Judged[Record]:
    """What the row's value does beside what stands there already."""
    amount, text, reference = said_there.amount, said_there.text, said_there.reference
    is_there = (line.amount, line.text, line.measure) == (amount, text, Measure.MEASURED)
    is_empty = line.measure == Measure.NOT_FILLED
    known = entry is not None and entry.says(amount, text) and entry.reference == reference
    if entry and known and (is_there or not (entry.taken or is_empty)):
        return Judged(row.no, label, RowState.SAME)
    if form.closed:
        raise Refused(form.closed)
    if not line.editable:
        raise Refused(_("Baris ini terkunci: sudah dinyatakan sesuai."))
    # What came from there before may be followed by what stands there now; what a person typed may not.
    is_theirs = entry is not None and entry.taken and entry.says(line.amount, line.text)
    taken = not is_there and (is_empty or is_theirs)
    record = Record(row.no, line.pk, line.rev, amount, text, line.note, reference, taken, said_there.made_of)
    # A month's target is not the period's.
    aim = "" if said_there.words else _aim(row, line)
    told = _told(line, amount, text, is_there=is_there, taken=taken)
    words = [told, said_there.told, said_there.words, _source(reference, row.no), aim]
    state = RowState.NEW if taken and is_empty else RowState.CHANGED
    return Judged(row.no, label, state, "\n".join(filter(None, words)), record)


def _told(line: Line, amount: Decimal | None, text: str, *, is_there: bool, taken: bool) -> str:
    here, there = said(line.amount, line.text, line.measure), said(amount, text, Measure.MEASURED)
    if is_there:
        return _("Realisasi tetap %(here)s; sumbernya dicatat.") % {"here": here}
    if taken:
        return _("Realisasi %(old)s → %(new)s") % {"old": here, "new": there}
    words = {"here": here, "there": there, "who": _who(line.edited_by, line.edited_at)}
    sentence = _("Di sini tertulis %(here)s%(who)s, di e-Kinerja %(there)s. Yang tertulis tetap; keduanya tampil di "
                 "formulir dan pengisinya memilih.")  # fmt: skip
    return sentence % words


def _who(who: Pegawai | None, at: datetime | None) -> str:
    if who is None or at is None:
        return ""
    zone = timezone.get_current_timezone_name()
    words = {"who": who.full_name, "day": short_date(timezone.localtime(at).date()), "time": clock(at, zone)}
    return _(" (%(who)s, %(day)s pukul %(time)s)") % words


def _source(reference: str, no: int) -> str:
    source = Source.EKINERJA.label
    if reference:
        return _("Dari %(source)s, ref %(reference)s") % {"source": source, "reference": reference}
    return _("Dari %(source)s, baris %(no)s; tanpa nomor referensi") % {"source": source, "no": no}


def _aim(row: Read, line: Line) -> str:
    """That the record promises something else; the target here stays."""
    written, figure, version = row.cells.get("target", ""), line.figure, line.figure.indicator
    try:
        amount, text = read_cell(without_unit(written, version.unit_of_measure), version.value_type, version.scale)
    except Refused:
        return ""
    if not written or (amount, text) == (figure.target, figure.target_text):
        return ""
    here = figure.target_text or (format_number(figure.target) if figure.target is not None else "–")
    return _("Target di e-Kinerja %(there)s, di sini %(here)s; target di sini tetap.") % {
        "there": written,
        "here": here,
    }
