"""Invented people: names put together from parts, NIP made by rule. Nobody real is meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count

from runut.lib.nip import synthetic_nip

_FIRST = (
    "Ratna", "Bagas", "Sulastri", "Hendro", "Wening", "Darma", "Puspita", "Galih", "Lestari", "Teguh", "Maya",
    "Satria", "Kinanti", "Yoga", "Arum", "Bimo", "Sekar", "Panji", "Laras", "Wira", "Dewanti", "Rangga", "Tiara",
)  # fmt: skip
_LAST = (
    "Contohwati", "Misalnya", "Peragawan", "Ilustrasi", "Purwarupa", "Simulanto", "Cobaningrum", "Latihanto",
    "Demowati", "Umpamawan", "Rekawati", "Gambaranto", "Tiruan", "Modelina", "Praktikno", "Sampelwati", "Andaikan",
)  # fmt: skip
_DEGREES = ("S.Sos.", "S.E.", "S.IP.", "A.Md.", "S.H.", "S.Kom.", "M.Si.", "M.M.")


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    title_back: str
    nip: str
    female: bool


def invented_people() -> Iterator[Person]:
    """An endless row of people, always the same, no two alike in NIP."""
    for no in count():
        first, last = _FIRST[no % len(_FIRST)], _LAST[(no * 5 + no // len(_FIRST)) % len(_LAST)]
        born = date(1968 + no % 25, 1 + no % 12, 1 + no % 28)
        female = no % 2 == 0
        nip = synthetic_nip(born, (born.year + 24, 1 + (no // 25) % 12), 2 if female else 1, 900 + no % 100)
        yield Person(f"{first} {last}", _DEGREES[no % len(_DEGREES)], nip, female)
