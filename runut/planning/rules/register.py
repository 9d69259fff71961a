"""Which planning documents an office should have for a year, and which of them are missing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

# Of the office as a whole (Perpres 29/2014 art. 5-12; the SK of the team by the offices' own SOP).
OF_OFFICE = ("renstra", "cascading", "iku", "renja", "dpa", "pk", "rencana_aksi", "sk_tim")
# Of every civil servant (PermenPANRB 53/2014, Permenpan RB 6/2022).
OF_PEOPLE = ("pk_individu", "iki", "rencana_aksi_individu")


@dataclass(frozen=True, slots=True)
class Held:
    """A registered document: its kind, the years it counts for, and whose it is (None: the office's)."""

    kind: str
    year: int
    last_year: int
    pegawai: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How complete one kind is in one year: how many there are, of how many there should be."""

    kind: str
    found: int
    wanted: int
    lacking: tuple[int, ...] = ()

    @property
    def is_complete(self) -> bool:
        return self.found >= self.wanted


def standing(held: Sequence[Held], year: int, people: Collection[int]) -> list[Standing]:
    """Kind by kind. people: ids of those who must each have the documents of a person."""
    now = [one for one in held if one.year <= year <= one.last_year]
    of_office = {one.kind for one in now if one.pegawai is None}
    owners: Mapping[str, set[int]] = {
        kind: {one.pegawai for one in now if one.kind == kind and one.pegawai is not None} for kind in OF_PEOPLE
    }
    found = [Standing(kind, int(kind in of_office), 1) for kind in OF_OFFICE]
    for kind in OF_PEOPLE:
        lacking = tuple(sorted(set(people) - owners[kind]))
        found.append(Standing(kind, len(people) - len(lacking), len(people), lacking))
    return found
