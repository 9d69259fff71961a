"""Putting a version in force for good: its number and day are filled in, then the head ratifies it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.lib.dates import long_date
from runut.lib.errors import Refused
from runut.organisation.permissions import Actor
from runut.organisation.queries import local_day
from runut.sop.actions.version import check_can_keep, locked_sop
from runut.sop.models import SopVersion, VersionState
from runut.sop.permissions import check_can_ratify
from runut.sop.queries import bindings_of, definition_of
from runut.sop.rules.lint.header import identity_gaps
from runut.sop.rules.parse import content_hash
from runut.sop.rules.soundness import check
from runut.sop.rules.stored import to_json

FIELD_OF = {"number-missing": "number", "number-incomplete": "number", "date-missing": "made_on"}


@transaction.atomic
def put_in_force(
    *,
    version: SopVersion,
    by: Actor,
    effective_from: date,
    reason: str = "",
    number: str = "",
    made_on: date | None = None,
) -> SopVersion:
    """Ratify a sound version: it is frozen, and the one before is retired. Runs under way stay on theirs.

    reason: why the procedure changes; needed when it replaces a version in force. number, made_on: as the office
    has registered the SOP, where that differs from what the file says; without both it is not ratified
    (PermenPANRB 35/2012).
    """
    sop = locked_sop(version.sop_id)
    version = SopVersion.objects.get(pk=version.pk)
    actor = check_can_ratify(by, sop.office)
    _check_draft(version)
    today = local_day(sop.office, timezone.now())
    _fill(version, number, made_on, today)
    faults = [f for f in check(definition_of(version), bindings_of(sop.pk)) if f.level == "error"]
    if faults:
        raise Refused(_("SOP belum dapat disahkan: %(faults)s") % {"faults": " ".join(f.message for f in faults)})
    in_force = SopVersion.objects.filter(sop=sop, state=VersionState.IN_FORCE).first()
    _check_day(version, effective_from, today, in_force)
    if in_force is not None:
        if not reason.strip():
            raise Refused(_("Tulis alasan perubahan SOP; alasan ini tersimpan bersama versinya."), code="reason")
        in_force.state, in_force.effective_to = VersionState.RETIRED, effective_from
        in_force.save(update_fields=["state", "effective_to"])
    return _ratify(version, actor, effective_from, reason.strip(), in_force)


@transaction.atomic
def fill_identity(*, version: SopVersion, by: Actor, number: str, made_on: date | None) -> SopVersion:
    """Write number and day into a draft, for the head to ratify. The same again leaves no trace."""
    sop = locked_sop(version.sop_id)
    version = SopVersion.objects.get(pk=version.pk)
    actor = check_can_keep(by, sop.office)
    _check_draft(version)
    before, was = definition_of(version).header, version.content_hash
    _fill(version, number, made_on, local_day(sop.office, timezone.now()))
    if version.content_hash == was:
        return version
    version.save(update_fields=["definition", "content_hash"])
    after = definition_of(version).header
    record(
        "sop.identity_filled",
        subject=version,
        by=actor,
        before={"number": before.number, "made_on": before.made_on, "hash": was},
        after={"number": after.number, "made_on": after.made_on, "hash": version.content_hash},
    )
    return version


def _check_draft(version: SopVersion) -> None:
    if version.state != VersionState.DRAFT:
        raise Refused(_("Versi ini sudah disahkan. Impor versi baru untuk mengubahnya."))


def _fill(version: SopVersion, number: str, made_on: date | None, today: date) -> None:
    """Write number and day into the draft; Refused, at the field, while one of them is missing or half written."""
    if made_on is not None and made_on > today:
        raise Refused(_("Tanggal pembuatan belum tiba. Tulis tanggal SOP ini dibuat."), code="made_on")
    definition = definition_of(version)
    header = definition.header
    header = replace(
        header,
        number=" ".join(number.split()) or header.number,
        made_on=made_on.isoformat() if made_on else header.made_on,
    )
    definition = replace(definition, header=header)
    gaps = identity_gaps(definition)
    if gaps:
        raise Refused(gaps[0].message, code=FIELD_OF[gaps[0].code])
    version.definition, version.content_hash = to_json(definition), content_hash(definition)


def _check_day(version: SopVersion, day: date, today: date, in_force: SopVersion | None) -> None:
    """What is put in force is used from this moment on, so it cannot say that it begins later."""
    if day > today:
        raise Refused(
            _("Tanggal mulai berlaku belum tiba. Sahkan SOP ini pada hari itu, atau pakai tanggal hari ini."),
            code="effective_from",
        )
    made_on = date.fromisoformat(definition_of(version).header.made_on)
    if day < made_on:
        sentence = _("SOP ini dibuat %(day)s, jadi tidak dapat berlaku sebelum hari itu. Periksa kedua tanggalnya.")
        raise Refused(sentence % {"day": long_date(made_on)}, code="effective_from")
    if in_force is not None and in_force.effective_from is not None and day < in_force.effective_from:
        raise Refused(
            _("Tanggal ini sebelum versi yang digantikan mulai berlaku. Pilih tanggal sesudahnya."),
            code="effective_from",
        )


def _ratify(
    version: SopVersion, actor: Actor, effective_from: date, reason: str, replaced: SopVersion | None
) -> SopVersion:
    version.state, version.effective_from, version.revision_reason = VersionState.IN_FORCE, effective_from, reason
    version.ratified_at, version.ratified_by, version.ratified_title = timezone.now(), actor.pegawai, actor.title
    version.save(
        update_fields=[
            "definition", "content_hash", "state", "effective_from", "revision_reason", "ratified_at", "ratified_by",
            "ratified_title",
        ]
    )  # fmt: skip
    record(
        "sop.put_in_force",
        subject=version,
        by=actor,
        before={"no": replaced.no if replaced else None},
        after={
            "no": version.no,
            "number": definition_of(version).header.number,
            "hash": version.content_hash,
            "effective_from": effective_from,
        },
        reason=reason,
    )
    return version
