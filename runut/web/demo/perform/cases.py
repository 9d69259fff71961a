"""Ordering, planning, examining, meeting, passing on."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from runut.collection.queries import rows_of_run
from runut.correction.actions.analyse import Note, analyse
from runut.correction.actions.instruct import OrderInput, give_order
from runut.correction.actions.meet import Choice, MeetingInput, Point, hold_meeting
from runut.correction.actions.plan import PlanEntry, set_plan
from runut.correction.models import CorrectionItem, Decision
from runut.correction.queries import correction_of, items_of
from runut.correction.queries.people import repairers_of
from runut.correction.rules import repair_each
from runut.lib.acts import ActInput
from runut.organisation.permissions import Actor
from runut.organisation.queries import active_pegawai, calendar_of
from runut.sop.actions.particulars import coordinate as pass_on
from runut.sop.actions.particulars import do as simply_do
from runut.sop.models import Run, Task
from runut.sop.queries import definition_of
from runut.sop.rules.definition import COMPLETE
from runut.sop.rules.flow import leads_to
from runut.web.demo.perform.world import World, key_for


def instruct(world: World, run: Run, task: Task, by: Actor) -> None:
    team = [p for p in active_pegawai(world.office, world.today)[:4] if p.pk != by.pegawai_id]
    order = OrderInput(
        number=f"800/{task.pk}/{world.office.number_code}/{world.today.year}",
        day=world.today,
        subject=str(run.title),
        text=_("Agar dilaksanakan sesuai SOP dan dilaporkan tepat waktu."),
        team={pegawai.pk: _("Anggota") for pegawai in team},
    )
    give_order(task_id=task.pk, by=by, order=order, key=key_for(task, "complete"))


def plan(world: World, run: Run, task: Task, by: Actor) -> None:
    case = correction_of(run)
    assert case is not None, f"no case for {run}"
    items = list(CorrectionItem.objects.filter(correction=case).select_related("figure__indicator__indicator"))
    answering = repairers_of([item.figure for item in items], repair_each(definition_of(run.version)), world.today)
    due = calendar_of(world.office).working_day_from(world.today + timedelta(days=7))
    evidence = _("Rekap data sumber yang ditandatangani.")
    entries = {item.pk: PlanEntry(answering[item.figure_id][0], due, evidence) for item in items}
    set_plan(task_id=task.pk, by=by, entries=entries, key=key_for(task, "complete"))


def examine(world: World, run: Run, task: Task, by: Actor) -> None:
    """In a correction the findings are the case's items; in a collection each figure gets a remark."""
    case = correction_of(run)
    if case is not None:
        items = CorrectionItem.objects.filter(correction=case)
        notes = {item.figure_id: Note(flagged=True, what=item.what) for item in items}
    else:
        notes = {row.figure.pk: Note(text=_("Sesuai dengan bukti yang dilampirkan.")) for row in rows_of_run(run)}
    outcome = _way_on(world, run, task)
    early = _("Peragaan: laporan disusun sampai triwulan ini.")
    analyse(task_id=task.pk, by=by, notes=notes, outcome=outcome, early_reason=early, key=key_for(task, outcome))


def _way_on(world: World, run: Run, task: Task) -> str:
    """The ordinary outcome; where no report of the year is wanted, one that does not lead to it."""
    definition = definition_of(run.version)
    forward = [each for each in definition.step(task.step).outcomes if not each.back]
    without = [each.code for each in forward if not leads_to(definition, each, "draft")]
    return without[0] if without and not world.reports else COMPLETE


def meet(world: World, run: Run, task: Task, by: Actor) -> None:
    case = correction_of(run)
    choices = (
        {row.item.pk: Choice(Decision.NEW, _("Bukti diperiksa bersama.")) for row in items_of(case)} if case else {}
    )
    present = [by.pegawai_id, *[p.pk for p in active_pegawai(world.office, world.today)[:4] if p.pk != by.pegawai_id]]
    meeting = MeetingInput(
        held_at=world.now - timedelta(minutes=30),
        place=_("Ruang rapat"),
        leader=by.pegawai_id,
        minutes=_("Setiap angka dibahas satu per satu beserta buktinya."),
        invited=present,
        present=present,
        points=[Point(_("Rekap bulanan diperiksa dua orang."), owner=by.title)],
    )
    hold_meeting(task_id=task.pk, by=by, meeting=meeting, choices=choices, key=key_for(task, "complete"))


def coordinate(world: World, run: Run, task: Task, by: Actor) -> None:
    to = [p for p in active_pegawai(world.office, world.today) if p.pk != by.pegawai_id][:1]
    pass_on(
        task_id=task.pk, by=by, act=_act(task), to=to, way="lisan", note=_("Mohon ditindaklanjuti hari ini."),
        answer=_("Siap, segera dikerjakan."),
    )  # fmt: skip


def do(world: World, run: Run, task: Task, by: Actor) -> None:
    simply_do(task_id=task.pk, by=by, act=_act(task), note=_("Sudah dikerjakan."))


def _act(task: Task) -> ActInput:
    return ActInput(key_for(task, "complete"), "complete", "", "", ())
