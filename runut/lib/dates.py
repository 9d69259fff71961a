"""Dates and times in words, as letters and pages write them; the language is an argument, Indonesian first.

Names of months and days stand here and not in the translation files: a letter keeps its language whatever the
reader's.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from .errors import Refused

Lang = Literal["id", "en"]

MONTHS: dict[Lang, tuple[str, ...]] = {
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
SHORT_MONTHS: dict[Lang, tuple[str, ...]] = {
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
DAYS: dict[Lang, tuple[str, ...]] = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
ZONES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
QUARTERS = ("I", "II", "III", "IV")

# Other spellings that officers use beside the names above.
_SPELLINGS = {"agt": 8, "agst": 8, "ags": 8, "sept": 9, "nop": 11, "nopember": 11, "pebruari": 2, "peb": 2}
_MONTH_NUMBERS = _SPELLINGS | {
    name.lower(): number
    for names in (*MONTHS.values(), *SHORT_MONTHS.values())
    for number, name in enumerate(names, start=1)
}
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_FIGURES = re.compile(r"(?P<day>[0-9]{1,2})(?P<gap>[-/.])(?P<month>[0-9]{1,2})(?P=gap)(?P<year>[0-9]{4})")
_WORDS = re.compile(r"(?:[^\W\d]+,? )?(?P<day>[0-9]{1,2}) (?P<month>[^\W\d]+)\.? (?P<year>[0-9]{4})")

_QUARTER = re.compile(r"\btriwulan(?=nya\b|\b)", re.IGNORECASE)


def long_date(day: date, lang: Lang = "id") -> str:
    """Jumat, 20 November 2026"""
    return f"{DAYS[lang][day.weekday()]}, {letter_date(day, lang)}"


def letter_date(day: date, lang: Lang = "id") -> str:
    """20 November 2026, as a letter or a signature is dated."""
    _refuse_a_moment(day)
    return f"{day.day} {MONTHS[lang][day.month - 1]} {day.year}"


def short_date(day: date, lang: Lang = "id") -> str:
    """20 Nov 2026"""
    _refuse_a_moment(day)
    return f"{day.day} {SHORT_MONTHS[lang][day.month - 1]} {day.year}"


def date_time(at: datetime, zone: str, lang: Lang = "id") -> str:
    """Jumat, 20 November 2026 pukul 16.00 WIB"""
    at_word = {"id": "pukul", "en": "at"}[lang]
    return f"{long_date(local_day(at, zone), lang)} {at_word} {clock(at, zone, lang)}"


def clock(at: datetime, zone: str, lang: Lang = "id") -> str:
    """14.32 WIB"""
    local = _local(at, zone)
    point = {"id": ".", "en": ":"}[lang]
    return f"{local.hour:02d}{point}{local.minute:02d} {zone_name(zone, at)}"


def zone_name(zone: str, at: datetime) -> str:
    """WIB, WITA or WIT; elsewhere whatever the zone is called at that moment."""
    return ZONES.get(zone) or _local(at, zone).tzname() or zone


def local_day(at: datetime, zone: str) -> date:
    """The date on the wall in that zone at that moment."""
    return _local(at, zone).date()


def duration_words(minutes: int, lang: Lang = "id") -> str:
    """5 jam 40 menit. Hours of sixty minutes, never days: how long a working day is differs by office."""
    if minutes < 0:
        raise ValueError("a duration is not negative")
    hours, rest = divmod(minutes, 60)
    parts = [_amount(hours, "jam", "hour", lang)] if hours else []
    if rest or not hours:
        parts.append(_amount(rest, "menit", "minute", lang))
    return " ".join(parts)


def quarter_name(year: int, quarter: int, word: str = "Triwulan", lang: Lang = "id") -> str:
    """Triwulan III 2026; quarter 0 is the whole year: Tahun 2026. The word is the office's own."""
    if quarter == 0:
        return f"{ {'id': 'Tahun', 'en': 'Year'}[lang] } {year}"
    if not 1 <= quarter <= 4:
        raise ValueError(f"a year has four quarters, not {quarter}")
    return f"{word} {QUARTERS[quarter - 1]} {year}"


