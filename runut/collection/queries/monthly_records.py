"""The months of a national record: which of its rows speak of a month, and what a person's months of an indicator make.

Rows of one indicator may stand far apart, so the table is read once more as soon as a row of a month turns up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from runut.collection.models import Measure, Period
from runut.collection.queries.incoming import typed_of
from runut.collection.rules import read_cell
from runut.collection.rules.months import Joined, Month, join, months_of, read_month
from runut.collection.rules.records import could_be, plain_name, without_unit
from runut.lib.dates import MONTHS
from runut.lib.errors import Refused
from runut.lib.imports import Read
from runut.lib.nip import read_nip
from runut.lib.spelled import read_beside
from runut.planning.models import IndicatorVersion

NAMING = ("code", "indicator", "result")
# Longer than this no reference is kept; of more months the first and the last are.
LONGEST_REFERENCE = 120
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A row of a month. fault: why it cannot be read, in a sentence. told: how it was read, where its text could mean
    another number."""

    no: int
    month: int
    actual: str
    reference: str
    name: str
    fault: str
    told: str


class Months:
    """The rows of a period's months by person and indicator."""

    def __init__(self, period: Period, table: Callable[[], Iterable[Read]]) -> None:
        """table: the rows from the beginning."""
        self._period, self._table = period, table

    def month_of(self, row: Read) -> int | None:
        """The month of which a row speaks; None where it speaks of none. Refused for one outside of the period."""
        column, text = row.cells.get("month", ""), row.cells.get("period", "")
        found = read_month(column, bare=True) if column else read_month(text)
        if found is None:
            if column:
                raise Refused(_("Bulan “%(text)s” tidak dikenal. Tulis misalnya Januari.") % {"text": column})
            return None
        year_text = row.cells.get("year", "")
        year = found[0] or (int(year_text) if year_text.isascii() and year_text.isdecimal() else None)
        if found[1] not in months_of(self._period.quarter) or year not in (None, self._period.year):
            said = " ".join(filter(None, (MONTHS["id"][found[1] - 1], str(year or ""))))
            raise Refused(_("Baris ini untuk %(said)s, bukan %(name)s.") % {"said": said, "name": self._period.name})
        return found[1]

    def says_period(self, row: Read) -> bool:
        """Whether the row's cell of the period is another thing than the month."""
        return read_month(row.cells.get("period", "")) is None

    def of(self, row: Read) -> Sequence[MonthRow]:
        """All rows of the months of the row's person and indicator, this one too, in the order of the table."""
        return self._found[_key(row)]

    @cached_property
    def _found(self) -> dict[_Key, list[MonthRow]]:
        found: dict[_Key, list[MonthRow]] = defaultdict(list)
        for row in self._table():
            try:
                month = self.month_of(row)
            except Refused:
                continue
            if month is not None:
                found[_key(row)].append(_month_row(row, month))
        return found


def _month_row(row: Read, month: int) -> MonthRow:
    cells, fault = row.cells, row.problem
    if row.hidden and not fault:
        fault = _("Baris ini tersembunyi di berkas. Tampilkan dulu dan periksa, atau hapus barisnya.")
    said = cells.get("actual", ""), cells.get("reference", ""), cells.get("name", "")
    return MonthRow(row.no, month, *said, fault, read_beside(row.written, row.cells, "actual"))


def _key(row: Read) -> _Key:
    try:
        nip = read_nip(row.cells.get("nip", "")).digits
    except Refused:
        nip = row.cells.get("nip", "")
    named = next((plain_name(row.cells[key]) for key in NAMING if row.cells.get(key)), "")
    return nip, named


def joined(rows: Sequence[MonthRow], version: IndicatorVersion, quarter: int, name: str) -> tuple[Joined, str]:
    """What the months make of an indicator, and how their numbers were read where their texts could mean others.

    Refused where one of them cannot be read, saying which.
    """
    months = [_read(row, version, name) for row in rows]
    told = "; ".join(row.told for row in rows if row.told)
    return join(months, version.aggregation, quarter, is_quotient=version.is_quotient), told


def _read(row: MonthRow, version: IndicatorVersion, name: str) -> Month:
    try:
        if row.fault:
            raise Refused(row.fault)
        if not could_be(row.name, name):
            sentence = _("NIP ini milik %(name)s, bukan %(said)s. Periksa barisnya.")
            raise Refused(sentence % {"name": name, "said": row.name})
        typed = without_unit(typed_of(row.actual, Measure.MEASURED), version.unit_of_measure)
        amount, text = read_cell(typed, version.value_type, version.scale)
        if amount is None and not text:
            raise Refused(_("Realisasinya kosong, jadi tidak ada yang diisikan."))
    except Refused as refusal:
        words = {"month": MONTHS["id"][row.month - 1], "no": row.no, "why": refusal.sentence}
        raise Refused(_("Bulanannya tidak dapat digabung. %(month)s, baris %(no)s: %(why)s") % words) from refusal
    return Month(row.month, row.no, amount, text)


def joined_reference(rows: Sequence[MonthRow]) -> str:
    """The references of all months; of too many the first and the last."""
    known = list(dict.fromkeys(row.reference for row in sorted(rows, key=lambda row: row.month) if row.reference))
    whole = ", ".join(known)
    if len(whole) > LONGEST_REFERENCE and len(known) > 1:
        whole = f"{known[0]} … {known[-1]}"
    if len(whole) > LONGEST_REFERENCE:
        raise Refused(_("Nomor referensinya lebih dari %(n)s huruf. Periksa kolomnya.") % {"n": LONGEST_REFERENCE})
    return whole
