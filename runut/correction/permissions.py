"""Who may report an error, decide on reports, and open or end a case."""

from __future__ import annotations

from django.utils.translation import gettext as _

from runut.collection.models import Figure, Period
from runut.lib.errors import Denied
from runut.organisation.models import Assignment, JabatanKind
from runut.organisation.permissions import Actor
from runut.sop.models import Run, Task, TaskState
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
    definition = definition_of(run.version)
    bound = bindings_of(run.version.sop_id)
    lanes = {key for step in definition.steps if step.work == "sign" and step.each is None for key in step.lanes}
    seats = {pk for key in lanes for pk in bound.get(definition.lane(key).slot, [])}
    return next((a for a in by.assignments if a.jabatan_id in seats and a.jabatan.kind != JabatanKind.ADMIN), None)
