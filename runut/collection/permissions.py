"""Who may fill in, judge, and hand around the sheets of a period."""

from __future__ import annotations

from django.utils.translation import gettext as _

from runut.collection.models import Sheet
from runut.lib.errors import Denied, Stale
from runut.organisation.permissions import Actor
from runut.sop import permissions as sop
from runut.sop.models import RunState, Task, TaskState


def open_task(sheet: Sheet, work: str) -> Task | None:
    """The open task of this kind for this sheet, with what it takes to say whose it is."""
    return (
        Task.objects.filter(run=sheet.run_id, branch__member=sheet.member, work=work, state=TaskState.OPEN)
        .select_related("run", "branch", "jabatan", "pegawai")
        .first()
    )


def check_can_fill(by: Actor, sheet: Sheet) -> Actor:
    """The person as whom the open fill task of this sheet is addressed to."""
    task = open_task(sheet, "fill")
    if task is None or task.run.state != RunState.RUNNING:
        raise Stale(_("Formulir ini sedang tidak dapat diisi. Lihat keadaannya di papan SOP."))
    return sop.check_can_act(by, task)


def check_can_review(by: Actor, sheet: Sheet) -> None:
    """Nobody judges one's own data, nor what one handed in for others."""
    if by.pegawai_id in (sheet.pegawai_id, sheet.submitted_by_id):
        raise Denied(_("Anda tidak dapat memeriksa data yang Anda isi sendiri. Minta pimpinan mengalihkan tugas ini."))
