"""A run's own life: start, hold, resume, cancel, and handing a task to another holder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.lib.canonical import content_hash
from runut.lib.errors import Refused, Stale
from runut.organisation import queries as organisation
from runut.organisation.models import Jabatan, Pegawai
from runut.organisation.permissions import Actor
from runut.sop import permissions
from runut.sop.actions.act import Result
from runut.sop.actions.fanout import open_waiting_members
from runut.sop.actions.opening import Ground, enter_region, open_step, opened_as_logged, scope_of
from runut.sop.models import HEAVY, Command, Run, RunScope, RunState, Sop, SopVersion, Task, TaskState, VersionState
from runut.sop.queries import bindings_of, definition_of
from runut.sop.rules.deadline import due_of
from runut.sop.rules.definition import Definition, EachKind


@transaction.atomic
def start_run(
    *,
    sop: Sop,
    by: Actor,
    title: str,
    scope: Mapping[EachKind, Sequence[int]] | None = None,
    follows: Run | None = None,
    key: str = "",
) -> Run:
    """Begin a run on the version in force and open its first step.

    scope: the people or units it fans out over, where they differ from all of the office's.
    The same key again returns the run that was started with it.
    """
    sop = Sop.objects.select_for_update(of=("self",)).select_related("office").get(pk=sop.pk)
    stored = Command.objects.filter(key=key).first() if key else None
    if stored is not None:
        return _started(stored, by, sop)
    version = SopVersion.objects.filter(sop=sop, state=VersionState.IN_FORCE).defer("definition", "source").first()
    if version is None:
        raise Refused(_("SOP ini belum berlaku. Sahkan dulu versinya, lalu mulai lagi."))
    definition, bound = definition_of(version), bindings_of(sop.pk)
    check_lanes(definition, bound)
    first = {pk for key_ in definition.first.lanes for pk in bound.get(definition.lane(key_).slot, [])}
    actor = permissions.check_can_start(by, frozenset(first), sop.office_id)
    run = Run.objects.create(
        instansi_id=sop.instansi_id, office=sop.office, version=version, title=title, follows=follows,
        started_at=timezone.now(), started_by=by.pegawai,
    )  # fmt: skip
    for each, members in (scope or {}).items():
        set_scope(run=run, each=each, members=members)
    ground = _open_first(run, definition)
    _record_start(run, definition, actor, ground)
    if key:
        result = Result(run.pk, 0, "start", [t.pk for t in ground.opened[:100]], run.state)
        Command.objects.create(
            instansi_id=run.instansi_id, key=key, pegawai=by.pegawai, verb="start",
            digest=content_hash({"sop": sop.pk}), result=asdict(result), at=run.started_at,
        )  # fmt: skip
    return run


def _started(command: Command, by: Actor, sop: Sop) -> Run:
    if command.pegawai_id != by.pegawai_id or command.digest != content_hash({"sop": sop.pk}):
        raise Stale(_("Halaman ini sudah dipakai untuk tindakan lain. Muat ulang halaman, lalu coba lagi."))
    return Run.objects.get(pk=command.result["run_id"])


def check_lanes(definition: Definition, bound: Mapping[str, Sequence[int]]) -> None:
    """Every lane whose step is done by the holder of a position needs a position."""
    for step in definition.steps:
        if step.actor.kind != "holder":
            continue
        for key in step.lanes:
            lane = definition.lane(key)
            if not bound.get(lane.slot):
                raise Refused(
                    _("Lajur “%(lane)s” belum diisi jabatan. Tetapkan di halaman SOP, lalu ulangi.")
                    % {"lane": lane.name}
                )


def _open_first(run: Run, definition: Definition) -> Ground:
    ground = Ground(run, definition, organisation.calendar_of(run.office), run.started_at)
    first = definition.first
    if first.each:
        enter_region(ground, definition.region_key(first.id), first.id, scope_of(run, first.each))
    else:
        open_step(ground, first, None, {})
    for join in ground.waiting:
        transaction.on_commit(partial(open_waiting_members.enqueue, join))
    return ground


def _record_start(run: Run, definition: Definition, actor: Actor, ground: Ground) -> None:
    members = list(scope_of(run, definition.first.each)) if definition.first.each else None
    record(
        "run.started",
        subject=run,
        by=actor,
        after={
            "title": run.title,
            "version": run.version_id,
            "members": members,
            "opened": [opened_as_logged(task) for task in ground.opened],
        },
        at=run.started_at,
    )


def retitle(*, run: Run, title: str, by: Actor) -> None:
    """Call a run by what it turned out to be about. Whoever calls has checked that this person may."""
    if title == run.title:
        return
    before, run.title = run.title, title
    run.save(update_fields=["title"])
    record("run.retitled", subject=run, by=by, before={"title": before}, after={"title": title})


def set_scope(
    *,
    run: Run,
    each: EachKind,
    members: Sequence[int],
    due_at: datetime | None = None,
    own_dues: Mapping[int, datetime] | None = None,
) -> None:
    """Say over whom the run fans out: ids of units, or of pegawai.

    due_at: by when they fill in, if not by the norm. own_dues: member's id -> the same for that one alone.
    """
    dues = {str(pk): at.isoformat() for pk, at in (own_dues or {}).items()}
    RunScope.objects.update_or_create(
        run=run, each=each,
        defaults={"members": list(members), "due_at": due_at, "own_dues": dues, "instansi_id": run.instansi_id},
    )  # fmt: skip


@transaction.atomic
def hold(*, run: Run, by: Actor, reason: str) -> Run:
    """Stop the clock and all acts, with a reason; what working time each task had left is kept."""
    run = _locked(run)
    return _hold(run, permissions.check_can_lead(by, run), reason)


@transaction.atomic
def suspend_for(*, run: Run, by: Actor, reason: str) -> Run:
    """Hold a run because another waits for its data. Whoever calls has checked that this person may."""
    return _hold(_locked(run), by, reason)


def _hold(run: Run, actor: Actor, reason: str) -> Run:
    _check_state(run, RunState.RUNNING)
    _check_reason(reason)
    calendar, now = organisation.calendar_of(run.office), timezone.now()
    minute = _whole_minute(now)
    tasks = list(Task.objects.filter(run=run, state=TaskState.OPEN, due_at__isnull=False))
    for task in tasks:
        assert task.due_at is not None
        late = now > task.due_at
        worked = calendar.elapsed(task.due_at, now) if late else calendar.elapsed(minute, task.due_at)
        task.left_minutes, task.due_at = (-worked if late else worked), None
    Task.objects.bulk_update(tasks, ["left_minutes", "due_at"])
    return _move(run, RunState.HELD, "run.held", actor, reason, now)


@transaction.atomic
def resume(*, run: Run, by: Actor) -> Run:
    """Let a held run go on: each task has the working time it had left. Not while its data are being corrected."""
    run = _locked(run)
    actor = permissions.check_can_lead(by, run)
    under_way = Run.objects.filter(follows=run, state__in=(RunState.RUNNING, RunState.HELD))
    if under_way.filter(version__sop__category="correction").exists():
        raise Refused(
            _("SOP ini menunggu perbaikan datanya. Selesaikan atau batalkan dulu perbaikan itu di halaman Perbaikan.")
        )
    return _resume(run, actor)


@transaction.atomic
def release(*, run: Run, by: Actor) -> Run:
    """Let a run go on that was suspended, when what it waited for is done. Its steps have their whole time again:
    nobody could work on them meanwhile."""
    return _resume(_locked(run), by, anew=True)


def _resume(run: Run, actor: Actor, *, anew: bool = False) -> Run:
    _check_state(run, RunState.HELD)
    calendar, now = organisation.calendar_of(run.office), timezone.now()
    tasks = list(Task.objects.filter(run=run, state=TaskState.OPEN, left_minutes__isnull=False))
    minute = _whole_minute(now)
    for task in tasks:
        left, task.left_minutes = task.left_minutes or 0, None
        norm = definition_of(run.version).step(task.step).norm if anew else None
        # What was late by then is late by as much now.
        task.counted_from = calendar.since(minute, -left) if norm is None and left < 0 else minute
        task.counted_minutes = max(0, left) if norm is None else None
        task.due_at = due_of(calendar, task.counted_from, task.counted_minutes, norm)
    Task.objects.bulk_update(tasks, ["counted_from", "counted_minutes", "left_minutes", "due_at"])
    return _move(run, RunState.RUNNING, "run.resumed", actor, "", now)


def _whole_minute(moment: datetime) -> datetime:
    """What is left is kept in minutes: counted from the minute's beginning, a hold takes nothing off."""
    return moment.replace(second=0, microsecond=0)


