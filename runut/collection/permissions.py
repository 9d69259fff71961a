"""Who may fill in, judge, and hand around the sheets of a period."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from runut.collection.models import Line, PaperEntry, Period, Sheet
from runut.collection.rules.acts import VERIFY, one_person_refusal
from runut.lib.dates import date_time
from runut.lib.errors import Denied, Stale
from runut.lib.prepared import Prepared
from runut.organisation.models import JabatanKind, Office, Policy
from runut.organisation.permissions import Actor
from runut.sop import permissions as sop
from runut.sop.models import HEAVY, Run, RunState, SopVersion, Task, TaskState, VersionState
from runut.sop.queries import bindings_of, definition_of, hand_overs

_WITH = ("run__office__calendar", "run__version__sop", "branch__pegawai", "branch__unit", "jabatan", "pegawai")


def tasks_of(sheet: Sheet, work: str) -> QuerySet[Task]:
    """The tasks of this kind for this sheet, with what their page needs."""
    tasks = Task.objects.filter(run=sheet.run_id, branch__member=sheet.member, work=work).select_related(*_WITH)
    return tasks.defer(*(f"run__{name}" for name in HEAVY))


def open_task(sheet: Sheet, work: str, by: Actor) -> Task | None:
    """The open task of this kind for this sheet: where several may do it, the person's own. One query."""
    return own_first(tasks_of(sheet, work).filter(state=TaskState.OPEN).order_by("pk"), by)


def own_first(tasks: Iterable[Task], by: Actor) -> Task | None:
    """Of some tasks the first that is this person's, else the first of all."""
    found = list(tasks)
    return next((task for task in found if sop.is_for(by, task)), found[0] if found else None)


def check_can_fill(by: Actor, sheet: Sheet) -> Actor:
    """The person as whom the open fill task of this sheet is addressed to."""
    task = open_task(sheet, "fill", by)
    if task is None or task.run.state != RunState.RUNNING:
        raise Stale(_("Formulir ini sedang tidak dapat diisi. Lihat keadaannya di papan SOP."))
    try:
        return sop.check_can_act(by, task)
    except Denied:
        taken = PaperEntry.objects.filter(sheet=sheet, by=task.pegawai_id).select_related("by").order_by("-pk").first()
        if taken is None:
            raise
        words = {"who": taken.by.full_name, "at": date_time(taken.at, task.run.office.calendar.zone)}
        sentence = _(
            "Sejak %(at)s formulir ini diisikan oleh %(who)s, karena datanya diserahkan di atas kertas. Yang baru Anda "
            "ketik tidak tersimpan; sampaikan kepada %(who)s."
        )
        raise Denied(sentence % words) from None


def may_act(by: Actor, task: Task) -> bool:
    """Whether an open task is this person's to do."""
    try:
        sop.check_can_act(by, task)
    except Denied:
        return False
    return True


def _sent(run: int) -> QuerySet[Task]:
    rows = Task.objects.filter(run=run, work="distribute", state=TaskState.DONE).order_by("-done_at", "-pk")
    return rows.select_related("run", "branch", "jabatan", "pegawai", "done_by")[:1]


_LAST_SENT = Prepared(_sent, int)


def check_can_follow_up(by: Actor, run: Run) -> Actor:
    """Withdrawing forms, reminding people: whoever sent the forms out, or leads the procedure."""
    last = _LAST_SENT.first(run.pk)
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


def check_can_send(by: Actor, run: Run, before: Sheet | None) -> Actor:
    """A form for somebody after the others were sent: whoever leads. before: one that was withdrawn from the same
    member; whoever may withdraw may send it again.
    """
    return check_can_follow_up(by, run) if before is not None else sop.check_can_lead(by, run)


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


def may_bring_records(by: Actor, run: Run) -> bool:
    """Whether the person may bring a national record into the open forms of all: the head, or whoever prepares, sends
    or gathers the forms by this run's procedure; never the mere admin. Anybody may bring in one's own.
    """
    seats = _seats(run.version, ("prepare", "distribute", "compile"))
    own = [a for a in by.assignments if a.jabatan.office_id == run.office_id and a.jabatan.kind != JabatanKind.ADMIN]
    return any(a.jabatan.heads_office or a.jabatan_id in seats for a in own)


def check_can_enter_past(by: Actor, office: Office) -> Actor:
    """Copying a signed report of an earlier period: the head, or whoever makes or sends the office's forms; never the
    mere admin.
    """
    own = [a for a in by.assignments if a.jabatan.office_id == office.pk and a.jabatan.kind != JabatanKind.ADMIN]
    held = next((a for a in own if a.jabatan.heads_office), None)
    if held is None and own:
        seats = _sending(office)
        held = next((a for a in own if a.jabatan_id in seats), None)
    if held is None:
        raise Denied(_("Dokumen lama dimasukkan oleh pimpinan kantor atau yang membagikan formulir."))
    return by.under(held)


