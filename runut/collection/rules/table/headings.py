"""Where the heading of a published table is, and which of its columns belong together: year by year, or by quarter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from runut.lib.errors import Refused
from runut.lib.tables import Cell, Table
from runut.lib.written import PERIOD_NAMED

# What the columns are called, in published tables and in files made by hand; the first that is there counts.
COLUMNS: dict[str, tuple[str, ...]] = {
    "indicator": (
        "indikator", "indikator kinerja", "nama indikator", "indikator kinerja utama", "uraian indikator",
        "uraian indikator kinerja", "indicator",
    ),
    "unit": ("satuan", "unit"),
    "target": ("target", "target tahunan", "target tahun", "target triwulan", "target tribulan"),
    "actual": ("realisasi", "realisasi tahunan", "realisasi triwulan", "realisasi tribulan", "real.", "real", "actual"),
    "figure": (
        "capaian_published", "capaian", "capaian %", "capaian (%)", "% capaian", "capaian kinerja",
        "capaian kinerja (%)", "persentase capaian", "achievement", "tingkat capaian", "% capaian kinerja",
        "persentase capaian kinerja", "prosentase capaian kinerja", "prosentase capaian", "tingkat capaian kinerja",
        "rasio capaian", "%", "(%)", "persen", "persentase", "prosentase",
    ),
    "label": ("predicate_published", "predikat", "kategori", "kriteria", "predicate"),
    "polarity": (
        "polarity", "polaritas", "arah", "polaritas indikator", "arah indikator", "arah capaian", "sifat indikator",
        "jenis polaritas", "polarisasi",
    ),
}  # fmt: skip
REQUIRED = {"indicator": "Indikator", "target": "Target", "actual": "Realisasi"}
HEADER_WITHIN = 30
_BESIDE = re.compile(r"\(.*?\)|\b(?:19|20)[0-9]{2}\b|\btahun\b")
_BUDGET = re.compile(r"anggaran|keuangan|pagu")
# What a reader expects to be checked.
_FIGURES = re.compile(r"\b(?:target|realisasi|capaian|persen|persentase|anggaran|pagu)\b|%")
_OF_A_PERIOD = ("target", "actual", "figure", "label")


@dataclass(frozen=True, slots=True)
class Group:
    """The columns of one period. period: as the heading names it; empty where it names none."""

    columns: dict[str, int]
    period: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """rows: where it stands. left_out: the headings of columns with figures that no group has."""

    rows: tuple[int, ...] = (0,)
    groups: tuple[Group, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def below(self) -> int:
        return self.rows[-1] + 1

    @property
    def places(self) -> set[int]:
        return {place for group in self.groups for place in group.columns.values()}

    @property
    def names_periods(self) -> bool:
        return len(self.groups) > 1


@dataclass(slots=True)
class _Names:
    """The heading of each column: the words without the period, the period, and all of it as it is printed."""

    names: list[str] = field(default_factory=list)
    periods: list[str] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)


def heading_of(table: Table) -> Heading:
    """One row or two, whatever names the most columns; Refused names the columns that are missing."""
    best = Heading()
    for place in range(min(len(table.rows), HEADER_WITHIN)):
        row, below = table.rows[place], table.rows[place + 1 : place + 2]
        found = [_heading((place,), _single(row))]
        if below and _is_second(below[0]):
            found.append(_heading((place, place + 1), _double(row, below[0])))
        for each in found:
            if _worth(each) > _worth(best):
                best = each
    columns = best.groups[0].columns if best.groups else {}
    if missing := [name for key, name in REQUIRED.items() if key not in columns]:
        sentence = _(
            "Kolom ini tidak ditemukan: %(names)s. Beri judul kolomnya Indikator, Target, Realisasi, dan Capaian."
        )
        raise Refused(sentence % {"names": ", ".join(missing)}, code="columns")
    return best


def _worth(heading: Heading) -> tuple[bool, int]:
    complete = bool(heading.groups) and heading.groups[0].columns.keys() >= REQUIRED.keys()
    return complete, len(heading.places)


def _heading(rows: tuple[int, ...], names: _Names) -> Heading:
    groups = _groups(names) or (Group(columns_of(names.names)),)
    used = {place for group in groups for place in group.columns.values()}
    left = [
        text for place, text in enumerate(names.printed)
        if place not in used and _FIGURES.search(text.casefold())
    ]  # fmt: skip
    return Heading(rows, groups, tuple(dict.fromkeys(left)))


def _groups(names: _Names) -> tuple[Group, ...]:
    """The complete groups, in the order of the table. A target without a period is that of every period."""
    shared = _of(names, "")
    common = {key: place for key, place in shared.items() if key not in _OF_A_PERIOD}
    is_whole = shared.keys() >= REQUIRED.keys()
    periods = list(dict.fromkeys(filter(None, names.periods)))
    if is_whole and len(periods) == 1 and "target" not in (only := _of(names, periods[0])) and "actual" not in only:
        # Only the achievement is headed by its year.
        shared = only | shared
    found = [Group(shared)] if is_whole else []
    for period in periods:
        own = {key: place for key, place in _of(names, period).items() if key in _OF_A_PERIOD}
        if "target" not in own and "target" in shared and not is_whole:
            own["target"] = shared["target"]
        if {"target", "actual"} <= own.keys():
            found.append(Group(common | own, period))
    whole = [group for group in found if group.columns.keys() >= REQUIRED.keys()]
    if len(whole) == 1:
        whole = [Group(shared | whole[0].columns, whole[0].period)]
    return tuple(whole)


def _of(names: _Names, period: str) -> dict[str, int]:
    own = [name if said == period else "" for name, said in zip(names.names, names.periods, strict=True)]
    return columns_of(own)


def _single(row: Sequence[Cell]) -> _Names:
    found = _Names()
    for cell in row:
        _add(found, plain(cell), period_in(plain(cell)), str(cell))
    return found


def _double(upper: Sequence[Cell], lower: Sequence[Cell]) -> _Names:
    """What stands above goes on to the right, as a merged cell does, but not over a column that it names alone."""
    found, over = _Names(), ""
    for above, below in zip(map(str, upper), map(str, lower), strict=True):
        over = above if above else over if below else ""
        high, low = plain(over), plain(below)
        period = period_in(f"{high} {low}")
        if not low:
            name, over = high, ""
        elif _kind(low) and not _BUDGET.search(high):
            name, period = low, period or ("" if _kind(high) else high)
        else:
            name = f"{high} {low}".strip()
        _add(found, name, period, f"{above or over} {below}".strip())
    return found


def _add(found: _Names, name: str, period: str, printed: str) -> None:
    found.names.append(" ".join(PERIOD_NAMED.sub(" ", name).split()) if period else name)
    found.periods.append(period)
    found.printed.append(" ".join(printed.split()))


def _is_second(row: Sequence[Cell]) -> bool:
    """Whether a row can be the lower half of a heading: nothing but names of columns, and periods."""
    names = [plain(cell) for cell in row if cell != ""]
    return len(names) > 1 and all(
        _kind(name) or _BUDGET.search(name) or not PERIOD_NAMED.sub("", name).strip() for name in names
    )


def _kind(name: str) -> str:
    bare = " ".join(PERIOD_NAMED.sub(" ", name).split())
    return next(iter(columns_of([bare])), "") if bare else ""


def plain(cell: Cell) -> str:
    return " ".join(str(cell).split()).casefold()


def period_in(name: str) -> str:
    """The period that a heading names, always in the same writing: "TW I 2024" for "triwulan 1 tahun 2024"."""
    found = dict.fromkeys(_written(match) for match in PERIOD_NAMED.finditer(name))
    return " ".join(sorted(found, key=str.isdigit))


def _written(match: re.Match[str]) -> str:
    if not match["part"]:
        return match["month"].capitalize() if match["month"] else match["year"]
    word = "TW" if match["part"][0] == "t" else "Semester"
    number = {"1": "I", "2": "II", "3": "III", "4": "IV"}.get(match["no"], match["no"].upper())
    return f"{word} {number}"


def columns_of(row: Sequence[Cell]) -> dict[str, int]:
    """A column by its name; else by its name without year and brackets, or one that begins with it."""
    exact = [plain(cell) for cell in row]
    bare = [" ".join(_BESIDE.sub(" ", name).split()) for name in exact]
    found: dict[str, int] = {}
    for key, aliases in COLUMNS.items():
        places = [names.index(alias) for names in (exact, bare) for alias in aliases if alias in names]
        places += [
            place for alias in aliases[:1] for place, name in enumerate(bare)
            if name.startswith(f"{alias} ") and "anggaran" not in name and key != "unit"
        ]  # fmt: skip
        if free := [place for place in places if place not in found.values()]:
            found[key] = free[0]
    return found
