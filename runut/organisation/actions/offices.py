"""Offices and positions."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.lib.errors import Refused
from runut.lib.worktime import DEFAULT_HOURS, RAMADAN_HOURS
from runut.organisation import permissions
from runut.organisation.actions.rows import Changes, change, check_code_free, particulars, save_once
from runut.organisation.models import Instansi, Jabatan, Office, Unit, WorkCalendar
from runut.organisation.permissions import Actor
from runut.organisation.queries import free_slug
from runut.organisation.rules import check_no_cycle, hours_as_text

OFFICE_FIELDS = ("name", "short_name", "address", "phone", "place", "number_code", "terms", "duties_policy")
JABATAN_FIELDS = (
    "code",
    "name",
    "short_name",
    "kind",
    "unit",
    "superior",
    "heads_office",
    "heads_unit",
    "single_holder",
    "closed_on",
)


@transaction.atomic
def create_instansi(*, code: str, name: str, by: Actor | None = None) -> Instansi:
    """Take up a government."""
    permissions.check_can_create_office(by)
    instansi = save_once(
        Instansi(code=code.strip(), name=name.strip()),
        _("Kode %(code)s sudah dipakai pemerintah daerah lain. Pilih kode lain.") % {"code": code},
    )
    record("instansi.created", subject=instansi, by=by, after={"code": instansi.code, "name": instansi.name})
    return instansi


@transaction.atomic
def create_office(
    *,
    instansi: Instansi,
    code: str,
    name: str,
    kind: str,
    by: Actor | None,
    short_name: str = "",
    zone: str = "Asia/Jakarta",
    address: str = "",
    phone: str = "",
    place: str = "",
    number_code: str = "",
) -> Office:
    """Take up an office, with the working hours of Perpres 21/2023 until it says otherwise."""
    permissions.check_can_create_office(by)
    taken = _("Kode atau nama singkat ini sudah dipakai kantor lain. Pilih yang lain.")
    check_code_free(Office.objects.filter(instansi=instansi), code, taken)
    office = save_once(
        Office(
            instansi=instansi,
            code=code.strip(),
            slug=free_slug(instansi, name=short_name or name, code=code),
            name=name.strip(),
            short_name=short_name.strip() or name.strip()[:60],
            kind=kind,
            address=address,
            phone=phone,
            place=place,
            number_code=number_code,
        ),
        taken,
    )
    _give_hours(office, zone)
    record("office.created", subject=office, by=by, after={**particulars(office, OFFICE_FIELDS), "zone": zone})
    return office


def _give_hours(office: Office, zone: str) -> None:
    WorkCalendar.objects.create(
        instansi=office.instansi,
        office=office,
        zone=zone,
        hours=hours_as_text(DEFAULT_HOURS),
        ramadan_hours=hours_as_text(RAMADAN_HOURS),
    )


@transaction.atomic
def update_office(*, office: Office, changes: Changes, by: Actor | None, basis: str = "") -> Office:
    """Change what its papers say, its words and its policy. Refused for another policy without its basis."""
    office = Office.objects.select_for_update().get(pk=office.pk)
    permissions.check_can_manage(by, office.pk)
    if changes.get("duties_policy", office.duties_policy) != office.duties_policy and not basis.strip():
        raise Refused(_("Tulis dasar perubahan aturan rangkap wewenang, misalnya nomor SK."), code="basis")
    before, after = change(office, changes, OFFICE_FIELDS, _("Data kantor ini bertabrakan dengan kantor lain."))
    record("office.updated", subject=office, by=by, before=before, after=after, reason=basis.strip())
    return office


@transaction.atomic
def mark_coordinating(*, office: Office, coordinates: bool, by: Actor | None) -> Office:
    """Let those who work in the office see how far all offices of its government are, or no longer."""
    office = Office.objects.select_for_update().get(pk=office.pk)
    permissions.check_can_mark_coordinating(by)
    before, after = change(office, {"coordinates": coordinates}, ("coordinates",), "")
    if not after:
        raise Refused(_("%(office)s sudah tercatat demikian.") % {"office": office}, code="same")
    record("office.coordination_changed", subject=office, by=by, before=before, after=after)
    return office


@transaction.atomic
def create_jabatan(
    *,
    office: Office,
    code: str,
    name: str,
    kind: str,
    by: Actor | None,
    unit: Unit | None = None,
    superior: Jabatan | None = None,
    short_name: str = "",
    heads_office: bool = False,
    heads_unit: bool = False,
    single_holder: bool = True,
    code_is_free: bool = False,
) -> Jabatan:
    """code_is_free: whoever calls has looked for the code, as a table does for many rows at once."""
    permissions.check_can_manage(by, office.pk)
    _check_one_head(office.pk, heads_office=heads_office)
    if not code_is_free:
        check_code_free(Jabatan.objects.filter(office=office), code, _jabatan_taken(code))
    jabatan = save_once(
        Jabatan(
            instansi_id=office.instansi_id,
            office=office,
            unit=unit,
            superior=superior,
            code=code.strip(),
            name=name.strip(),
            short_name=short_name.strip(),
            kind=kind,
            heads_office=heads_office,
            heads_unit=heads_unit,
            single_holder=single_holder,
        ),
        _jabatan_taken(code),
    )
    record("jabatan.created", subject=jabatan, by=by, after=particulars(jabatan, JABATAN_FIELDS))
    return jabatan


@transaction.atomic
def update_jabatan(*, jabatan: Jabatan, changes: Changes, by: Actor | None) -> Jabatan:
    """Change a position; what it is called on things already signed stays as it was."""
    jabatan = Jabatan.objects.select_for_update().get(pk=jabatan.pk)
    permissions.check_can_manage(by, jabatan.office_id)
    _check_one_head(jabatan.office_id, heads_office=changes.get("heads_office") is True, but=jabatan.pk)
    code = changes.get("code", jabatan.code)
    check_code_free(Jabatan.objects.filter(office_id=jabatan.office_id), code, _jabatan_taken(code), jabatan.code)
    before, after = change(jabatan, changes, JABATAN_FIELDS, _jabatan_taken(code))
    check_no_cycle(
        jabatan.pk, dict(Jabatan.objects.filter(office_id=jabatan.office_id).values_list("pk", "superior_id"))
    )
    if "single_holder" in after:
        _keep_holders_exclusive(jabatan)
    record("jabatan.updated", subject=jabatan, by=by, before=before, after=after)
    return jabatan


def _keep_holders_exclusive(jabatan: Jabatan) -> None:
    for held in jabatan.assignments.exclude(exclusive=jabatan.single_holder):
        held.exclusive = jabatan.single_holder
        save_once(
            held,
            _("Jabatan ini masih dipegang lebih dari satu orang. Tutup dahulu salah satu penugasannya."),
            update_fields=["exclusive"],
        )


def _check_one_head(office_id: int, *, heads_office: bool, but: int | None = None) -> None:
    if not heads_office:
        return
    head = Jabatan.objects.filter(office_id=office_id, heads_office=True).exclude(pk=but or 0).first()
    if head is not None:
        raise Refused(
            _("Kantor ini sudah dipimpin oleh jabatan %(name)s. Ubah dahulu jabatan itu.") % {"name": head.name},
            code="head",
        )


def _jabatan_taken(code: object) -> str:
    return _("Kode %(code)s sudah dipakai jabatan lain di kantor ini. Pilih kode lain.") % {"code": code}