def period_words(year: int, quarter: int, terms: Mapping[str, object], lang: Lang = "id") -> str:
    """A period in the office's own word: Tribulan III 2026. The one place where a period gets its name.

    terms: the office's dictionary of the words that differ by office.
    """
    word = "Quarter" if lang == "en" else str(terms.get("triwulan") or "Triwulan")
    return quarter_name(year, quarter, word, lang)


def renamed_period(text: str, year: int, quarter: int, terms: Mapping[str, object]) -> str:
    """A title that names a quarter, with this one instead: "Data kinerja, Tribulan III 2026" for the fourth."""
    word = str(terms.get("triwulan") or "Triwulan")
    named = re.compile(rf"\b{re.escape(word)} (?:{'|'.join(sorted(QUARTERS, key=len, reverse=True))}) \d{{4}}\b", re.I)
    return named.sub(lambda _found: quarter_name(year, quarter, word), text)


def names_another_period(text: str, year: int, quarter: int, terms: Mapping[str, object]) -> bool:
    """Whether a title speaks of another year or quarter, however it writes them: "TW 2", "Triwulan II 2025"."""
    years, quarters = _years_and_quarters(text, terms)
    return bool((years and year not in years) or (quarters and quarter not in quarters))


def named_period(text: str, terms: Mapping[str, object]) -> tuple[int, int] | None:
    """The year and the quarter that a title speaks of; None where it names none, or several."""
    years, quarters = _years_and_quarters(text, terms)
    return (years.pop(), quarters.pop()) if len(years) == len(quarters) == 1 else None


def _years_and_quarters(text: str, terms: Mapping[str, object]) -> tuple[set[int], set[int]]:
    word = re.escape(str(terms.get("triwulan") or "Triwulan"))
    found = re.findall(rf"\b(?:{word}|Triwulan|TW)[ .-]*(IV|III|II|I|[1-4])\b", text, re.I)
    quarters = {int(no) if no.isdecimal() else QUARTERS.index(no.upper()) + 1 for no in found}
    return {int(year) for year in re.findall(r"\b20\d\d\b", text)}, quarters


def short_quarter(quarter: int, terms: Mapping[str, object]) -> str:
    """The head of a column: TW II, or the office's own word where it has one: Tribulan II."""
    return f"{terms.get('triwulan') or 'TW'} {QUARTERS[quarter - 1]}".replace("Triwulan ", "TW ")


def in_terms(text: str, terms: Mapping[str, object]) -> str:
    """A sentence with the office's own word for the quarter: "Target tribulan" where it writes Tribulan."""
    word = str(terms.get("triwulan") or "Triwulan")
    return _QUARTER.sub(lambda found: word[:1].lower() + word[1:] if found[0][0].islower() else word, text)


def read_date(text: str) -> date:
    """A date with the day first (20 Agustus 2026, 20-08-2026, 20/8/2026) or as a browser sends it (2026-08-20)."""
    text = " ".join(text.split())
    found = _ISO.fullmatch(text) or _FIGURES.fullmatch(text) or _WORDS.fullmatch(text)
    month = month_number(found["month"]) if found else None
    if found is None or month is None:
        raise Refused(
            _("Tulis tanggal lengkap dengan tahun empat angka, misalnya 20 Agustus 2026 atau 20-08-2026."), code="date"
        )
    try:
        return date(int(found["year"]), month, int(found["day"]))
    except ValueError:
        raise Refused(
            _("Tanggal “%(text)s” tidak ada di kalender. Tulis hari dulu, misalnya 20-08-2026.") % {"text": text},
            code="date",
        ) from None


def month_number(text: str) -> int | None:
    """A month by its number or any of its names."""
    return int(text) if text.isdecimal() else _MONTH_NUMBERS.get(text.lower())


def _amount(count: int, indonesian: str, english: str, lang: Lang) -> str:
    if lang == "id":
        return f"{count} {indonesian}"
    return f"{count} {english}{'' if count == 1 else 's'}"


def _local(at: datetime, zone: str) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a moment needs its zone: pass an aware datetime")
    return at.astimezone(ZoneInfo(zone))


def _refuse_a_moment(day: date) -> None:
    if isinstance(day, datetime):
        raise TypeError("a moment is another date in another zone: use local_day or date_time")
