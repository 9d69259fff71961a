"""What a table of old figures would bring: by indicator code, year and quarter, each with the paper it stands on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F
from django.utils.translation import gettext as _

from runut.collection.models import Basis, Measure, Period, Value
from runut.collection.queries.incoming_period import said
from runut.collection.queries.judged import Judged
from runut.collection.rules import check_is_over, check_paper, read_past
from runut.collection.rules.records import read_period
from runut.lib.codes import by_code, coded, with_plain
from runut.lib.dates import read_date, short_date
from runut.lib.errors import Refused
from runut.lib.imports import Column, Read
from runut.lib.spelled import read_beside
from runut.lib.written import PAPER_HEADINGS
from runut.organisation.models import Office, RowState
from runut.planning.models import Indicator, IndicatorVersion, Target
from runut.planning.queries import period_end
from runut.planning.rules import read_aim
from runut.sop.models import RunState

COLUMNS = (
    Column("code", "Kode indikator", required=True, form="code", width=18),
    Column("year", "Tahun", required=True, width=8),
    Column("quarter", "Triwulan", required=True, width=10, also=("Periode", "TW")),
    Column("target", "Target", form="number"),
    Column("actual", "Realisasi", required=True, form="number", filled=False),
    Column("number", PAPER_HEADINGS["number"][0], width=24, also=PAPER_HEADINGS["number"][1:]),
    Column("signed_on", PAPER_HEADINGS["signed_on"][0], required=True, width=16, also=PAPER_HEADINGS["signed_on"][1:]),
    Column("signer", "Penanda tangan", required=True, width=28),
)
WANTED = ("Kode indikator", "Realisasi")
# Each paper of a period becomes a report of its own, of people one each.
MOST_PAPERS = 400
LONGEST_NUMBER, LONGEST_SIGNER = 100, 150
Place = tuple[int, str, int, int]
Aim = tuple[Decimal | None, str]


@dataclass(frozen=True, slots=True)
class PastValue:
    """What a row would become: a figure with its first version, and the paper it stands on."""

    no: int
    year: int
    quarter: int
    version: IndicatorVersion
    place: int
    target: Aim
    annual: Aim
    amount: Decimal | None
    text: str
    measure: str
    number: str
    signed_on: date
    signer: str

    @property
    def basis(self) -> str:
        return Basis.UNIT if self.version.indicator.unit_id else Basis.PEGAWAI

    @property
    def member(self) -> str:
        indicator = self.version.indicator
        return f"u{indicator.unit_id}" if indicator.unit_id else f"p{indicator.pegawai_id}"

    @property
    def paper(self) -> tuple[object, ...]:
        """What becomes a report of its own: of people each one's, for nobody sees another's."""
        whose = "" if self.basis == Basis.UNIT else self.member
        return self.year, self.quarter, self.basis, whose, self.number, self.signed_on, self.signer


class _Known:
    """What is known of the indicators that a batch names. Three queries."""

    def __init__(self, office: Office, rows: Sequence[Read]) -> None:
        codes = {row.cells["code"] for row in rows if row.cells.get("code")}
        years = {int(row.cells["year"]) for row in rows if _is_year(row.cells.get("year", ""))}
        versions: dict[str, list[IndicatorVersion]] = defaultdict(list)
        found = coded(IndicatorVersion.objects.filter(indicator__office=office), codes, "indicator__code")
        for version in found.select_related("indicator__unit", "indicator__pegawai").order_by("-no"):
            versions[version.indicator.code].append(version)
        self.versions = with_plain(versions)
        indicators = [each[0].indicator_id for each in versions.values()]
        targets = Target.objects.filter(indicator__in=indicators, year__in=years).order_by("no")
        self.targets = {(row.indicator_id, row.year, row.quarter): (row.amount, row.text) for row in targets}
        values = Value.objects.current().filter(
            figure__indicator__indicator__in=indicators, figure__period__year__in=years,
            figure__period__office=office, figure__period__void=False,
        )  # fmt: skip
        rows_of_values = values.annotate(
            of=F("figure__indicator__indicator"), member=F("figure__member"), year=F("figure__period__year"),
            quarter=F("figure__period__quarter"),
        )  # fmt: skip
        self.values: dict[Place, Value] = {(v.of, v.member, v.year, v.quarter): v for v in rows_of_values}


class Reading:
    """One reading of such a table."""

    def __init__(self, office: Office, today: date) -> None:
        """Two queries."""
        self._office, self._today = office, today
        self._blocked = collected(office)
        self._places = _places(office)
        self._seen: dict[Place, int] = {}
        self._papers: set[tuple[object, ...]] = set()

    def judged(self, rows: Sequence[Read]) -> list[Judged[PastValue]]:
        """What becomes of each row. Three queries, however many there are. Refused when too many papers are named."""
        known = _Known(self._office, rows)
        found = [self._judge(row, known) for row in rows]
        if len(self._papers) > MOST_PAPERS:
            sentence = _("Tabel ini menyebut lebih dari %(n)s dokumen. Bagi menjadi beberapa berkas.")
            raise Refused(sentence % {"n": MOST_PAPERS})
        return found

    def _judge(self, row: Read, known: _Known) -> Judged[PastValue]:
        label = " ".join(filter(None, (row.cells.get(key) for key in ("code", "quarter", "year")))) or "–"
        try:
            if row.problem:
                raise Refused(row.problem)
            if row.hidden:
                raise Refused(_("Baris ini tersembunyi di berkas. Tampilkan dulu dan periksa, atau hapus barisnya."))
            value = self._read(row, known)
            indicator = value.version.indicator
            period = self._period(value)
            label = f"{indicator.pegawai or indicator.unit}: {value.version.name}, {period.name}"
            return self._weighed(value, label, known, read_beside(row.written, row.cells))
        except Refused as refusal:
            return Judged(row.no, label, RowState.REJECTED, refusal.sentence)

    def _read(self, row: Read, known: _Known) -> PastValue:
        cells = row.cells
        year, quarter = _period_of(cells)
        version = _in_force(by_code(known.versions, cells["code"]) or (), cells["code"], period_end(year, quarter))
        amount, text, measure = read_past(cells["actual"], version.value_type, version.scale)
        if measure == Measure.NOT_FILLED:
            raise Refused(_("Realisasinya kosong, jadi tidak ada yang diisikan."))
        annual = known.targets.get((version.indicator_id, year, 0), (None, ""))
        target = known.targets.get((version.indicator_id, year, quarter), (None, ""))
        if cells.get("target"):
            target = read_aim(cells["target"], version.value_type, version.scale, version.unit_of_measure)
        place, of_year = self._places[version.indicator_id], target if quarter == 0 else annual
        signed_on, number = read_date(cells["signed_on"]), cells.get("number", "")
        return PastValue(
            row.no, year, quarter, version, place, target, of_year, amount, text, measure, number, signed_on,
            cells["signer"],
        )  # fmt: skip

    def _period(self, value: PastValue) -> Period:
        """The period that it is of; Refused where nothing is copied for it, or where the paper cannot be of it."""
        period = Period(office=self._office, year=value.year, quarter=value.quarter, basis=value.basis)
        check_is_over(period_end(value.year, value.quarter), self._today, period.name)
        check_paper(value.signed_on, value.signer, value.year, value.quarter, self._today)
        if len(value.number) > LONGEST_NUMBER or len(value.signer) > LONGEST_SIGNER:
            raise Refused(_("Nomor dokumen atau penanda tangannya terlalu panjang."))
        if (value.year, value.quarter, value.basis) in self._blocked:
            raise Refused(shut(period))
        return period

    def _weighed(self, value: PastValue, label: str, known: _Known, told: str) -> Judged[PastValue]:
        place = (value.version.indicator_id, value.member, value.year, value.quarter)
        there = known.values.get(place)
        if there and (there.amount, there.text, there.measure) == (value.amount, value.text, value.measure):
            return Judged(value.no, label, RowState.SAME)
        if there:
            sentence = _("Angkanya sudah ada: %(there)s. Bila keliru, laporkan kesalahan pada angka itu.")
            raise Refused(sentence % {"there": said(there.amount, there.text, there.measure)})
        if (first := self._seen.setdefault(place, value.no)) != value.no:
            raise Refused(_("Angka ini sudah ada di baris %(first)s berkas ini.") % {"first": first})
        self._papers.add(value.paper)
        paper = {"number": value.number or _("tanpa nomor"), "day": short_date(value.signed_on), "who": value.signer}
        source = _("Dokumen: %(number)s, %(day)s, %(who)s") % paper
        actual = _("Realisasi %(new)s") % {"new": said(value.amount, value.text, value.measure)}
        words = "\n".join(filter(None, (actual, told, source)))
        return Judged(value.no, label, RowState.NEW, words, value)


def shut(period: Period) -> str:
    """Why nothing is copied for a period that was collected here."""
    return _("%(name)s sudah dibuka di sini, jadi angkanya tidak disalin dari dokumen lama.") % {"name": period.name}


def collected(office: Office) -> set[tuple[int, int, str]]:
    """(year, quarter, basis) of the periods that were collected here. One query."""
    rows = Period.objects.filter(office=office, void=False, run__isnull=False).exclude(run__state=RunState.CANCELLED)
    return set(rows.values_list("year", "quarter", "basis"))


def _places(office: Office) -> Mapping[int, int]:
    """Indicator -> its place among those of its unit or person, in the order of the plan. One query."""
    rows = Indicator.objects.filter(office=office).order_by(F("sasaran__no").asc(nulls_last=True), "code")
    count: Counter[tuple[int | None, int | None]] = Counter()
    found = {}
    for pk, unit, pegawai in rows.values_list("pk", "unit", "pegawai"):
        count[unit, pegawai] += 1
        found[pk] = count[unit, pegawai]
    return found


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdecimal() and 2000 <= int(text) <= 2100


def _period_of(cells: Mapping[str, str]) -> tuple[int, int]:
    if not _is_year(cells["year"]):
        raise Refused(_("Tahun “%(text)s” tidak dikenal: tulis empat angka.") % {"text": cells["year"]})
    found = read_period(cells["quarter"], cells["year"])
    if cells["quarter"] == "0":
        found = (None, 0)
    if found is None or found[1] is None:
        sentence = _("Triwulan “%(text)s” tidak dikenal: tulis I sampai IV, atau Tahun.")
        raise Refused(sentence % {"text": cells["quarter"]})
    if found[0] not in (None, int(cells["year"])):
        raise Refused(_("Tahun dan periodenya menyebut tahun yang berbeda."))
    return int(cells["year"]), found[1]


def _in_force(versions: Sequence[IndicatorVersion], code: str, day: date) -> IndicatorVersion:
    """The version that was in force on a day."""
    if not versions:
        raise Refused(_("Indikator dengan kode %(code)s tidak ada. Impor indikatornya dahulu.") % {"code": code})
    for version in versions:
        if version.start <= day and (version.end is None or version.end >= day):
            return version
    sentence = _("Indikator %(code)s belum atau tidak lagi berlaku pada %(day)s. Periksa Mulai berlaku di kamusnya.")
    raise Refused(sentence % {"code": code, "day": short_date(day)})
