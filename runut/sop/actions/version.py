"""A procedure's versions: brought in as a draft, bound to positions, put in force for good."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.lib.errors import Denied, Refused
from runut.organisation.models import Jabatan, Office
from runut.organisation.permissions import Actor
from runut.sop.models import LaneBinding, Sop, SopVersion, VersionState
from runut.sop.permissions import is_acting
from runut.sop.queries import bindings_of, definition_of
from runut.sop.rules.parse import content_hash, load
from runut.sop.rules.soundness import check
from runut.sop.rules.stored import to_json


def check_can_keep(by: Actor, office: Office) -> Actor:
    """SOPs are kept by the office's head or its administrator."""
    for assignment in by.assignments:
        jabatan = assignment.jabatan
        if jabatan.office_id == office.pk and (jabatan.heads_office or jabatan.kind == "admin"):
            return by.under(assignment)
    raise Denied(_("SOP kantor ini dikelola oleh pimpinan kantor atau admin kantor."))


@transaction.atomic
def import_version(*, office: Office, text: str, by: Actor, file: str = "") -> SopVersion:
    """Read an SOP file and keep it as the next draft version. Raises Refused with every fault found."""
    actor = check_can_keep(by, office)
    definition = load(text, file)
    sop, _new = Sop.objects.get_or_create(
        office=office,
        code=definition.code,
        defaults={
            "instansi_id": office.instansi_id,
            "title": definition.title,
            "category": definition.category,
        },
    )
    last = SopVersion.objects.filter(sop=sop).aggregate(last=Max("no"))["last"] or 0
    version = SopVersion.objects.create(
        instansi_id=office.instansi_id,
        sop=sop,
        no=last + 1,
        definition=to_json(definition),
        content_hash=content_hash(definition),
        source=text,
    )
    record("sop.imported", subject=version, by=actor, after={"no": version.no, "hash": version.content_hash})
    return version


@transaction.atomic
def bind_lane(*, sop: Sop, slot: str, jabatan: list[Jabatan], by: Actor) -> None:
    """Say which positions of the office stand in a slot."""
    actor = check_can_keep(by, sop.office)
    before = bindings_of(sop.pk).get(slot, [])
    LaneBinding.objects.filter(sop=sop, slot=slot).delete()
    LaneBinding.objects.bulk_create(
        LaneBinding(instansi_id=sop.instansi_id, sop=sop, slot=slot, jabatan=j) for j in jabatan
    )
    record(
        "sop.lane_bound",
        subject=sop,
        stream=sop.office.audit_stream,
        by=actor,
        before={"slot": slot, "jabatan": before},
        after={"slot": slot, "jabatan": [j.pk for j in jabatan]},
    )


@transaction.atomic
def put_in_force(*, version: SopVersion, by: Actor, effective_from: date, reason: str = "") -> SopVersion:
    """Ratify a sound version: it is frozen, and the one before is retired. Runs under way stay on theirs.

    reason: why the procedure changes; needed when it replaces a version in force. Ratifying is no
    routine act, so whoever stands in for the head (Plt, Plh) may not do it (UU 30/2014 art. 14).
    """
    sop = Sop.objects.select_for_update(of=("self",)).select_related("office").get(pk=version.sop_id)
    version = SopVersion.objects.get(pk=version.pk)
    actor = check_can_keep(by, sop.office)
    if is_acting(actor):
        raise Denied(_("Pengesahan SOP bukan tugas rutin, jadi tidak dapat dilakukan Plt. atau Plh."))
    if version.state != VersionState.DRAFT:
        raise Refused(_("Versi ini sudah disahkan. Impor versi baru untuk mengubahnya."))
    faults = [f for f in check(definition_of(version), bindings_of(sop.pk)) if f.level == "error"]
    if faults:
        raise Refused(_("SOP belum dapat disahkan: %(faults)s") % {"faults": " ".join(f.message for f in faults)})
    in_force = SopVersion.objects.filter(sop=sop, state=VersionState.IN_FORCE)
    if in_force.exists() and not reason.strip():
        raise Refused(_("Tulis alasan perubahan SOP; alasan ini tersimpan bersama versinya."), code="reason")
    in_force.update(state=VersionState.RETIRED, effective_to=effective_from)
    return _ratify(version, actor, effective_from, reason.strip())


def _ratify(version: SopVersion, actor: Actor, effective_from: date, reason: str) -> SopVersion:
    version.state, version.effective_from, version.revision_reason = VersionState.IN_FORCE, effective_from, reason
    version.ratified_at, version.ratified_by, version.ratified_title = timezone.now(), actor.pegawai, actor.title
    version.save(
        update_fields=[
            "state", "effective_from", "revision_reason", "ratified_at", "ratified_by", "ratified_title",
        ]
    )  # fmt: skip
    after = {"no": version.no, "hash": version.content_hash}
    record("sop.put_in_force", subject=version, by=actor, after=after, reason=reason)
    return version
