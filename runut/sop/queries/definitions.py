"""Reading procedures and runs."""

from __future__ import annotations

from collections.abc import Collection

from runut.lib.prepared import PreparedRows
from runut.sop.models import LaneBinding, Sop, SopVersion
from runut.sop.rules.definition import Definition
from runut.sop.rules.stored import from_json

_DEFINITIONS: dict[str, Definition] = {}
_LANES_KEPT = 2_000
_LANES: dict[tuple[int, int], dict[str, list[int]]] = {}


def definition_of(version: SopVersion) -> Definition:
    """The definition of a version, read once per process: under one content hash it never changes."""
    known = _DEFINITIONS.get(version.content_hash)
    if known is None:
        if len(_DEFINITIONS) > 500:
            _DEFINITIONS.clear()
        known = _DEFINITIONS[version.content_hash] = from_json(version.definition)
    return known


_BOUND = PreparedRows[tuple[str, int]](
    tuple, lambda sop: LaneBinding.objects.filter(sop=sop).order_by("pk").values_list("slot", "jabatan"), int
)


def bindings_of(sop_id: int) -> dict[str, list[int]]:
    """slot -> ids of the positions bound to it, in a steady order. One query."""
    bound: dict[str, list[int]] = {}
    for slot, jabatan_id in _BOUND.all(sop_id):
        bound.setdefault(slot, []).append(jabatan_id)
    return bound


def proposed_bindings(sop: Sop, slots: Collection[str]) -> dict[str, list[int]]:
    """slot -> the positions that stand in it in the office's other SOPs, the latest of them. One query."""
    rows = LaneBinding.objects.filter(sop__office=sop.office_id, slot__in=slots, jabatan__closed_on__isnull=True)
    found: dict[str, tuple[int, list[int]]] = {}
    for other, slot, post in rows.exclude(sop=sop).order_by("-sop", "pk").values_list("sop", "slot", "jabatan"):
        latest, posts = found.setdefault(slot, (other, []))
        if other == latest:
            posts.append(post)
    return {slot: posts for slot, (_other, posts) in found.items()}


def kept_bindings_of(sop: Sop) -> dict[str, list[int]]:
    """The same, kept in the process until a lane changes: then the revision does, in the same transaction."""
    key = (sop.pk, sop.lanes_revision)
    known = _LANES.get(key)
    if known is None:
        if len(_LANES) >= _LANES_KEPT:
            _LANES.clear()
        known = _LANES[key] = bindings_of(sop.pk)
    return known
