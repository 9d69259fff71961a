"""How a demonstration office is described: units, positions, indicators, procedures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class UnitSpec:
    """A unit; `under` is the code of the one it is a part of."""

    code: str
    name: str
    supplies: bool = False
    under: str = ""


@dataclass(frozen=True, slots=True)
class JobSpec:
    """A position. `above` is the code of the superior position; `people` how many hold it."""

    code: str
    name: str
    short: str
    kind: str
    unit: str
    above: str = ""
    heads_office: bool = False
    heads_unit: bool = False
    people: int = 1
    rank: str = "Penata Tingkat I"


@dataclass(frozen=True, slots=True)
class IndicatorSpec:
    """An indicator of a unit, or of everybody who holds a position (`job`).

    targets and actuals: a number per quarter, as text so that no digit is lost; "" is not measured.
    """

    code: str
    name: str
    measure: str
    unit: str = ""
    job: str = ""
    negative: bool = False
    # Its quarters add up to the year.
    adds_up: bool = False
    annual: str = ""
    targets: tuple[str, str, str, str] = ("", "", "", "")
    actuals: tuple[str, str, str, str] = ("", "", "", "")
    sasaran: int = 1
    kegiatan: str = ""
    scale: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MeaningSpec:
    """What an indicator counts, how, out of what, and what is to be attached."""

    definition: str
    formula: str
    source: str
    evidence: str


@dataclass(frozen=True, slots=True)
class KegiatanSpec:
    """An activity by its national code, the unit it belongs to, the position of its PPTK, its money.

    ceiling: rupiah of a year. spent: per cent of it until the end of each quarter that has passed.
    """

    code: str
    name: str
    unit: str
    pptk: str
    ceiling: int = 0
    spent: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgramSpec:
    """A program by its national code, and the number of the objective it serves."""

    code: str
    name: str
    sasaran: int = 1


@dataclass(frozen=True, slots=True)
class OfficeSpec:
    """sops: library file -> slot -> codes of the positions that stand in it. coordinates: the other offices."""

    key: str
    instansi: str
    name: str
    short: str
    kind: str
    code: str
    number_code: str
    place: str
    zone: str
    units: tuple[UnitSpec, ...]
    jobs: tuple[JobSpec, ...]
    sasaran: tuple[str, ...]
    kegiatan: tuple[KegiatanSpec, ...]
    indicators: tuple[IndicatorSpec, ...]
    sops: Mapping[str, Mapping[str, tuple[str, ...]]]
    tujuan: str = ""
    programs: tuple[ProgramSpec, ...] = ()
    address: str = ""
    terms: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    coordinates: bool = False


INSTANSI = {
    "majapura": ("MJP", "Kabupaten Majapura"),
    "deltasari": ("DLS", "Kabupaten Deltasari"),
    "telukbaru": ("TLB", "Kabupaten Teluk Baru"),
}