@transaction.atomic
def cancel(*, run: Run, by: Actor, reason: str) -> Run:
    """End a run before its end, with a reason. What was written stays. A correction is given up as a case."""
    run = _locked(run)
    actor = permissions.check_can_lead(by, run)
    if run.version.sop.category == "correction":
        raise Refused(
            _("Perbaikan data dibatalkan di halaman Perbaikan, supaya angka dan tanda tangan yang menunggu ikut beres.")
        )
    return _cancel(run, actor, reason)


@transaction.atomic
def abandon(*, run: Run, by: Actor, reason: str) -> Run:
    """End a run because what it was for is given up. Whoever calls has checked that this person may."""
    return _cancel(_locked(run), by, reason)


def _cancel(run: Run, actor: Actor, reason: str) -> Run:
    if run.state not in (RunState.RUNNING, RunState.HELD):
        raise Refused(_("SOP ini sudah berakhir, jadi tidak dapat dibatalkan."))
    _check_reason(reason)
    now = timezone.now()
    Task.objects.filter(run=run, state=TaskState.OPEN).update(state=TaskState.CANCELLED, done_at=now)
    run.ended_at = now
    return _move(run, RunState.CANCELLED, "run.cancelled", actor, reason, now)


@transaction.atomic
def hand_over(*, task: Task, by: Actor, to: Jabatan | Pegawai, reason: str) -> Task:
    """Give an open task to another position or person; the log keeps both names."""
    task = Task.objects.locked(task.pk)
    actor = permissions.check_can_hand_over(by, task.run, to)
    day = organisation.local_day(task.run.office, timezone.now())
    tasks = permissions.side_by_side(task)
    held = permissions.held_now(tasks, day)
    if any(permissions.has_already(each, to, held) for each in tasks):
        raise Refused(
            _("Tugas ini sudah ada pada %(who)s. Pilih penerima lain.") % {"who": str(to).removesuffix(".")}, code="to"
        )
    return _hand_over(task, actor, to, reason)


