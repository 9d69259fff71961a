"""The dictionary: an indicator is defined once and revised in versions; what was measured keeps its version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Model, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.lib.dates import short_date
from runut.lib.errors import Refused
from runut.organisation.actions.rows import check_code_free
from runut.organisation.models import Jabatan, Office, Pegawai, Unit
from runut.organisation.permissions import Actor
from runut.planning.models import Indicator, IndicatorVersion, Kegiatan, Level, Sasaran, Tujuan
from runut.planning.permissions import check_keeps
from runut.planning.rules import CHOSEN, FIELDS, UNITS, written_scale


@dataclass(frozen=True, slots=True)
class Hangs:
    """What an indicator shows the success of: a goal, an objective, an activity (beside an objective: the one that
    feeds it); which indicator above it serves; and the position that answers for it."""

    tujuan: Tujuan | None = None
    sasaran: Sasaran | None = None
    kegiatan: Kegiatan | None = None
    serves: Indicator | None = None
    jabatan: Jabatan | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a new indicator hangs, who reports it (a unit or a pegawai), and from when it holds."""

    code: str
    start: date
    hangs: Hangs = Hangs()
    unit: Unit | None = None
    pegawai: Pegawai | None = None

    @property
    def level(self) -> str:
        return Level.INDIVIDUAL if self.pegawai else level_of(self.hangs)


def level_of(hangs: Hangs) -> str:
    """The level at which an office's indicator is read, by the nearest to the goal that it hangs on."""
    if hangs.tujuan is not None:
        return Level.TUJUAN
    if hangs.sasaran is None and hangs.kegiatan is not None:
        return str(hangs.kegiatan.level)
    return Level.SASARAN


