"""A procedure's versions: brought in as a draft, and bound to positions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.lib.canonical import content_hash as canonical_hash
from runut.lib.errors import Denied, Refused, Stale
from runut.organisation.models import Jabatan, Office
from runut.organisation.permissions import Actor
from runut.sop.models import LaneBinding, Sop, SopVersion, VersionState
from runut.sop.queries import bindings_of, definition_of
from runut.sop.rules.parse import content_hash, load
from runut.sop.rules.soundness import lanes_are_bound
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
    """Read an SOP file and keep it as the next draft version. Raises Refused with every fault found.

    A file that lies there as the latest draft already, by a double click or from a colleague, is not kept twice.
    """
    actor = check_can_keep(by, office)
    definition = load(text, file)
    kept, _new = Sop.objects.get_or_create(
        office=office,
        code=definition.code,
        defaults={
            "instansi_id": office.instansi_id,
            "title": definition.title,
            "category": definition.category,
        },
    )
    sop, mark = locked_sop(kept.pk), content_hash(definition)
    last = SopVersion.objects.filter(sop=sop).order_by("-no").only("no", "state", "content_hash").first()
    if last is not None and last.state == VersionState.DRAFT and last.content_hash == mark:
        sentence = _(
            "SOP dengan isi yang sama sudah tersimpan sebagai draf versi %(no)s. Buka draf itu di halaman SOP."
        )
        raise Refused(sentence % {"no": last.no}, code="duplicate")
    version = SopVersion.objects.create(
        instansi_id=office.instansi_id,
        sop=sop,
        no=last.no + 1 if last else 1,
        definition=to_json(definition),
        content_hash=mark,
        source=text,
    )
    record("sop.imported", subject=version, by=actor, after={"no": version.no, "hash": version.content_hash})
    return version


def locked_sop(pk: int) -> Sop:
    """The procedure, locked: its versions and lanes change one keeper at a time, and no run starts meanwhile."""
    return Sop.objects.select_for_update(of=("self",)).select_related("office").get(pk=pk)


def bind_lane(*, sop: Sop, slot: str, jabatan: Sequence[Jabatan], by: Actor) -> None:
    """Say which positions of the office stand in a slot."""
    bind_lanes(sop=sop, bindings={slot: jabatan}, by=by)


@transaction.atomic
def bind_lanes(*, sop: Sop, bindings: Mapping[str, Sequence[Jabatan]], by: Actor, shown: str = "") -> None:
    """Say for each slot which positions stand in it. Slots that stay as they are leave no trace.

    shown: the `bindings_mark` that the page had. When somebody else changed a lane since, it is Stale.
    """
    sop = locked_sop(sop.pk)
    actor = check_can_keep(by, sop.office)
    before = bindings_of(sop.pk)
    wanted = {slot: list(dict.fromkeys(post.pk for post in posts)) for slot, posts in bindings.items()}
    changed = {slot: posts for slot, posts in wanted.items() if posts != before.get(slot, [])}
    if changed and shown and shown != _mark(before):
        raise Stale(_("Peran SOP ini baru saja diubah orang lain. Muat ulang halaman, lalu pilih lagi."))
    _check_posts(sop, [post for posts in bindings.values() for post in posts])
    _check_still_runs(sop, before, changed)
    for slot, posts in changed.items():
        _bind(sop, actor, slot, before.get(slot, []), posts)
    if changed:
        sop.lanes_revision += 1
        sop.save(update_fields=["lanes_revision"])


def bindings_mark(sop_id: int) -> str:
    """A mark of who stands in which lane now, for a page to show and send back."""
    return _mark(bindings_of(sop_id))


def _mark(bound: Mapping[str, Sequence[int]]) -> str:
    return canonical_hash({slot: list(posts) for slot, posts in bound.items()})[:16]


def _check_posts(sop: Sop, posts: Sequence[Jabatan]) -> None:
    """Positions of the same government that exist. One of another office may stand in a lane: the superior's."""
    for post in posts:
        if post.instansi_id != sop.instansi_id or post.closed_on is not None:
            raise Refused(_("Jabatan “%(name)s” sudah tidak dipakai. Pilih jabatan lain.") % {"name": post.name})


def _check_still_runs(sop: Sop, before: Mapping[str, list[int]], changed: Mapping[str, list[int]]) -> None:
    """A lane that the version in force needs is not left without a position."""
    version = SopVersion.objects.filter(sop=sop, state=VersionState.IN_FORCE).first()
    if version is None or all(changed.values()):
        return
    definition = definition_of(version)
    known = {finding.message for finding in lanes_are_bound(definition, before)}
    fresh = [f.message for f in lanes_are_bound(definition, {**before, **changed}) if f.message not in known]
    if fresh:
        raise Refused(" ".join(dict.fromkeys(fresh)))


def _bind(sop: Sop, actor: Actor, slot: str, before: list[int], posts: list[int]) -> None:
    LaneBinding.objects.filter(sop=sop, slot=slot).delete()
    LaneBinding.objects.bulk_create(
        LaneBinding(instansi_id=sop.instansi_id, sop=sop, slot=slot, jabatan_id=post) for post in posts
    )
    record(
        "sop.lane_bound",
        subject=sop,
        stream=sop.office.audit_stream,
        by=actor,
        before={"slot": slot, "jabatan": before},
        after={"slot": slot, "jabatan": posts},
    )