@transaction.atomic
def take_on(*, task: Task, by: Actor, reason: str, to: Pegawai | None = None, once: bool = False) -> Task:
    """Give an open task to the person who acts, or to another. Whoever calls has checked that this person may.

    once: for this round only; the next one is again with whom it would have been.
    """
    return _hand_over(Task.objects.locked(task.pk), by, to or by.pegawai, reason, once=once)


@transaction.atomic
def postpone(*, task: Task, by: Actor, due_at: datetime, reason: str) -> Task:
    """Give one member's open task a later day. Whoever calls has checked that this person may."""
    task = Task.objects.locked(task.pk)
    _check_reason(reason)
    calendar, now = organisation.calendar_of(task.run.office), timezone.now()
    if task.state != TaskState.OPEN or task.run.state != RunState.RUNNING:
        raise Stale(_("Langkah ini sedang tidak terbuka, jadi batasnya tidak dapat diubah."))
    if due_at <= max(now, task.due_at or now):
        raise Refused(_("Batas yang baru harus sesudah batas yang sekarang."), code="due")
    before = {"due_at": task.due_at}
    begun = task.counted_from or task.opened_at
    task.due_at, task.counted_from = due_at, begun.replace(second=0, microsecond=0)
    task.counted_minutes = calendar.elapsed(task.counted_from, due_at)
    task.save(update_fields=["due_at", "counted_from", "counted_minutes"])
    record(
        "task.postponed", subject=task, stream=task.run.audit_stream, by=by, before=before, after={"due_at": due_at},
        reason=reason,
    )  # fmt: skip
    return task


def _hand_over(task: Task, actor: Actor, to: Jabatan | Pegawai, reason: str, *, once: bool = False) -> Task:
    _check_reason(reason)
    if task.state != TaskState.OPEN:
        raise Stale(_("Langkah ini sudah selesai, jadi tidak dapat dialihkan."))
    if to.office_id != task.run.office_id or (to.closed_on if isinstance(to, Jabatan) else to.left_on) is not None:
        raise Refused(_("Pilih jabatan atau pegawai yang masih bertugas di kantor ini."), code="to")
    before = {"jabatan": task.jabatan_id, "pegawai": task.pegawai_id}
    if isinstance(to, Jabatan):
        task.jabatan, task.pegawai = to, None
    else:
        task.jabatan, task.pegawai = None, to
    task.save(update_fields=["jabatan", "pegawai"])
    record(
        "task.handed_over",
        subject=task,
        stream=task.run.audit_stream,
        by=actor,
        before=before,
        after={"jabatan": task.jabatan_id, "pegawai": task.pegawai_id, "to": str(to)}
        | ({"once": True} if once else {}),
        reason=reason,
    )
    return task


def _locked(run: Run) -> Run:
    rows = Run.objects.select_for_update(of=("self",)).select_related("office", "version__sop").defer(*HEAVY)
    return rows.get(pk=run.pk)


def _check_state(run: Run, wanted: RunState) -> None:
    if run.state != wanted:
        raise Stale(_("SOP ini sekarang %(state)s. Muat ulang halaman.") % {"state": run.get_state_display().lower()})


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Tulis alasannya; alasan ini tersimpan di riwayat."), code="reason")


def _move(run: Run, state: RunState, event: str, actor: Actor, reason: str, now: datetime) -> Run:
    before, run.state, run.stop_reason = run.state, state, reason
    run.save(update_fields=["state", "stop_reason", "ended_at"])
    record(event, subject=run, by=actor, before={"state": before}, after={"state": state}, reason=reason, at=now)
    return run
