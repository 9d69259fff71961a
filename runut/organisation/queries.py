"""Who holds what, who leads whom, as of a day."""

from __future__ import annotations

from datetime import date

from runut.organisation.models import Assignment, AssignmentKind, Pegawai
from runut.organisation.permissions import Actor

_ORDER = [AssignmentKind.DEFINITIF, AssignmentKind.PLT, AssignmentKind.PLH]


def assignments_of(pegawai: Pegawai, on: date) -> tuple[Assignment, ...]:
    """The positions a person holds on a day: definitif before Plt before Plh. One query."""
    rows = Assignment.objects.in_force(on).filter(pegawai=pegawai).select_related("jabatan")
    return tuple(sorted(rows, key=lambda a: (_ORDER.index(AssignmentKind(a.kind)), a.start, a.pk)))


def actor_of(pegawai: Pegawai, on: date) -> Actor:
    """The person as an actor on a day. One query."""
    held = assignments_of(pegawai, on)
    return Actor(pegawai=pegawai, assignments=held, acting=held[0] if held else None)
