"""The rows of the dictionary's table, taken batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from runut.lib.codes import same_code
from runut.lib.dates import read_date, short_date
from runut.lib.errors import Refused
from runut.lib.imports import Faults, read_under
from runut.lib.nip import read_nip
from runut.organisation.actions.known import (
    Cells,
    Taken,
    Taker,
    known_row,
    people_by_nip,
    person_of,
    position_of,
    positions_by_code,
    rows_by_key,
    unit_of,
    units_by_code,
)
from runut.organisation.actions.told import Stood, belongs, changes, stood
from runut.organisation.models import Jabatan, Office, Unit
from runut.organisation.permissions import Actor
from runut.planning.actions.definitions import UNITS, changed, definition, heading, told
from runut.planning.actions.indicators import (
    Hangs,
    Place,
    check_reason,
    define_indicator,
    hang_indicator,
    revise_indicator,
)
from runut.planning.actions.known import (
    activities_by_code,
    goal_of,
    goals_by_text,
    indicators_by_code,
    indicators_of,
    latest_versions,
    objective_of,
    objectives_by_text,
)
from runut.planning.models import (
    Indicator,
    IndicatorVersion,
    Kegiatan,
)

T = TypeVar("T")


class Indicators(Taker):
    """The dictionary: new indicators, and new versions of those that are there."""

    def __init__(self, office: Office, rows: Sequence[Cells]) -> None:
        super().__init__(office, rows)
        self.units = units_by_code(office, self.named(*UNITS))
        self.people = people_by_nip(office, self.named("nip"))
        self.objectives = objectives_by_text(office, self.named("sasaran"))
        self.activities = activities_by_code(office, self.named("kegiatan"))
        self.goals = goals_by_text(office, self.named("tujuan"))
        self.posts = positions_by_code(office, self.named("jabatan"))
        self.indicators = indicators_by_code(office, self.named("code", "serves"))
        self.keyed = rows_by_key(office, indicators_of(office), self.named("key"))
        self.versions = latest_versions(office, self.named("code"))

    def take(self, cells: Cells, by: Actor) -> Taken:
        code, name, faults = cells["code"], cells["name"], Faults()
        known = self._known(cells)
        says = faults.of(definition, cells, partial(self._unit_of, self.versions.get(code)), self.versions.get(code))
        hangs = self._hangs(cells, known, faults)
        if known is not None:
            faults.of(_check_reporter, known, cells)
            faults.settle()
            assert says is not None
            return self._revised(known, says, hangs, cells, by)
        unit = faults.of(unit_of, self.units, cells.get("unit", ""))
        person = faults.of(person_of, self.people, cells.get("nip", ""))
        if bool(cells.get("unit")) == bool(cells.get("nip")):
            faults.add(_("Isi satu: kode unit atau NIP yang melaporkannya."))
        if cells.get("reason"):
            faults.add(_("Indikator ini baru, jadi belum ada yang berubah: kosongkan Sebab perubahan."))
        faults.settle()
        assert says is not None

        def act() -> None:
            start = read_date(cells["start"]) if cells.get("start") else _usual_start()
            place = Place(code, start, hangs, unit=unit, pegawai=person)
            made = define_indicator(office=self.office, place=place, particulars=says, by=by, code_is_free=True)
            self.indicators.put(code, made)

        hung = ((word, getattr(hangs, field)) for field, word in _hung())
        usual = "" if cells.get("start") else short_date(_usual_start())
        where = belongs((_("Dilaporkan oleh"), unit or person), *hung, (_("Mulai berlaku"), usual))
        return Taken(name, "new", where, act)

    def _known(self, cells: Cells) -> Indicator | None:
        """The indicator that is there. Its code stays: what was measured and promised is known by it."""
        found = known_row(self.keyed, cells, self.indicators.get(cells["code"]))
        if found is not None and not same_code(found.code, cells["code"]):
            sentence = _(
                "Baris ini tadinya %(code)s; kode indikator tidak diganti lewat tabel. Kembalikan kodenya; indikator "
                "baru ditulis di baris kosong."
            )
            raise Refused(sentence % {"code": found.code})
        return found

    def _hangs(self, cells: Cells, known: Indicator | None, faults: Faults) -> Hangs:
        """Where the row hangs it; a column that is not there says nothing."""

        def said(name: str, read: Callable[[str], T]) -> T | None:
            return faults.of(read, cells[name]) if name in cells else getattr(known, name, None)

        return Hangs(
            said("tujuan", lambda text: goal_of(self.goals, text, known)),
            said("sasaran", lambda text: objective_of(self.objectives, text, known)),
            said("kegiatan", self._activity_of),
            said("serves", self._served_by),
            said("jabatan", lambda code: self._post_of(code, known)),
        )

    def _served_by(self, code: str) -> Indicator | None:
        if not code:
            return None
        if (found := self.indicators.get(code)) is None:
            raise Refused(
                _("Indikator yang didukung, %(code)s, tidak ada. Tulis di baris di atasnya.") % {"code": code}
            )
        return found

    def _post_of(self, code: str, known: Indicator | None) -> Jabatan | None:
        """The open position with this code, or the one that answers for it already."""
        kept = known.jabatan if known is not None else None
        return kept if kept is not None and same_code(kept.code, code) else position_of(self.posts, code)

    def _unit_of(self, last: IndicatorVersion | None, code: str) -> Unit | None:
        """The open unit with this code, or the one that the definition names already."""
        named = (last.keeper, last.supplier) if last is not None else ()
        return next((unit for unit in named if unit is not None and same_code(unit.code, code)), None) or unit_of(
            self.units, code
        )

    def _activity_of(self, code: str) -> Kegiatan | None:
        if not code:
            return None
        if (found := self.activities.get(code)) is None:
            raise Refused(_("Kode kegiatan %(code)s tidak ada. Impor programnya dahulu.") % {"code": code})
        return found

    def _revised(self, known: Indicator, says: dict[str, object], hangs: Hangs, cells: Cells, by: Actor) -> Taken:
        """What the row changes about an indicator that is there."""
        last = self.versions.get(known.code)
        assert last is not None, "an indicator has a version from its first day on"
        moved = any(getattr(known, field) != getattr(hangs, field) for field, _word in _hung())
        revised, reason = changed(last, says), cells.get("reason", "")
        # The contact is no part of what is measured: it changes without a day and a reason.
        is_new = bool(set(revised) - {"contact"} or (revised and last.is_over))
        # What is wrong with the day is said by the act: first it is asked whether the definition still is what it was.
        faults = Faults()
        start = faults.of(_from, cells, last, reason) if is_new else faults.of(_check_stays, cells, last)

        def act() -> None:
            faults.settle()
            assert start is not None
            if moved:
                hang_indicator(indicator=known, hangs=hangs, by=by)
            if revised:
                revise_indicator(indicator=known, start=start, reason=reason, particulars=revised, by=by, seen=last.no)

        if not (moved or revised or faults.sentences):
            return Taken(cells["name"], "same")
        words = changes(
            *((word, getattr(known, field), getattr(hangs, field)) for field, word in _hung()),
            *((heading(field), told(field, getattr(last, field)), told(field, revised[field])) for field in revised),
        )  # fmt: skip
        if is_new and start is not None:
            words += "\n" + belongs((_("Mulai berlaku"), short_date(start)), (_("Sebab perubahan"), reason))
        stands = _stood(known, last, [field for field, _word in _hung() if field in cells], says)
        return Taken(cells["name"], "changed", words, act, about=known, stood=stands)


def _usual_start() -> date:
    """From when a new one holds whose row does not say it."""
    return timezone.localdate().replace(month=1, day=1)


def _hung() -> tuple[tuple[str, str], ...]:
    """Where an indicator may hang, and what that is called."""
    return (
        ("tujuan", _("Tujuan")), ("sasaran", _("Sasaran")), ("kegiatan", _("Kegiatan")),
        ("serves", _("Mendukung indikator")), ("jabatan", _("Jabatan penanggung jawab")),
    )  # fmt: skip


def _stood(known: Indicator, last: IndicatorVersion, hung: Iterable[str], says: Iterable[str]) -> Stood:
    """What the indicator and its definition say now of what a row says."""
    words = dict(_hung())
    return stood(
        [
            (_("Mulai berlaku"), short_date(last.start)), *((words[field], getattr(known, field)) for field in hung),
            *((heading(field), told(field, getattr(last, field))) for field in says),
        ]
    )  # fmt: skip


def _check_reporter(known: Indicator, cells: Cells) -> None:
    """Refused where the row says that somebody else reports the indicator: what was measured stays with its own."""
    said, whose = cells.get("unit", ""), known.unit.code if known.unit else ""
    nip, own = cells.get("nip", ""), known.pegawai.nip if known.pegawai else ""
    if (said and not same_code(said, whose)) or (nip and read_nip(nip).digits != own):
        sentence = _("Indikator ini dilaporkan oleh %(who)s; pelapornya tidak diganti lewat tabel. Kosongkan selnya.")
        raise Refused(sentence % {"who": known.unit or known.pegawai})


def _check_stays(cells: Cells, last: IndicatorVersion) -> date:
    """Refused where a row whose definition stays says another day or another reason than its version has."""
    start = read_date(cells["start"]) if cells.get("start") else last.start
    reason = cells.get("reason") or last.revision_reason
    if last.end is not None and start > last.end:
        sentence = _("Indikator ini berakhir %(day)s. Memberlakukannya lagi: tekan Berlakukan lagi di halamannya.")
        raise Refused(sentence % {"day": short_date(last.end)})
    if start != last.start or " ".join(last.revision_reason.split()) != " ".join(reason.split()):
        sentence = _(
            "Definisinya sama dengan versi sekarang, yang berlaku mulai %(day)s. Mulai berlaku dan Sebab perubahan "
            "hanya menyertai definisi yang berubah, bukan Narahubung saja: kembalikan atau kosongkan selnya."
        )
        raise Refused(sentence % {"day": short_date(last.start)})
    return start


def _from(cells: Cells, last: IndicatorVersion, reason: str) -> date:
    """From when a change holds. Refused with everything that is missing: a day after the version's, and a reason."""
    faults = Faults()
    start = faults.of(read_date, cells["start"]) if cells.get("start") else timezone.localdate()
    if start is not None and last.end is not None and start <= last.end:
        sentence = _("Indikator ini berakhir %(day)s: isi Mulai berlaku dengan tanggal sesudahnya.")
        faults.add(sentence % {"day": short_date(last.end)})
    elif start is not None and start <= last.start:
        faults.add(_("Definisinya berubah: isi Mulai berlaku dengan tanggal sesudah versi sekarang dimulai."))
    faults.of(read_under, "Sebab perubahan", check_reason, reason)
    faults.settle()
    assert start is not None
    return start
