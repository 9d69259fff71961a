"""A national record of what people achieved (an export of e-Kinerja): whose row it is, of what, in which period."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from runut.lib.dates import MONTHS, QUARTERS, SHORT_MONTHS, read_date
from runut.lib.errors import Refused

# Shorter words of a name are initials or particles.
TELLING = 3
_YEAR = re.compile(r"\b(20[0-9]{2})\b", re.ASCII)
_QUARTER_WORD = re.compile(r"\b(?:triwulan|tribulan|kuartal|quarter|tw|q)\.?\s*(iv|iii|ii|i|[1-4])\b", re.IGNORECASE)
# How a date comes out of a workbook; "Januari 2026" typed into a spreadsheet becomes one.
_DATE = re.compile(r"(20[0-9]{2})-([0-9]{2})-([0-9]{2})(?: [0-9:.]+)?", re.ASCII)
_BARE = re.compile(r"(iv|iii|ii|i|[1-4])", re.IGNORECASE)
_YEARLY = re.compile(r"(?:tahun|tahunan|setahun|year)?\s*(?:20[0-9]{2})?", re.IGNORECASE)
_UNTIL = re.compile(r"\s+(?:s\.?\s?/?\s?d\.?|sampai(?:\s+dengan)?|hingga|to|-|–|—)\s+", re.IGNORECASE)
_MONTHS = {
    name.casefold(): number
    for names in (*MONTHS.values(), *SHORT_MONTHS.values())
    for number, name in enumerate(names, start=1)
}


def plain_name(text: str) -> str:
    """What something is called whatever its capitals, spaces and signs: "Nilai  IKM (%)" and "nilai ikm" are one."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text).split())


def could_be(written: str, name: str) -> bool:
    """Whether a name as a file writes it, titles and all, may be this person's."""
    theirs = {word for word in plain_name(written).split() if len(word) >= TELLING}
    own = {word for word in plain_name(name).split() if len(word) >= TELLING}
    return not theirs or not own or bool(theirs & own)


def without_unit(text: str, unit: str) -> str:
    """A value without the indicator's own unit behind it: "12 dokumen" of what is counted in dokumen is 12."""
    short, unit = text.strip(), unit.strip().casefold()
    if unit and short.casefold().endswith(unit) and any(sign.isdigit() for sign in short[: -len(unit)]):
        return short[: -len(unit)].strip()
    return text


def check_period(text: str, year_text: str, year: int, quarter: int, name: str) -> None:
    """Raise Refused for a row that speaks of another period than this one, or of one that cannot be told.

    quarter 0 is the year. A row that says no period, or no year, is of this one.
    """
    found = read_period(text, year_text)
    if found is None and (day := _DATE.fullmatch(text)):
        sentence = _("Sel Periode berisi tanggal %(date)s. Bila yang ditulis nama bulan, jadikan format kolomnya Teks, "
                     "lalu tulis lagi bulannya, atau tulis %(name)s.")  # fmt: skip
        raise Refused(sentence % {"date": f"{day[3]}-{day[2]}-{day[1]}", "name": name})
    if found is None:
        sentence = _("Periode “%(text)s” bukan satu triwulan atau satu tahun yang dikenal. Tulis misalnya %(name)s.")
        raise Refused(sentence % {"text": " ".join(f"{text} {year_text}".split()), "name": name})
    said_year, said_quarter = found
    if said_year not in (None, year) or said_quarter not in (None, quarter):
        said = " ".join(f"{text} {year_text}".split())
        raise Refused(_("Baris ini untuk %(said)s, bukan %(name)s.") % {"said": said, "name": name})


def read_period(text: str, year_text: str = "") -> tuple[int | None, int | None] | None:
    """(year, quarter) of what a cell says, each None where it says nothing; None when it says neither period."""
    text, year_text = " ".join(text.split()), " ".join(year_text.split())
    if year_text and not _YEAR.fullmatch(year_text):
        return None
    found_year = _YEAR.search(text) or _YEAR.search(year_text)
    year = int(found_year[1]) if found_year else None
    if not text:
        return year, None
    if found := _QUARTER_WORD.search(text):
        return year, _quarter(found[1])
    bare = " ".join(_YEAR.sub(" ", text).replace("/", " ").replace("-", " ").split())
    if _BARE.fullmatch(bare):
        return year, _quarter(bare)
    if _YEARLY.fullmatch(text):
        return year, 0
    return _from_until(text, year)


def _quarter(text: str) -> int:
    return int(text) if text.isdecimal() else QUARTERS.index(text.upper()) + 1


def _from_until(text: str, year: int | None) -> tuple[int | None, int | None] | None:
    """1 Januari 2026 s.d. 31 Maret 2026, and Januari - Maret 2026."""
    parts = _UNTIL.split(text)
    if len(parts) != 2:
        return None
    try:
        first, last = read_date(parts[0]), read_date(parts[1])
    except Refused:
        months = [_month_of(part) for part in parts]
        if None in months or year is None:
            return None
        first, last = date(year, months[0] or 1, 1), _end_of(year, months[1] or 1)
    spans = {(3 * no - 2, 3 * no): no for no in (1, 2, 3, 4)} | {(1, 12): 0}
    quarter = spans.get((first.month, last.month))
    whole = first.day == 1 and first.year == last.year and last == _end_of(last.year, last.month)
    return (first.year, quarter) if whole and quarter is not None else None


def _month_of(part: str) -> int | None:
    words: Iterable[str] = _YEAR.sub(" ", part).split()
    found = [_MONTHS.get(word.casefold().rstrip(".")) for word in words]
    return found[0] if len(found) == 1 else None


def _end_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
