"""Programs, activities and sub-activities: their codes, who answers for them, their money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.lib.dates import short_date
from runut.lib.errors import Refused
from runut.lib.numbers import format_rupiah
from runut.organisation.models import Office, Pegawai, Unit
from runut.organisation.permissions import Actor
from runut.planning.models import Budget, Kegiatan, Sasaran, Stakeholder
from runut.planning.permissions import check_keeps
from runut.planning.rules import depth_of, overspent, parent_code


@dataclass(frozen=True, slots=True)
class Named:
    """What an activity is called, whose it is, and (a program) which objective it serves."""

    name: str
    unit: Unit | None = None
    sasaran: Sasaran | None = None


@transaction.atomic
def define_activity(*, office: Office, code: str, nomenclature: str, named: Named, by: Actor | None) -> Kegiatan:
    """A program, kegiatan or sub kegiatan; its code says which, and under what it lies, which must be there."""
    check_keeps(by, office.pk)
    code = code.strip().upper()
    depth, above = depth_of(code, nomenclature), parent_code(code)
    if above and not Kegiatan.objects.filter(office=office, code=above).exists():
        sentence = _("Tambahkan dulu %(above)s: di bawahnya %(code)s berada.")
        raise Refused(sentence % {"above": above, "code": code}, code="code")
    _check_of_office(office.pk, named)
    kegiatan = Kegiatan(
        instansi_id=office.instansi_id, office=office, code=code, level=depth, nomenclature=nomenclature,
        name=named.name.strip(), unit=named.unit, sasaran=named.sasaran,
    )  # fmt: skip
    try:
        with transaction.atomic():
            kegiatan.save()
    except IntegrityError as error:
        raise Refused(_("Kode %(code)s sudah ada di kantor ini.") % {"code": code}, code="code") from error
    record("activity.defined", subject=kegiatan, by=by, after=_told(kegiatan))
    return kegiatan


@transaction.atomic
def change_activity(*, kegiatan: Kegiatan, named: Named, by: Actor | None) -> None:
    """Another name, unit or objective; the code stays."""
    check_keeps(by, kegiatan.office_id)
    _check_of_office(kegiatan.office_id, named)
    kegiatan = Kegiatan.objects.select_for_update().get(pk=kegiatan.pk)
    before = _told(kegiatan)
    kegiatan.name, kegiatan.unit, kegiatan.sasaran = named.name.strip(), named.unit, named.sasaran
    if _told(kegiatan) == before:
        return
    kegiatan.save(update_fields=["name", "unit", "sasaran"])
    record("activity.changed", subject=kegiatan, by=by, before=before, after=_told(kegiatan))


@transaction.atomic
def set_budget(
    *, kegiatan: Kegiatan, year: int, amounts: Mapping[int, Decimal], basis: str, by: Actor | None, why_over: str = ""
) -> list[Budget]:
    """Write what changes of a year's money: quarter 0 the ceiling, 1 to 4 what was spent until then.

    A ceiling that changes needs its basis (DPPA). What was spent until a quarter is not less than until the one before.
    why_over: why more was spent than was given; asked for where that is so.
    """
    check_keeps(by, kegiatan.office_id)
    Kegiatan.objects.select_for_update().get(pk=kegiatan.pk)
    known = {row.quarter: row for row in Budget.objects.filter(kegiatan=kegiatan, year=year).order_by("no")}
    changed = {q: amount for q, amount in amounts.items() if q not in known or known[q].amount != amount}
    if 0 in changed and 0 in known and not basis.strip():
        raise Refused(_("Pagu yang sudah ditetapkan hanya berubah dengan dasar: tulis DPPA-nya."), code="basis")
    whole = {q: row.amount for q, row in known.items()} | dict(changed)
    _check_rising(whole)
    over = overspent(whole) if any(changed) or (0 in changed and not basis.strip()) else None
    if over is not None and not why_over.strip():
        words = {"spent": format_rupiah(over[0], 0), "ceiling": format_rupiah(over[1], 0)}
        sentence = _(
            "Realisasi %(spent)s melebihi pagu %(ceiling)s. Periksa angkanya; bila memang benar, tulis alasannya."
        )
        raise Refused(sentence % words, code="why_over")
    rows = [
        Budget.objects.create(
            instansi_id=kegiatan.instansi_id, kegiatan=kegiatan, year=year, quarter=quarter,
            no=known[quarter].no + 1 if quarter in known else 1, amount=amount, basis=basis.strip(),
        )
        for quarter, amount in sorted(changed.items())
    ]  # fmt: skip
    if rows:
        before = {f"{year}/{q}": str(known[q].amount) for q in changed if q in known}
        after = {f"{year}/{row.quarter}": str(row.amount) for row in rows}
        after |= {"why_over": why_over.strip()} if over is not None else {}
        record("activity.budget_set", subject=kegiatan, by=by, before=before, after=after, reason=basis.strip())
    return rows


@transaction.atomic
def appoint(*, kegiatan: Kegiatan, pegawai: Pegawai, start: date, decree: str, by: Actor | None) -> Stakeholder:
    """The PPTK from a day on. Who answered for it until then does so until the day before."""
    check_keeps(by, kegiatan.office_id)
    Kegiatan.objects.select_for_update().get(pk=kegiatan.pk)
    if pegawai.office_id != kegiatan.office_id or pegawai.left_on is not None:
        raise Refused(_("Pilih pegawai yang masih bertugas di kantor ini."), code="pegawai")
    now = Stakeholder.objects.filter(Q(end__isnull=True) | Q(end__gte=start), kegiatan=kegiatan)
    late = now.filter(start__gte=start).order_by("-start").first()
    if late is not None:
        sentence = _("PPTK sekarang mulai %(day)s. Pilih tanggal sesudahnya.")
        raise Refused(sentence % {"day": short_date(late.start)}, code="start")
    before = {"pegawai": [row.pegawai_id for row in now]}
    now.update(end=start - timedelta(days=1))
    made = Stakeholder.objects.create(
        instansi_id=kegiatan.instansi_id, kegiatan=kegiatan, pegawai=pegawai, start=start, decree_number=decree.strip()
    )
    after = {"pegawai": [pegawai.pk], "start": start, "decree": made.decree_number}
    record("activity.appointed", subject=kegiatan, by=by, before=before, after=after)
    return made


def _check_rising(amounts: Mapping[int, Decimal]) -> None:
    spent = [amounts[quarter] for quarter in (1, 2, 3, 4) if quarter in amounts]
    if any(later < earlier for earlier, later in pairwise(spent)):
        sentence = _(
            "Realisasi ditulis sejak Januari sampai akhir triwulan, jadi tidak lebih kecil dari triwulan sebelumnya."
        )
        raise Refused(sentence, code="spent")


def _check_of_office(office_id: int, named: Named) -> None:
    if named.unit is not None and named.unit.office_id != office_id:
        raise Refused(_("Pilih unit dari kantor ini."), code="unit")
    if named.sasaran is not None and named.sasaran.plan.office_id != office_id:
        raise Refused(_("Pilih sasaran dari kantor ini."), code="sasaran")


def _told(kegiatan: Kegiatan) -> dict[str, object]:
    return {name: getattr(kegiatan, name) for name in ("code", "name", "unit_id", "sasaran_id")}
