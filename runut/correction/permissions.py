"""Who may report an error, decide on reports, and open or end a case."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from runut.collection.models import Figure, Period
from runut.lib.errors import Denied
from runut.organisation.models import Assignment, JabatanKind
from runut.organisation.permissions import Actor
from runut.sop.models import LaneBinding, Run, Task, TaskState
from runut.sop.queries import bindings_of, definition_of


def check_can_report(by: Actor, figure: Figure) -> None:
    """Whoever may see a figure may say that it is wrong."""
    if not Figure.objects.visible_to(by).filter(pk=figure.pk).exists():
        raise Denied(_("Angka ini di luar kantor atau kewenangan Anda, jadi tidak dapat Anda laporkan."))


def sees_nip(actor: Actor, run: Run) -> bool:
    """NIP are for people of the office; others see them masked."""
    return run.office_id in actor.office_ids


def check_can_decide(by: Actor, office_id: int) -> Actor:
    """Reports are answered by the head of the office, in person or through whoever stands in."""
    held = _heading(by, office_id)
    if held is None:
        raise Denied(_("Laporan kesalahan diputus oleh pimpinan kantor. Laporan Anda sudah tersimpan untuk diputus."))
    return by.under(held)


def check_can_open(by: Actor, source: Period) -> Actor:
    """A case is opened by the head of the office, or by whoever signs the data in question."""
    held = _heading(by, source.office_id) or (_signing(by, source.run) if source.run else None)
    if held is None:
        raise Denied(_("Perbaikan diperintahkan oleh pimpinan kantor atau penanda tangan data. Laporkan kesalahannya."))
    return by.under(held)


def openable(by: Actor, periods: QuerySet[Period]) -> list[Period]:
    """Of these periods, with their run and its version, those of which the person may open a case. Two queries."""
    heads = [held.jabatan.office_id for held in by.assignments if held.jabatan.heads_office]
    seats = [held.jabatan_id for held in by.assignments if held.jabatan.kind != JabatanKind.ADMIN]
    bound = set(LaneBinding.objects.filter(jabatan__in=seats).values_list("sop", "slot"))
    if not heads and not bound:
        return []
    near = periods.filter(Q(office__in=heads) | Q(run__version__sop__in={sop for sop, _slot in bound}))
    return [
        period
        for period in near
        if period.office_id in heads
        or (period.run and any((period.run.version.sop_id, slot) in bound for slot in _signed_in(period.run)))
    ]


def may_open_some(by: Actor, periods: QuerySet[Period]) -> bool:
    """Whether the way to open a case is offered. No query for the head of an office."""
    return any(held.jabatan.heads_office for held in by.assignments) or bool(openable(by, periods))


def check_can_change_items(by: Actor, source: Period, run: Run) -> Actor:
    """The items of a case: whoever may open it, or has the order or the examination to do now."""
    try:
        return check_can_open(by, source)
    except Denied:
        tasks = Task.objects.addressed_to(by).filter(run=run, state=TaskState.OPEN, work__in=("instruct", "analyse"))
        task = tasks.first()
        if task is None:
            raise
        return by.under(by.holding(task.jabatan_id) if task.jabatan_id else None)


def _heading(by: Actor, office_id: int) -> Assignment | None:
    return next((a for a in by.assignments if a.jabatan.office_id == office_id and a.jabatan.heads_office), None)


def _signing(by: Actor, run: Run) -> Assignment | None:
    """The assignment under which the person signs in this run, if any."""
    bound = bindings_of(run.version.sop_id)
    seats = {pk for slot in _signed_in(run) for pk in bound.get(slot, [])}
    return next((a for a in by.assignments if a.jabatan_id in seats and a.jabatan.kind != JabatanKind.ADMIN), None)


def _signed_in(run: Run) -> set[str]:
    """The slots whose holders sign the data of a run."""
    definition = definition_of(run.version)
    lanes = {key for step in definition.steps if step.work == "sign" and step.each is None for key in step.lanes}
    return {definition.lane(key).slot for key in lanes}
