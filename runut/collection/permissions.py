"""Who may fill in, judge, and hand around the sheets of a period."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from runut.collection.models import Line, Period, Sheet
from runut.lib.errors import Denied, Stale
from runut.organisation.models import JabatanKind, Policy
from runut.organisation.permissions import Actor
from runut.sop import permissions as sop
from runut.sop.models import Run, RunState, Task, TaskState


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


def may_act(by: Actor, task: Task) -> bool:
    """Whether an open task is this person's to do."""
    try:
        sop.check_can_act(by, task)
    except Denied:
        return False
    return True


def check_can_follow_up(by: Actor, run: Run) -> Actor:
    """Withdrawing forms, reminding people: whoever sent the forms out, or leads the procedure."""
    sent = Task.objects.filter(run=run, work="distribute", state=TaskState.DONE).order_by("-done_at", "-pk")
    last = sent.select_related("run", "branch", "jabatan", "pegawai", "done_by").first()
    if last is not None and last.done_by_id == by.pegawai_id and may_act(by, last):
        return sop.check_can_act(by, last)
    try:
        return sop.check_can_lead(by, run)
    except Denied:
        who = last.done_by.full_name if last and last.done_by else _("pengirim formulir")
        sentence = _("Ini dilakukan oleh %(who)s, yang membagikan formulir, atau oleh pimpinan.") % {"who": who}
        raise Denied(sentence) from None


def may_follow_up(by: Actor, run: Run) -> bool:
    try:
        check_can_follow_up(by, run)
    except Denied:
        return False
    return True


def check_can_enter_for(by: Actor, run: Run) -> Actor:
    """Typing in what somebody handed in on paper: whoever sent the forms out, or the head; never the mere admin."""
    actor = check_can_follow_up(by, run)
    if actor.acting is not None and actor.acting.jabatan.kind == JabatanKind.ADMIN:
        raise Denied(_("Admin tidak mengisikan data orang lain. Mintalah yang membagikan formulir melakukannya."))
    return actor


def may_enter_for(by: Actor, run: Run) -> bool:
    try:
        check_can_enter_for(by, run)
    except Denied:
        return False
    return True


def filled_along(by: Actor, sheet: Sheet) -> bool:
    """Whether the person wrote a line of the sheet or gave evidence for one. One query."""
    gave = Q(evidence_set__uploaded_by=by.pegawai_id, evidence_set__withdrawn_at=None)
    return Line.objects.filter(Q(edited_by=by.pegawai_id) | gave, sheet=sheet).exists()


def check_can_review(by: Actor, sheet: Sheet) -> None:
    """Nobody judges one's own data, nor what one handed in for others; what one filled in a part of, by policy."""
    if by.pegawai_id in (sheet.pegawai_id, sheet.submitted_by_id):
        raise Denied(_("Anda tidak dapat memeriksa data yang Anda isi sendiri. Minta pimpinan mengalihkan tugas ini."))
    if filled_along(by, sheet) and sheet.period.office.duties_policy == Policy.BLOCK:
        raise Denied(_("Anda ikut mengisi formulir ini, jadi orang lain memeriksanya. Minta pimpinan mengalihkannya."))


def check_can_see_all(by: Actor, period: Period) -> None:
    """A workbook with every form is for those who may see every form. Two queries."""
    every = Sheet.objects.of_run(period.run_id)
    if every.visible_to(by).count() < every.count():
        raise Denied(_("Berkas ini memuat semua formulir, juga yang bukan untuk Anda. Mintalah penghimpun datanya."))


def may_see_all(by: Actor, period: Period) -> bool:
    try:
        check_can_see_all(by, period)
    except Denied:
        return False
    return True