@transaction.atomic
def define_indicator(
    *,
    office: Office,
    place: Place,
    particulars: Mapping[str, object],
    by: Actor | None,
    code_is_free: bool = False,
) -> Indicator:
    """A new indicator with its first version; `particulars` has keys of FIELDS.

    code_is_free: whoever calls has looked for the code, as a table does for many rows at once.
    """
    check_keeps(by, office.pk)
    _check_of_office(office, place.unit, place.pegawai)
    _check_hangs(office.pk, place.hangs)
    taken = _("Kode %(code)s sudah dipakai indikator lain di kantor ini. Pilih kode lain.") % {"code": place.code}
    if not code_is_free:
        check_code_free(Indicator.objects.filter(office=office), place.code, taken)
    try:
        with transaction.atomic():
            indicator = Indicator.objects.create(
                instansi_id=office.instansi_id, office=office, code=place.code.strip(), level=place.level,
                unit=place.unit, pegawai=place.pegawai, **_hung(place.hangs),
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(taken, code="taken") from error
    version = _write(indicator, 1, place.start, particulars, "")
    record("indicator.defined", subject=indicator, by=by, after=_told(version))
    return indicator


@transaction.atomic
def revise_indicator(
    *,
    indicator: Indicator,
    start: date,
    reason: str,
    particulars: Mapping[str, object],
    by: Actor | None,
    seen: int,
    contact_seen: str | None = None,
) -> IndicatorVersion:
    """A new version from a day on. The one before ends the day before and stays what was measured by it.

    Who is asked about the indicator is no part of what is measured: where only the contact changes it changes at once,
    in the version that there is. One that was ended is in force again from that day on, also with the same definition.
    seen, contact_seen: the number of the version that the page showed, and its contact; Refused (`stale`) when they are
    not the last ones any more.
    """
    check_keeps(by, indicator.office_id)
    indicator = Indicator.objects.select_for_update().get(pk=indicator.pk)
    last = indicator.versions.latest("no")
    _check_seen(last, seen, contact_seen)
    other = {field for field, value in particulars.items() if _plain(getattr(last, field)) != _plain(value)}
    if not other and last.end is None:
        raise Refused(_("Tidak ada yang berubah dari versi sekarang."), code="same")
    if other == {"contact"} and not last.is_over:
        return _change_contact(indicator, last, str(particulars["contact"]), reason, by)
    check_reason(reason)
    _check_start(last, start)
    before = _told(last)
    if last.end is None:
        IndicatorVersion.objects.filter(pk=last.pk).update(end=start - timedelta(days=1))
    kept = {field: getattr(last, field) for field in FIELDS}
    version = _write(indicator, last.no + 1, start, kept | dict(particulars), reason.strip())
    after = _told(version)
    changed = [field for field in after if after[field] != before[field]]
    record(
        "indicator.resumed" if last.end else "indicator.revised", subject=indicator, by=by, reason=reason.strip(),
        before={field: before[field] for field in changed}, after={field: after[field] for field in changed},
    )  # fmt: skip
    return version


@transaction.atomic
def end_indicator(*, indicator: Indicator, last_day: date, reason: str, by: Actor | None) -> None:
    """End an indicator for good. What was measured stays, and forms that are out keep it; periods that end later do
    not ask for it. A new version from a later day on puts it in force again."""
    check_keeps(by, indicator.office_id)
    indicator = Indicator.objects.select_for_update().get(pk=indicator.pk)
    last = indicator.versions.latest("no")
    words = {"code": indicator.code, "start": short_date(last.start), "end": short_date(last.end) if last.end else ""}
    if last_day < last.start:
        sentence = _("%(code)s baru berlaku mulai %(start)s. Pilih tanggal itu atau sesudahnya.")
        raise Refused(sentence % words, code="last_day")
    if last.end is not None and last_day >= last.end:
        sentence = _("%(code)s sudah diakhiri per %(end)s. Memberlakukannya lagi: tekan Berlakukan lagi di halamannya.")
        raise Refused(sentence % words, code="last_day")
    if not reason.strip():
        raise Refused(_("Tulis mengapa indikator ini diakhiri."), code="reason")
    IndicatorVersion.objects.filter(pk=last.pk).update(end=last_day)
    record(
        "indicator.ended", subject=indicator, by=by, reason=reason.strip(), before={"end": last.end},
        after={"end": last_day},
    )  # fmt: skip


def _check_start(last: IndicatorVersion, start: date) -> None:
    """A version begins after the one before, and after the end of one that was ended."""
    if last.end is not None and start <= last.end:
        sentence = _("Indikator ini berakhir %(day)s. Pilih tanggal sesudahnya untuk memberlakukannya lagi.")
        raise Refused(sentence % {"day": short_date(last.end)}, code="start")
    if start <= last.start:
        sentence = _("Perubahan berlaku sesudah versi sekarang dimulai, %(day)s. Pilih tanggal sesudahnya.")
        raise Refused(sentence % {"day": short_date(last.start)}, code="start")


def _check_seen(last: IndicatorVersion, seen: int, contact_seen: str | None) -> None:
    if last.no != seen or contact_seen not in (None, last.contact):
        sentence = _("Definisi ini diubah orang lain sementara itu. Muat ulang halamannya, lalu ubah lagi.")
        raise Refused(sentence, code="stale")


def _plain(value: object) -> object:
    """A page sends other ends of lines than a table."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _change_contact(
    indicator: Indicator, last: IndicatorVersion, contact: str, reason: str, by: Actor | None
) -> IndicatorVersion:
    before, last.contact = last.contact, contact
    now = Q(end__isnull=True) | Q(end__gte=timezone.localdate())
    indicator.versions.filter(now).update(contact=contact)
    record(
        "indicator.contact_changed", subject=indicator, by=by, reason=reason.strip(),
        before={"contact": before}, after={"contact": contact},
    )  # fmt: skip
    return last


def check_reason(reason: str) -> None:
    """A new version says why it is there."""
    if not reason.strip():
        raise Refused(_("Definisinya berubah: tulis alasannya, misalnya Renstra Perubahan 2026."), code="reason")


@transaction.atomic
def hang_indicator(*, indicator: Indicator, hangs: Hangs, by: Actor | None) -> None:
    """Hang an indicator elsewhere in the tree. Its figures and definition stay."""
    check_keeps(by, indicator.office_id)
    indicator = Indicator.objects.select_for_update().get(pk=indicator.pk)
    _check_hangs(indicator.office_id, hangs)
    _check_no_circle(indicator, hangs.serves)
    before = {name: getattr(indicator, f"{name}_id") for name in _hung(hangs)}
    for name, row in _hung(hangs).items():
        setattr(indicator, name, row)
    if indicator.pegawai_id is None:
        indicator.level = level_of(hangs)
    after = {name: getattr(indicator, f"{name}_id") for name in before}
    if after == before:
        return
    indicator.save(update_fields=[*before, "level"])
    record("indicator.hung", subject=indicator, by=by, before=before, after=after)


def _hung(hangs: Hangs) -> dict[str, Model | None]:
    return {name: getattr(hangs, name) for name in ("tujuan", "sasaran", "kegiatan", "serves", "jabatan")}


def _check_hangs(office_id: int, hangs: Hangs) -> None:
    """All of one office, and a goal or an objective, not both."""
    if hangs.tujuan is not None and hangs.sasaran is not None:
        raise Refused(_("Pilih satu: tujuan atau sasaran yang diukur."), code="tujuan")
    offices = {
        "tujuan": hangs.tujuan and hangs.tujuan.plan.office_id,
        "sasaran": hangs.sasaran and hangs.sasaran.plan.office_id,
        "kegiatan": hangs.kegiatan and hangs.kegiatan.office_id, "serves": hangs.serves and hangs.serves.office_id,
        "jabatan": hangs.jabatan and hangs.jabatan.office_id,
    }  # fmt: skip
    for name, found in offices.items():
        if found not in (None, office_id):
            raise Refused(_("Pilih yang ada di kantor ini."), code=name)


def _check_no_circle(indicator: Indicator, serves: Indicator | None) -> None:
    above = dict(Indicator.objects.filter(office=indicator.office_id).values_list("pk", "serves"))
    at = serves.pk if serves else None
    while at is not None:
        if at == indicator.pk:
            raise Refused(_("Indikator tidak dapat mendukung dirinya sendiri atau yang mendukungnya."), code="serves")
        at = above.get(at)


def _write(indicator: Indicator, no: int, start: date, particulars: Mapping[str, object], why: str) -> IndicatorVersion:
    assert not set(particulars) - set(FIELDS), f"not of a version: {sorted(set(particulars) - set(FIELDS))}"
    return IndicatorVersion.objects.create(
        instansi_id=indicator.instansi_id, indicator=indicator, no=no, start=start, revision_reason=why, **particulars
    )


def _told(version: IndicatorVersion) -> dict[str, object]:
    """The version as the log keeps it: choices in words, as the dictionary prints them."""
    told: dict[str, object] = {field: getattr(version, field) for field in FIELDS if field not in UNITS}
    with translation.override("id"):
        told |= {field: str(getattr(version, f"get_{field}_display")()) for field in CHOSEN}
    told["predicate_scale"] = written_scale(version.own_scale)
    told |= {field: getattr(version, f"{field}_id") for field in UNITS}
    return told | {"no": version.no, "start": version.start}


def _check_of_office(office: Office, unit: Unit | None, pegawai: Pegawai | None) -> None:
    if unit is not None and pegawai is not None:
        raise Refused(_("Pilih satu: unit atau pegawai yang melaporkannya."), code="owner")
    stranger = (unit and unit.office_id != office.pk) or (pegawai and pegawai.office_id != office.pk)
    if stranger:
        raise Refused(_("Yang melaporkan harus dari kantor ini."), code="owner")
