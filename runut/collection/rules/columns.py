"""The columns of a form: which there are, which a form must have, and in which order a page shows them.

The one place that says so. A form's edition names some of these columns, in its own order and under its own headings;
screen, print and workbook all go by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from runut.lib.errors import Refused

LONGEST_HEADING = 60


@dataclass(frozen=True, slots=True)
class Kind:
    """A column that a form may have. width: on paper, in characters. open: typed in. wanted: no form goes without."""

    label: str
    width: int
    number: bool = False
    open: bool = False
    wanted: bool = False
    calculated: bool = False


KINDS: dict[str, Kind] = {
    "no": Kind(gettext_noop("No."), 5, number=True),
    "sasaran": Kind(gettext_noop("Sasaran"), 34),
    "indicator": Kind(gettext_noop("Indikator Kinerja"), 44, wanted=True),
    "unit": Kind(gettext_noop("Satuan"), 12),
    "annual_target": Kind(gettext_noop("Target Tahunan"), 16, number=True),
    "target": Kind(gettext_noop("Target"), 16, number=True),
    "last": Kind(gettext_noop("Periode lalu"), 16, number=True),
    "actual": Kind(gettext_noop("Realisasi"), 16, number=True, open=True, wanted=True),
    "achievement": Kind(gettext_noop("Capaian (%)"), 16, number=True, calculated=True),
    "evidence": Kind(gettext_noop("Bukti"), 10, number=True),
    "note": Kind(gettext_noop("Keterangan"), 34, open=True, wanted=True),
}

# The forms of the regulation and of the sources: what an office has until it composes its own.
SHIPPED: dict[str, tuple[str, ...]] = {
    "unit": ("no", "sasaran", "indicator", "annual_target", "target", "actual", "note"),
    "pegawai": ("no", "indicator", "target", "actual", "achievement", "note"),
}

# What helps whoever fills a form in, beside its own columns: behind or before which column each stands.
_AIDS = (("unit", "indicator", 1), ("last", "actual", 0), ("evidence", "actual", 1), ("achievement", "actual", 1))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an edition; heading "" is the usual one."""

    code: str
    heading: str = ""


def label_of(code: str) -> str:
    """What a column is usually called."""
    return _(KINDS[code].label)


def shipped(basis: str) -> tuple[Column, ...]:
    return tuple(Column(code) for code in SHIPPED[basis])


def of_period(columns: Sequence[Column], quarter: int) -> tuple[Column, ...]:
    """The columns as a period has them: the target of a year (0) is that of the period, and stands there once."""
    once = quarter == 0 and any(column.code == "target" for column in columns)
    return tuple(column for column in columns if not (once and column.code == "annual_target"))


def on_screen(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns of the page on which the form is filled in: its own, and what helps there."""
    return _with(columns, [code for code, _beside, _after in _AIDS])


def in_recap(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns of the document that gathers the forms: their own, with the unit and the achievement always.

    Evidence and the period before stay with the form: they may change after the document is signed.
    """
    return _with([column for column in columns if column.code not in ("last", "evidence")], ("unit", "achievement"))


def _with(columns: Sequence[Column], aids: Collection[str]) -> tuple[Column, ...]:
    found = list(columns)
    for code, beside, after in _AIDS:
        codes = [column.code for column in found]
        if code in aids and code not in codes:
            found.insert(codes.index(beside) + after, Column(code))
    return tuple(found)


def in_review(columns: Sequence[Column], *, own: bool) -> tuple[Column, ...]:
    """What the review shows of a form beside the comparison itself, which every review has.

    own: whether the office composed the form; of the official one the target is enough: the comparison needs room.
    """
    wanted = ("sasaran", "unit", "annual_target", "target") if own else ("target",)
    return tuple(column for column in columns if column.code in wanted)


def heading_of(column: Column, period_word: str, *, whole: bool) -> str:
    """What stands over a column. period_word: Triwulan, as the office writes it, or Tahun. whole: the official form,
    which names the period beside target and realised value."""
    if column.heading:
        return column.heading
    label = label_of(column.code)
    if not (whole and column.code in ("target", "actual")):
        return label
    return _("%(label)s %(period)s") % {"label": label, "period": period_word}


def read_columns(stored: Iterable[Mapping[str, str]]) -> tuple[Column, ...]:
    return tuple(Column(each["code"], each.get("heading", "")) for each in stored)


def check_columns(columns: Sequence[Column]) -> None:
    """Raise Refused for a form that could not be filled in, or that would not be read back."""
    codes = [column.code for column in columns]
    if unknown := [code for code in codes if code not in KINDS]:
        raise Refused(_("Kolom “%(code)s” tidak dikenal.") % {"code": unknown[0]}, code="columns")
    if len(set(codes)) < len(codes):
        raise Refused(_("Satu kolom tidak dapat dipakai dua kali."), code="columns")
    absent = [label_of(code) for code, kind in KINDS.items() if kind.wanted and code not in codes]
    if absent:
        words = {"names": ", ".join(absent)}
        raise Refused(_("Formulir selalu memuat kolom %(names)s. Beri nomor urutnya.") % words, code="columns")
    for column in columns:
        _check_heading(column)


def _check_heading(column: Column) -> None:
    """Workbooks that come back and blocks that are pasted are told by these two headings."""
    heading, label = column.heading, label_of(column.code)
    if len(heading) > LONGEST_HEADING:
        raise Refused(_("Judul kolom paling banyak %(n)s huruf.") % {"n": LONGEST_HEADING}, code="columns")
    if column.code == "actual" and heading and not heading.casefold().startswith("realisasi"):
        raise Refused(_("Judul kolom Realisasi diawali kata “Realisasi”, supaya berkas Excel terbaca."), code="columns")
    taken = heading.casefold().startswith("realisasi") or heading.casefold() in ("keterangan", "kunci")
    if column.code not in ("actual", "note") and taken:
        raise Refused(
            _("“%(heading)s” hanya judul kolom Realisasi atau Keterangan.") % {"heading": heading}, code="columns"
        )
    if column.code == "note" and heading and heading.casefold() != "keterangan":
        raise Refused(_("Judul kolom %(label)s tetap, supaya berkas Excel terbaca.") % {"label": label}, code="columns")


def check_calculated(columns: Sequence[Column], basis: str, named_by: Collection[str], waiver: str) -> None:
    """Raise Refused where a calculated column is left out that a procedure names, and nobody says why.

    named_by: the procedures whose records name the achievement. The columns of the official form need no excuse.
    """
    codes = tuple(column.code for column in columns)
    if "achievement" in codes or codes == SHIPPED[basis] or not named_by or waiver.strip():
        return
    raise Refused(
        _("SOP %(names)s mencatat persentase capaian, tetapi kolom Capaian tidak ada. Pakai, atau tulis alasannya.")
        % {"names": ", ".join(f"“{name}”" for name in named_by)},
        code="waiver",
    )
