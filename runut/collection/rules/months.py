"""Months of a national record made into one value of a period, as the indicator's dictionary combines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from runut.collection.rules.averages import gather
from runut.lib.dates import MONTHS, read_date
from runut.lib.errors import Refused
from runut.lib.numbers import format_number
from runut.lib.reading import fits

_YEAR = re.compile(r"\b(20[0-9]{2})\b", re.ASCII)
# 2026-01 and 01/2026: with its zero a month; without it, a quarter.
_FIGURES = re.compile(r"(?:20[0-9]{2}[-/](?P<behind>0[1-9]|1[0-2])|(?P<before>0[1-9]|1[0-2])[-/]20[0-9]{2})", re.ASCII)
# How a spreadsheet keeps "Jan 2026" that was typed into it: as the first day of that month.
_FIRST_DAY = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])-01(?: 00:00:00)?", re.ASCII)
_NUMBER = re.compile(r"0?[1-9]|1[0-2]", re.ASCII)
_UNTIL = re.compile(r"\s+(?:s\.?\s?/?\s?d\.?|sampai(?:\s+dengan)?|hingga|to|-|–|—)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Month:
    """What a record says of one month, in which row: a number, or the text of a predicate."""

    month: int
    no: int
    amount: Decimal | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """One value out of months, and how: in words, and as it is kept."""

    amount: Decimal | None
    text: str
    words: str
    kept: Mapping[str, object]


def read_month(text: str, *, bare: bool = False) -> tuple[int | None, int] | None:
    """(year or None, month) of a cell that speaks of one whole month; None where it does not.

    bare: the column is one of months, so that a number alone is a month, and a first day the month that was typed.
    """
    text = " ".join(text.split())
    if bare and (first := _FIRST_DAY.fullmatch(text)):
        return int(first[1]), int(first[2])
    year = int(found[1]) if (found := _YEAR.search(text)) else None
    if figures := _FIGURES.fullmatch(text):
        return year, int(figures["behind"] or figures["before"])
    if len(ends := _UNTIL.split(text)) == 2:
        return _whole_month(*ends)
    words = [word.rstrip(".") for word in _YEAR.sub(" ", text.casefold()).split() if word not in ("bulan", "tahun")]
    if len(words) != 1:
        return None
    if bare and _NUMBER.fullmatch(words[0]):
        return year, int(words[0])
    try:
        return year, read_date(f"1 {words[0]} 2000").month
    except Refused:
        return None


def _whole_month(first: str, last: str) -> tuple[int, int] | None:
    try:
        start, end = read_date(first), read_date(last)
    except Refused:
        return None
    is_whole = start.day == 1 and (start.year, start.month) == (end.year, end.month) and _is_last(end)
    return (start.year, start.month) if is_whole else None


def _is_last(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def months_of(quarter: int) -> range:
    """Those of a quarter; all of the year for quarter 0."""
    return range(3 * quarter - 2, 3 * quarter + 1) if quarter else range(1, 13)


def join(months: Sequence[Month], aggregation: str, quarter: int, *, is_quotient: bool) -> Joined:
    """One value of the months of a period. Refused where they do not make one; months that are not there are named."""
    months = sorted(months, key=lambda each: (each.month, each.no))
    for one, other in pairwise(months):
        if one.month == other.month:
            words = {"month": _name(one), "one": one.no, "other": other.no}
            raise Refused(_("%(month)s ada dua kali, di baris %(one)s dan %(other)s. Sisakan satu.") % words)
    added = aggregation in ("cumulative", "average") and not any(each.text for each in months)
    if added and is_quotient and len(months) > 1:
        sentence = _("Indikator ini dihitung dari pembilang dan penyebut, jadi hasil bulanannya tidak digabung. Isi "
                     "pembilang dan penyebutnya di formulir.")  # fmt: skip
        raise Refused(sentence)
    how = aggregation if added else "last"
    amount, text = months[-1].amount, months[-1].text
    if added:
        amount, text = gather([each.amount for each in months if each.amount is not None], aggregation), ""
    if amount is not None and not fits(amount):
        raise Refused(_("Hasil gabungannya terlalu besar. Periksa angka bulanannya."))
    return Joined(amount, text, _words(months, how, quarter), _kept(months, how, quarter))


def _kept(months: Sequence[Month], how: str, quarter: int) -> dict[str, object]:
    rows = [[one.month, one.no, None if one.amount is None else f"{one.amount:f}", one.text] for one in months]
    return {"how": how, "quarter": quarter, "months": rows}


def told(kept: Mapping[str, object] | None) -> str:
    """How a value was made of months, from what was kept of it: `Joined.kept`; "" where it was not."""
    if not kept:
        return ""
    rows = kept["months"]
    assert isinstance(rows, list), "months are kept as a list"
    months = [Month(month, no, None if amount is None else Decimal(amount), text) for month, no, amount, text in rows]
    return _words(months, str(kept["how"]), int(str(kept["quarter"])))


def _words(months: Sequence[Month], how: str, quarter: int) -> str:
    """In words, and which months of the period are not there."""
    absent = [MONTHS["id"][no - 1] for no in months_of(quarter) if no not in {each.month for each in months}]
    lacking = _("Tidak ada di berkas: %(months)s.") % {"months": ", ".join(absent)} if absent else ""
    return f"{_last(months) if how == 'last' else _added(months, how)} {lacking}".strip()


def _added(months: Sequence[Month], aggregation: str) -> str:
    amount = gather([each.amount for each in months if each.amount is not None], aggregation)
    sum_of = " + ".join(map(_told, months))
    words = {"sum": sum_of, "n": len(months), "result": format_number(amount)}
    if aggregation == "cumulative":
        return _("Bulanan dijumlahkan menurut kamus: %(sum)s = %(result)s.") % words
    return _("Bulanan dirata-ratakan menurut kamus: (%(sum)s) dibagi %(n)s = %(result)s.") % words


def _last(months: Sequence[Month]) -> str:
    last, others = months[-1], months[:-1]
    words = _("Dipakai bulan terakhir menurut kamus: %(last)s.") % {"last": _told(last)}
    if others:
        words += " " + _("Tidak dipakai: %(others)s.") % {"others": ", ".join(map(_told, others))}
    return words


def _told(month: Month) -> str:
    said = {"month": _name(month), "value": month.text or format_number(month.amount), "no": month.no}
    return _("%(month)s %(value)s (baris %(no)s)") % said


def _name(month: Month) -> str:
    return MONTHS["id"][month.month - 1]
