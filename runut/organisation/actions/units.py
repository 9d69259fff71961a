"""The parts of an office. None is ever deleted: what was reported under it keeps its name."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.lib.errors import Refused
from runut.organisation import permissions
from runut.organisation.actions.rows import Changes, change, check_code_free, particulars, save_once
from runut.organisation.models import Jabatan, Office, Unit
from runut.organisation.permissions import Actor
from runut.organisation.queries import posts_in_use, posts_of, units_below
from runut.organisation.rules import check_no_cycle, check_unit_can_close

UNIT_FIELDS = ("code", "name", "parent", "supplies_data")


@transaction.atomic
def create_unit(
    *,
    office: Office,
    code: str,
    name: str,
    by: Actor | None,
    parent: Unit | None = None,
    supplies_data: bool = False,
    code_is_free: bool = False,
) -> Unit:
    """code_is_free: whoever calls has looked for the code, as a table does for many rows at once."""
    permissions.check_can_manage(by, office.pk)
    _hold(office.pk)
    _check_parent(parent, office.pk)
    if not code_is_free:
        check_code_free(Unit.objects.filter(office=office), code, _taken(code))
    unit = save_once(
        Unit(
            instansi_id=office.instansi_id,
            office=office,
            parent=parent,
            code=code.strip(),
            name=name.strip(),
            supplies_data=supplies_data,
        ),
        _taken(code),
    )
    record("unit.created", subject=unit, by=by, after=particulars(unit, UNIT_FIELDS))
    return unit


@transaction.atomic
def update_unit(*, unit: Unit, changes: Changes, by: Actor | None) -> Unit:
    """Rename a unit, move it under another, or say whether it hands in data."""
    permissions.check_can_manage(by, unit.office_id)
    _hold(unit.office_id)
    unit = Unit.objects.get(pk=unit.pk)
    _check_open(unit)
    _check_parent(changes.get("parent"), unit.office_id)
    code = changes.get("code", unit.code)
    check_code_free(Unit.objects.filter(office_id=unit.office_id), code, _taken(code), unit.code)
    before, after = change(unit, changes, UNIT_FIELDS, _taken(code))
    check_no_cycle(unit.pk, dict(Unit.objects.filter(office_id=unit.office_id).values_list("pk", "parent_id")))
    record("unit.updated", subject=unit, by=by, before=before, after=after)
    return unit


@transaction.atomic
def close_unit(*, unit: Unit, on: date, reason: str, by: Actor | None) -> Unit:
    """End a unit that stands empty; its vacant positions end with it. Its data stay."""
    permissions.check_can_manage(by, unit.office_id)
    _hold(unit.office_id)
    unit = Unit.objects.get(pk=unit.pk)
    _check_open(unit)
    below = units_below(unit).values_list("name", flat=True)
    held = posts_in_use(unit, timezone.localdate()).values_list("name", flat=True)
    check_unit_can_close(on, timezone.localdate(), below=list(below), held=list(held))
    posts = list(posts_of(unit))
    Jabatan.objects.filter(pk__in=[post.pk for post in posts]).update(closed_on=on)
    unit.closed_on = on
    unit.save(update_fields=["closed_on"])
    after = {"closed_on": on, "jabatan": [post.pk for post in posts]}
    record("unit.closed", subject=unit, by=by, before={"closed_on": None}, after=after, reason=reason)
    return unit


@transaction.atomic
def reopen_unit(*, unit: Unit, by: Actor | None) -> Unit:
    """Take back a closing that was a mistake; the positions that ended with the unit come back."""
    permissions.check_can_manage(by, unit.office_id)
    _hold(unit.office_id)
    unit = Unit.objects.select_related("parent").get(pk=unit.pk)
    if unit.closed_on is None:
        raise Refused(_("Unit ini tidak ditutup."), code="open")
    if unit.parent is not None and unit.parent.closed_on is not None:
        raise Refused(_("Unit induknya, %(name)s, masih ditutup. Buka dahulu unit itu.") % {"name": unit.parent.name})
    posts = Jabatan.objects.filter(unit=unit, closed_on=unit.closed_on)
    before = {"closed_on": unit.closed_on}
    after = {"closed_on": None, "jabatan": list(posts.order_by("code").values_list("pk", flat=True))}
    posts.update(closed_on=None)
    unit.closed_on = None
    unit.save(update_fields=["closed_on"])
    record("unit.reopened", subject=unit, by=by, before=before, after=after)
    return unit


def _hold(office_id: int) -> None:
    """One change of an office's tree at a time, so that nothing moves under a unit while it ends."""
    Office.objects.select_for_update().get(pk=office_id)


def _check_open(unit: Unit) -> None:
    if unit.closed_on is not None:
        raise Refused(_("Unit ini sudah ditutup. Buka kembali dahulu dari daftar unit."), code="closed")


def _check_parent(parent: object, office_id: int) -> None:
    if parent is None:
        return
    assert isinstance(parent, Unit)
    if not Unit.objects.filter(pk=parent.pk, office_id=office_id, closed_on__isnull=True).exists():
        raise Refused(
            _("%(name)s bukan unit yang masih ada di kantor ini. Pilih unit induk lain.") % {"name": parent.name},
            code="parent",
        )


def _taken(code: object) -> str:
    return _("Kode %(code)s sudah dipakai unit lain di kantor ini. Pilih kode lain.") % {"code": code}
