"""When a planning document holds: within its year, or within the years of one that spans several."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from runut.lib.errors import Refused

# Of these a version holds over several years; all others are of one year.
SEVERAL_YEARS = ("renstra",)


def check_years(kind: str, year: int, last_year: int | None) -> None:
    """Raise Refused unless a document of several years says its last, and one of a year says none."""
    if last_year is not None and last_year < year:
        raise Refused(_("Tahun terakhir tidak mendahului tahun pertama."), code="last_year")
    if kind in SEVERAL_YEARS and last_year is None:
        raise Refused(_("Tulis tahun terakhirnya: Renstra berlaku beberapa tahun."), code="last_year")
    if kind not in SEVERAL_YEARS and last_year not in (None, year):
        raise Refused(_("Hanya Renstra yang berlaku beberapa tahun. Kosongkan tahun terakhirnya."), code="last_year")


def check_within(day: date, year: int, last_year: int | None) -> None:
    """Raise Refused for a day outside of the years of the document."""
    last = last_year or year
    if year <= day.year <= last:
        return
    if last == year:
        sentence = _("Tanggalnya di luar tahun dokumen ini. Pilih tanggal pada tahun %(year)s.")
        raise Refused(sentence % {"year": year}, code="start")
    sentence = _("Tanggalnya di luar masa dokumen ini. Pilih tanggal pada tahun %(year)s sampai %(last)s.")
    raise Refused(sentence % {"year": year, "last": last}, code="start")