def _sending(office: Office) -> set[int]:
    """The positions that make or send the forms in the office's collection procedures in force."""
    rows = SopVersion.objects.filter(sop__office=office, sop__category="collection", state=VersionState.IN_FORCE)
    seats: set[int] = set()
    for version in rows.defer("definition", "source"):
        seats |= _seats(version, ("prepare", "distribute"))
    return seats


def _seats(version: SopVersion, works: tuple[str, ...]) -> set[int]:
    """The positions that do steps of these kinds. A query or two."""
    definition, bound = definition_of(version), bindings_of(version.sop_id)
    lanes = {key for step in definition.steps if step.work in works for key in step.lanes}
    return {pk for key in lanes for pk in bound.get(definition.lane(key).slot, [])}


def offices_to_enter_past(by: Actor) -> list[Office]:
    """The offices whose old papers this person may copy; Denied when there is none."""
    offices = Office.objects.filter(pk__in=by.office_ids).order_by("code", "pk")
    found = [office for office in offices if may_enter_past(by, office)]
    if not found:
        raise Denied(_("Dokumen lama dimasukkan oleh pimpinan kantor atau yang membagikan formulir."))
    return found


def may_enter_any_past(by: Actor) -> bool:
    try:
        return bool(offices_to_enter_past(by))
    except Denied:
        return False


def may_enter_past(by: Actor, office: Office) -> bool:
    try:
        check_can_enter_past(by, office)
    except Denied:
        return False
    return True


def check_can_explain(by: Actor, run: Run) -> Actor:
    """Saying why a year goes on without a quarter: the head, or whoever has the run as a whole to do now."""
    heads = (a for a in by.assignments if a.jabatan.office_id == run.office_id and a.jabatan.heads_office)
    if (held := next(heads, None)) is not None:
        return by.under(held)
    tasks = Task.objects.addressed_to(by).filter(run=run, branch__isnull=True, state=TaskState.OPEN)
    task = tasks.first()
    if task is None:
        raise Denied(_("Alasan ini ditulis oleh pimpinan atau pelaksana langkah yang sedang berjalan."))
    return by.under(by.holding(task.jabatan_id) if task.jabatan_id else None)


def may_explain(by: Actor, run: Run) -> bool:
    try:
        check_can_explain(by, run)
    except Denied:
        return False
    return True


def filled_along(by: Actor, sheet: Sheet) -> bool:
    """Whether the person wrote a line of the sheet or gave evidence for one. One query."""
    gave = Q(evidence_set__uploaded_by=by.pegawai_id, evidence_set__withdrawn_at=None)
    return Line.objects.filter(Q(edited_by=by.pegawai_id) | gave, sheet=sheet).exists()


def did_other_act(by: Actor, sheet: Sheet, act: str) -> bool:
    """Whether who is to do one act of judging did the other one on the sheet in its present round."""
    return by.pegawai_id == (sheet.validated_by_id if act == VERIFY else sheet.verified_by_id)


def check_can_review(by: Actor, sheet: Sheet, act: str) -> None:
    """Nobody judges one's own data, nor what one handed in for others; what one filled in a part of, or judged by the
    other act, by policy.
    """
    if by.pegawai_id in (sheet.pegawai_id, sheet.submitted_by_id):
        task = open_task(sheet, "review", by)
        who = sop.who_else(by, task) if task else ""
        raise Denied(f"{_('Anda tidak dapat memeriksa data yang Anda isi sendiri.')} {who}".strip())
    if filled_along(by, sheet) and sheet.period.office.duties_policy == Policy.BLOCK:
        if sop.may_lead(by, sheet.run):
            raise Denied(_("Anda ikut mengisi formulir ini, jadi orang lain memeriksanya. Alihkan ke orang itu."))
        raise Denied(_("Anda ikut mengisi formulir ini, jadi orang lain memeriksanya. Minta pimpinan mengalihkannya."))
    if did_other_act(by, sheet, act) and sheet.period.office.duties_policy == Policy.BLOCK:
        raise Denied(one_person_refusal(act, leads=sop.may_lead(by, sheet.run)))


def check_not_given_away(by: Actor, sheet_id: int) -> None:
    """Raise Stale where the person had the check of this sheet until it was handed over. Three queries at most."""
    sheet = Sheet.objects.filter(pk=sheet_id).first()
    task = open_task(sheet, "review", by) if sheet else None
    if task is not None:
        hand_overs.check_not_given_away(task, by)


def why_no_review(by: Actor, sheet: Sheet, act: str) -> str:
    """Why the person may not judge the sheet, "" where nothing speaks against it."""
    try:
        check_can_review(by, sheet, act)
    except Denied as refusal:
        return refusal.sentence
    return ""


def check_can_see_all(by: Actor, period: Period) -> None:
    """A workbook with every form is for those who may see every form. Two queries."""
    every = Sheet.objects.of_run(period.run_id)
    if Sheet.objects.of_run_visible_to(period.run_id, by).count() < every.count():
        raise Denied(_("Berkas ini memuat semua formulir, juga yang bukan untuk Anda. Mintalah penghimpun datanya."))
