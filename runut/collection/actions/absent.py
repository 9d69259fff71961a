"""What is done about a form whose filler is on leave or has left: another fills in, a later day, or it is closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.collection import permissions
from runut.collection.models import Delivery, Sheet
from runut.collection.queries import Absence, Candidate, absence_of, due_after
from runut.collection.rules import EDITABLE
from runut.lib.errors import Refused, Stale
from runut.organisation.models import Pegawai
from runut.organisation.permissions import Actor
from runut.organisation.queries import calendar_of
from runut.sop.actions import Act, open_awaited, postpone, take_on, take_out
from runut.sop.models import Run, Task, TaskState
from runut.sop.queries import definition_of


@dataclass(frozen=True, slots=True)
class AboutAbsent:
    """What was decided about those who are away while forms are filled in.

    later: pegawai id -> by when. instead: pegawai id -> who fills in. told: both by name, as the log keeps it.
    """

    later: dict[int, datetime]
    instead: dict[int, int]
    told: dict[str, dict[str, str]]


def about_absent(
    act: Act, chosen: Sequence[Candidate], wanted: Mapping[int, str], due_at: datetime | None
) -> AboutAbsent:
    """wanted: pegawai id -> "later" or "instead". Refused where somebody has left and nobody is there instead."""
    away = [each for each in chosen if each.away is not None]
    later, instead = _own_days(act, away, wanted, due_at), _stand_ins(away, wanted)
    return AboutAbsent(later, instead, _told(away, later, instead))


def _own_days(
    act: Act, away: Sequence[Candidate], absent: Mapping[int, str], due_at: datetime | None
) -> dict[int, datetime]:
    """By when those on leave fill in who were given a day of their own: once they are back, never before the others."""
    fill = next(step for step in act.definition.steps if step.work == "fill")
    until = {each.pk: each.away.until for each in away if each.away is not None and absent.get(each.pk) == "later"}
    days = {pk: due_after(act.calendar, day, fill.norm) for pk, day in until.items() if day is not None}
    return {pk: at for pk, at in days.items() if due_at is None or at > due_at}


def _stand_ins(away: Sequence[Candidate], absent: Mapping[int, str]) -> dict[int, int]:
    """Who fills in for whom: for those on leave where it was chosen, for those who have left always."""
    found = {}
    for each in away:
        assert each.away is not None
        if each.away.left and each.away.instead is None:
            raise Refused(
                _("%(name)s %(why)s dan belum ada penggantinya. Jangan diikutkan, atau tetapkan dulu penggantinya.")
                % {"name": each.name, "why": each.away.words},
                code="members",
            )
        if each.away.instead is not None and (each.away.left or absent.get(each.pk) == "instead"):
            found[each.pk] = each.away.instead.pk
    return found


def _told(
    away: Sequence[Candidate], later: Mapping[int, datetime], instead: Mapping[int, int]
) -> dict[str, dict[str, str]]:
    """What was decided about those who are away, by name, as the log keeps it; nothing where nothing was."""
    days = {each.name: later[each.pk].isoformat() for each in away if each.pk in later}
    others = {
        each.name: each.away.instead.full_name
        for each in away
        if each.pk in instead and each.away is not None and each.away.instead is not None
    }
    return {key: found for key, found in (("later", days), ("instead", others)) if found}


@transaction.atomic
def give_form(*, sheet: Sheet, to: Pegawai, by: Actor, reason: str) -> Task:
    """Let somebody else fill in the form of a person who is away; it stays that person's form."""
    actor, task = _awaited(sheet, by)
    if to.pk == by.pegawai_id:
        actor = permissions.check_can_enter_for(by, sheet.run)
    given = take_on(task=task, by=actor, reason=reason, to=to)
    Delivery.objects.filter(sheet=sheet).update(recipient=to, opened_at=None)
    return given


@transaction.atomic
def postpone_form(*, sheet: Sheet, day: date, by: Actor, reason: str) -> Task:
    """Wait for the form of a person who is on leave until the office closes on a day."""
    actor, task = _awaited(sheet, by)
    at = calendar_of(sheet.period.office).closing(day)
    if at is None:
        raise Refused(_("Kantor tutup pada tanggal itu. Pilih hari kerja sebagai batas pengajuan."), code="due")
    return postpone(task=task, by=actor, due_at=at, reason=reason)


@transaction.atomic
def close_form(*, sheet: Sheet, by: Actor, reason: str) -> Sheet:
    """Close the form of a person who has left, as it is: nobody waits for it any more, and it is counted apart."""
    run = Run.objects.select_for_update(of=("self",)).select_related("office", "version").get(pk=sheet.run_id)
    actor, _task = _awaited(sheet, by)
    if not away_now(sheet).left:
        raise Refused(_("Formulir ditutup hanya bila pengisinya sudah tidak bertugas di kantor ini."), code="left")
    fill = next(step for step in definition_of(run.version).steps if step.work == "fill")
    region = definition_of(run.version).region_key(fill.id)
    take_out(run=run, region=region, member=sheet.member, by=actor, reason=reason)
    closed = {"withdrawn_at": timezone.now(), "withdrawn_by": actor.pegawai, "closed_for": reason[:300]}
    Delivery.objects.filter(sheet=sheet).update(**closed)
    record("sheet.closed", subject=sheet, by=actor, after={"member": sheet.member}, reason=reason)
    return sheet


def _awaited(sheet: Sheet, by: Actor) -> tuple[Actor, Task]:
    """Whoever follows the collection up, and the open task with which somebody who is away would fill in the form."""
    actor = permissions.check_can_follow_up(by, sheet.run)
    task = permissions.open_task(sheet, "fill", by)
    if task is None or sheet.state not in EDITABLE:
        raise Stale(_("Formulir ini sedang tidak ditunggu pengisiannya. Muat ulang halaman."))
    away_now(sheet)
    return actor, task


def away_now(sheet: Sheet) -> Absence:
    """Why the person whose form it is, is away today; Refused when that person is there, or the form is a unit's."""
    away = absence_of(sheet)
    if away is None:
        raise Refused(_("%(name)s hari ini tidak tercatat cuti atau berhenti.") % {"name": sheet.subject})
    return away


def hand_to_stand_ins(run: Run, sheets: Sequence[Sheet], instead: Mapping[int, int], by: Actor) -> None:
    """Give the forms that were just sent out to those who fill in for somebody. A few rows: two statements for each.

    The engine opens the first hundred at once and the others bit by bit: here all that are given to another.
    """
    people = Pegawai.objects.in_bulk(set(instead.values()))
    members = [sheet.member for sheet in sheets if sheet.pegawai_id in instead]
    open_awaited(run=run, members=members)
    tasks = Task.objects.filter(run=run, work="fill", state=TaskState.OPEN, branch__member__in=members)
    for task in tasks.select_related("branch__pegawai").order_by("pk"):
        assert task.branch is not None and task.branch.pegawai is not None
        reason = _("Menggantikan %(name)s, yang berhalangan.") % {"name": task.branch.pegawai.full_name}
        take_on(task=task, by=by, reason=reason, to=people[instead[task.branch.pegawai.pk]])
