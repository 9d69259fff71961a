"""What is known of the things that a batch of rows names: read together, a question each, and kept up as rows are
taken."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.lib.codes import by_code, coded, same_code, with_plain
from runut.lib.errors import Refused
from runut.lib.imports import Column
from runut.lib.nip import read_nip
from runut.organisation.actions.told import Stood
from runut.organisation.models import Assignment, Jabatan, Office, Pegawai, Unit
from runut.organisation.permissions import Actor

Cells = Mapping[str, str]
# By which a row that went out is known when it comes back, whatever became of its name.
KEY = Column("key", "Kunci", form="code", width=12, most=80, hidden=True)
M = TypeVar("M", bound=Model)
K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Taken:
    """What becomes of a row: what it is about, and whether that is new, changed or as it was.

    words: line by line what changes, from what to what; of something new, where it belongs. act: does it; None where
    there is nothing to do. besides: what is made along with it that the table does not name. kept: what stays to be
    read of it once it is done, where that is less than all of it. about: the row that is there; None for something new.
    stood: of each thing that it says, what is kept there now.
    """

    label: str
    state: Literal["new", "changed", "same"]
    words: str = ""
    act: Callable[[], None] | None = None
    besides: str = ""
    kept: str = ""
    about: Model | None = None
    stood: Stood = field(default_factory=list)


class Lookup(Generic[K, V]):
    """Things by a key, all that a batch of rows names read at the first asking."""

    def __init__(self, ask: Callable[[], Mapping[K, V]]) -> None:
        self._ask = ask
        self.found: dict[K, V] | None = None

    def get(self, key: K) -> V | None:
        if self.found is None:
            self.found = dict(self._ask())
        return self.found.get(key)

    def put(self, key: K, value: V) -> None:
        """What a row has made of it."""
        if self.found is not None:
            self.found[key] = value


class Codes(Lookup[str, V]):
    """Things by their code, whatever its capitals."""

    def __init__(self, ask: Callable[[], Mapping[str, V]]) -> None:
        super().__init__(lambda: with_plain(ask()))

    def get(self, key: str) -> V | None:
        if self.found is None:
            super().get(key)
        return by_code(self.found or {}, key)

    def put(self, key: str, value: V) -> None:
        if self.found is not None:
            self.found |= with_plain({key: value})


class Taker(ABC):
    """Takes the rows of one batch. Reading is for all of them at once; each row is then done by an ordinary action."""

    def __init__(self, office: Office, rows: Sequence[Cells]) -> None:
        self.office, self.rows = office, rows

    @abstractmethod
    def take(self, cells: Cells, by: Actor) -> Taken:
        """What becomes of a row; Refused says why it cannot be taken. Nothing is written before its `act`."""

    def named(self, *columns: str) -> set[str]:
        """What stands in these columns, in any of the rows."""
        return {row[column] for row in self.rows for column in columns if row.get(column)}

    def mark(self) -> list[tuple[Lookup[object, object], dict[object, object] | None]]:
        """How things stand, to go back to when a row is rolled back."""
        return [
            (each, None if each.found is None else dict(each.found))
            for each in vars(self).values()
            if isinstance(each, Lookup)
        ]

    def back(self, mark: Iterable[tuple[Lookup[object, object], dict[object, object] | None]]) -> None:
        for each, found in mark:
            each.found = found


def key_of(office: Office, pk: int) -> str:
    """The key of a row of this office; in another one it says nothing."""
    return f"{office.slug}-{pk}"


def rows_by_key(office: Office, rows: QuerySet[M], keys: Collection[str]) -> Lookup[str, M]:
    """One query."""
    own = {key.rpartition("-") for key in keys}
    pks = [int(no) for slug, _dash, no in own if slug == office.slug and no.isascii() and no.isdecimal()]
    return Lookup(lambda: {key_of(office, row.pk): row for row in rows.filter(pk__in=pks)})


def known_row(keyed: Lookup[str, M], cells: Cells, by_code: M | None) -> M | None:
    """What a row is about: the one with its key, else the one with its code. Refused where those are two."""
    key = cells.get(KEY.key, "")
    row = keyed.get(key) if key else None
    if row is None or by_code is None:
        return row or by_code
    if row.pk != by_code.pk:
        sentence = _("Baris ini tadinya %(row)s, tetapi kodenya milik %(other)s. Kembalikan kodenya, atau unduh lagi.")
        raise Refused(sentence % {"row": row, "other": by_code})
    return row


def kept_code(code: str, known: Unit | Jabatan | None) -> str:
    """The code as it is kept: of what is there as it was first written, where only its capitals are others."""
    return known.code if known is not None and same_code(known.code, code) else code


def units_by_code(office: Office, codes: Collection[str]) -> Codes[Unit]:
    """The units with these codes, closed ones too. One query."""
    rows = coded(Unit.objects.filter(office=office), codes).select_related("parent")
    return Codes(lambda: {unit.code: unit for unit in rows})


def positions_by_code(office: Office, codes: Collection[str]) -> Codes[Jabatan]:
    """The positions with these codes, closed ones too. One query."""
    rows = coded(Jabatan.objects.filter(office=office), codes).select_related("unit", "superior")
    return Codes(lambda: {post.code: post for post in rows})


def people_by_nip(office: Office, nips: Collection[str]) -> Lookup[str, Pegawai]:
    """The people with these NIP, as they are written, those who left too. One query."""
    digits = set()
    for nip in nips:
        try:
            digits.add(read_nip(nip).digits)
        except Refused:
            continue
    rows = Pegawai.objects.filter(office=office, nip__in=digits)
    return Lookup(lambda: {person.nip: person for person in rows})


def held_now(nips: Lookup[str, Pegawai]) -> Lookup[int, dict[int, Assignment]]:
    """What each of these people holds today: by the person's key, by the position's. One query."""

    def ask() -> Mapping[int, dict[int, Assignment]]:
        found: dict[int, dict[int, Assignment]] = defaultdict(dict)
        people = [person.pk for person in (nips.found or {}).values()]
        for held in Assignment.objects.in_force(timezone.localdate()).filter(pegawai__in=people).order_by("start"):
            found[held.pegawai_id][held.jabatan_id] = held
        return found

    return Lookup(ask)


def unit_of(units: Lookup[str, Unit], code: str) -> Unit | None:
    """The open unit with this code; None for no code."""
    if not code:
        return None
    found = units.get(code)
    if found is None or found.closed_on is not None:
        raise Refused(_("Unit dengan kode %(code)s tidak ada. Impor unitnya dahulu.") % {"code": code})
    return found


def position_of(positions: Lookup[str, Jabatan], code: str) -> Jabatan | None:
    """The open position with this code; None for no code."""
    if not code:
        return None
    found = positions.get(code)
    if found is None or found.closed_on is not None:
        raise Refused(_("Jabatan dengan kode %(code)s tidak ada. Impor jabatannya dahulu.") % {"code": code})
    return found


def person_of(people: Lookup[str, Pegawai], nip: str) -> Pegawai | None:
    """The person with this NIP; None for no NIP."""
    if not nip:
        return None
    found = people.get(read_nip(nip).digits)
    if found is None or found.left_on is not None:
        raise Refused(_("Tidak ada pegawai kantor ini dengan NIP itu. Impor pegawainya dahulu."))
    return found
