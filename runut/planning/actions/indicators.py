"""The dictionary: an indicator is defined once and revised in versions; what was measured keeps its version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.lib.dates import short_date
from runut.lib.errors import Refused
from runut.organisation.models import Office, Pegawai, Unit
from runut.organisation.permissions import Actor
from runut.planning.models import Indicator, IndicatorVersion, Sasaran
from runut.planning.permissions import check_keeps

CHOSEN = ("kind", "polarity", "method", "value_type", "aggregation", "frequency")
# What a version says.
FIELDS = (
    "name", "unit_of_measure", "kind", "polarity", "method", "value_type", "aggregation", "decimals", "cap", "scale",
    "why", "definition", "formula", "numerator", "denominator", "multiplier", "frequency", "source", "producer",
    "keeper", "contact", "baseline_year", "baseline", "evidence_needed", "links", "publishable", "notes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where a new indicator hangs, who reports it (a unit or a pegawai), and from when it holds."""

    code: str
    level: str
    start: date
    sasaran: Sasaran | None = None
    unit: Unit | None = None
    pegawai: Pegawai | None = None


@transaction.atomic
def define_indicator(*, office: Office, place: Place, particulars: Mapping[str, object], by: Actor | None) -> Indicator:
    """A new indicator with its first version; `particulars` has keys of FIELDS."""
    check_keeps(by, office.pk)
    _check_of_office(office, place.unit, place.pegawai)
    try:
        with transaction.atomic():
            indicator = Indicator.objects.create(
                instansi_id=office.instansi_id, office=office, code=place.code.strip(), level=place.level,
                sasaran=place.sasaran, unit=place.unit, pegawai=place.pegawai,
            )  # fmt: skip
    except IntegrityError as error:
        sentence = _("Kode %(code)s sudah dipakai indikator lain di kantor ini. Pilih kode lain.") % {
            "code": place.code
        }
        raise Refused(sentence, code="taken") from error
    version = _write(indicator, 1, place.start, particulars, "")
    record("indicator.defined", subject=indicator, by=by, after=_told(version))
    return indicator


@transaction.atomic
def revise_indicator(
    *, indicator: Indicator, start: date, reason: str, particulars: Mapping[str, object], by: Actor | None, seen: int
) -> IndicatorVersion:
    """A new version from a day on. The one before ends the day before and stays what was measured by it.

    seen: the number of the version that the page showed; Refused (`stale`) when it is not the last any more.
    """
    check_keeps(by, indicator.office_id)
    indicator = Indicator.objects.select_for_update().get(pk=indicator.pk)
    last = indicator.versions.latest("no")
    if last.no != seen:
        sentence = _("Definisi ini diubah orang lain sementara itu. Muat ulang halamannya, lalu ubah lagi.")
        raise Refused(sentence, code="stale")
    if all(getattr(last, field) == value for field, value in particulars.items()):
        raise Refused(_("Tidak ada yang berubah dari versi sekarang."), code="same")
    if start <= last.start:
        sentence = _("Perubahan berlaku sesudah versi sekarang dimulai, %(day)s. Pilih tanggal sesudahnya.")
        raise Refused(sentence % {"day": short_date(last.start)}, code="start")
    before = _told(last)
    IndicatorVersion.objects.filter(pk=last.pk).update(end=start - timedelta(days=1))
    kept = {field: getattr(last, field) for field in FIELDS}
    version = _write(indicator, last.no + 1, start, kept | dict(particulars), reason.strip())
    after = _told(version)
    changed = [field for field in after if after[field] != before[field]]
    record(
        "indicator.revised", subject=indicator, by=by, reason=reason.strip(),
        before={field: before[field] for field in changed}, after={field: after[field] for field in changed},
    )  # fmt: skip
    return version


def _write(indicator: Indicator, no: int, start: date, particulars: Mapping[str, object], why: str) -> IndicatorVersion:
    assert not set(particulars) - set(FIELDS), f"not of a version: {sorted(set(particulars) - set(FIELDS))}"
    return IndicatorVersion.objects.create(
        instansi_id=indicator.instansi_id, indicator=indicator, no=no, start=start, revision_reason=why, **particulars
    )


def _told(version: IndicatorVersion) -> dict[str, object]:
    """The version as the log keeps it: choices in words, as the dictionary prints them."""
    told: dict[str, object] = {field: getattr(version, field) for field in FIELDS if field != "keeper"}
    with translation.override("id"):
        told |= {field: str(getattr(version, f"get_{field}_display")()) for field in CHOSEN}
    return told | {"keeper": version.keeper_id, "no": version.no, "start": version.start}


def _check_of_office(office: Office, unit: Unit | None, pegawai: Pegawai | None) -> None:
    if unit is not None and pegawai is not None:
        raise Refused(_("Pilih satu: unit atau pegawai yang melaporkannya."), code="owner")
    stranger = (unit and unit.office_id != office.pk) or (pegawai and pegawai.office_id != office.pk)
    if stranger:
        raise Refused(_("Yang melaporkan harus dari kantor ini."), code="owner")
