"""One step done: lock, check, change, record. This is the hot path, whole, in one file.

An upper app's action wraps its own work between `begin` and `complete`, in one transaction:

    act = begin(task_id=..., by=by, outcome="complete", key=key)
    if act.replayed:
        return act.result
    ...
    return complete(act, ...)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from typing import NamedTuple, cast

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.lib.canonical import content_hash
from runut.lib.errors import Denied, Refused, Stale
from runut.lib.prepared import Prepared, PreparedRows, insert, update
from runut.lib.worktime import Calendar
from runut.organisation import queries as organisation
from runut.organisation.permissions import Actor
from runut.sop import permissions
from runut.sop.actions.fanout import open_waiting_members
from runut.sop.actions.opening import Ground, enter_region, member_key, open_step, scope_of
from runut.sop.models import Branch, BranchState, Command, Join, Paraf, Run, RunState, Task, TaskQuerySet, TaskState
from runut.sop.queries import definition_of
from runut.sop.queries.hand_overs import check_not_given_away
from runut.sop.queries.said import closed_in_words, done_in_words
from runut.sop.rules.definition import Definition, EachKind, Outcome, Step
from runut.sop.rules.flow import (
    AbandonRegion,
    CloseSlots,
    Effect,
    EndRun,
    EnterRegion,
    FinishBranch,
    FireJoin,
    OpenStep,
    Situation,
    decide,
    outcome_of,
)
from runut.sop.rules.owed import owed_words


@dataclass(frozen=True, slots=True)
class Result:
    """What an act led to: ids of the tasks it opened (the first hundred) and the run's state."""

    run_id: int
    task_id: int
    outcome: str
    opened: list[int]
    run_state: str


class Sibling(NamedTuple):
    """Another task of the same member, or of the run where the step is the run's own."""

    pk: int
    step: str
    slot: int
    round: int
    state: str
    jabatan_id: int | None
    pegawai_id: int | None
    due_at: datetime | None


@dataclass(slots=True)
class Act:
    """A task under way of being done, locked, by somebody entitled to it.

    `replayed` says that the same request was carried out before; `result` is then what it led to.
    """

    task: Task
    run: Run
    definition: Definition
    step: Step
    calendar: Calendar
    outcome: Outcome
    actor: Actor
    key: str
    now: datetime
    siblings: list[Sibling]
    join: Join | None = None
    replayed: bool = False
    result: Result | None = None

    @property
    def branch(self) -> Branch | None:
        return self.task.branch

    def why_back(self, typed: str) -> str:
        """What was typed in the return box, where it goes back; left there when it goes on, it counts for nothing."""
        return typed if self.outcome.back else ""


def _placed(tasks: TaskQuerySet) -> QuerySet[Task, tuple[object, ...]]:
    return tasks.values_list("pk", "step", "slot", "round", "state", "jabatan", "pegawai", "due_at")


_IN_RUN = PreparedRows(Sibling._make, lambda run: _placed(Task.objects.filter(run=run, branch=None)), int)
_IN_BRANCH = PreparedRows(
    Sibling._make, lambda run, branch: _placed(Task.objects.filter(run=run, branch=branch)), int, int
)
_JOIN = Prepared(lambda run, region: Join.objects.filter(run=run, region=region).order_by("-round")[:1], int, str)
_COMMAND = Prepared(lambda key: Command.objects.filter(key=key), str)


def begin(*, task_id: int, by: Actor, outcome: str = "complete", key: str = "", work: str = "") -> Act:
    """Lock the task and its run, and check that this person may decide it so, now.

    The same key again gives an act that is `replayed`. work: the kind of step that the action does; a
    signature is not given by saying that it was. Raises Denied (who), Stale (somebody was first),
    Refused (the run is held or over, the step has no such outcome or is of another kind).
    """
    assert connection.in_atomic_block, "a step is done in one transaction"
    task, siblings = _held(task_id)
    run, now = task.run, timezone.now()
    definition = definition_of(run.version)
    step, calendar = definition.step(task.step), organisation.calendar_of(run.office)
    if work and step.work != work:
        raise Refused(_("Langkah ini dikerjakan di halaman lain. Buka lagi dari Tugas Saya."))
    act = Act(task, run, definition, step, calendar, outcome_of(step, outcome), by, key, now, siblings)
    if key and task.state != TaskState.OPEN and _replay(act, by):
        return act
    check_open(task, run)
    fresh = organisation.actor_of(by.pegawai, calendar.local_day(now))
    act.actor = _as_doer(fresh, task)
    region = definition.region_key(step.id)
    if region and not (act.outcome.to and definition.region_key(act.outcome.to) == region):
        act.join = _JOIN.first(run.pk, region)
    return act


def _as_doer(by: Actor, task: Task) -> Actor:
    """The person as the actor the task is addressed to; Stale where it was handed over since."""
    try:
        return permissions.check_can_act(by, task)
    except Denied:
        check_not_given_away(task, by)
        raise


def _held(task_id: int) -> tuple[Task, list[Sibling]]:
    """The task with its run locked, and its siblings, as both are under the lock.

    The siblings are read behind the lock, the task is among them: whoever had to wait sees there that it has changed.
    """
    task = Task.objects.locked_as_seen(task_id)
    siblings = _IN_BRANCH.all(task.run_id, task.branch_id) if task.branch_id else _IN_RUN.all(task.run_id)
    now = next(one for one in siblings if one.pk == task_id)
    seen = (task.state, task.jabatan_id, task.pegawai_id, task.due_at)
    return (task if seen == now[4:] else Task.objects.locked(task_id)), siblings


def _replay(act: Act, by: Actor) -> bool:
    command = _COMMAND.first(act.key)
    if command is None:
        return False
    if command.pegawai_id != by.pegawai_id or command.digest != _digest(act):
        raise _used_elsewhere()
    act.replayed, act.result = True, Result(**command.result)
    return True


def _used_elsewhere() -> Stale:
    return Stale(_("Halaman ini sudah dipakai untuk tindakan lain. Muat ulang halaman, lalu coba lagi."))


def _digest(act: Act) -> str:
    return content_hash({"task": act.task.pk, "outcome": act.outcome.code})


def check_open(task: Task, run: Run) -> None:
    """Raise Stale, with who did it and where it goes on, once a task is no longer to be done; Refused while held."""
    if run.state == RunState.HELD:
        raise Refused(_("SOP ini sedang dijeda: %(why)s") % {"why": run.stop_reason})
    if run.state == RunState.CANCELLED:
        raise Refused(_("SOP ini sudah dibatalkan: %(why)s") % {"why": run.stop_reason})
    if task.state == TaskState.DONE:
        raise Stale(done_in_words(task), url=run.get_absolute_url(), label=_("Lihat kelanjutannya"))
    if task.state != TaskState.OPEN:
        raise Stale(closed_in_words(task), url=run.get_absolute_url(), label=_("Lihat kelanjutannya"))


def complete(
    act: Act,
    *,
    members: Sequence[int] | None = None,
    chosen: Sequence[int] = (),
    form: Mapping[str, object] | None = None,
    reason: str = "",
    late_reason: str = "",
    data_hash: str = "",
) -> Result:
    """Close the task with its outcome and open what follows; one log entry for all of it.

    members: ids of the fan-out that follows, when the step knows them. chosen: ids that go back.
    data_hash: the content under which the step's paraf is given.
    """
    _check_words(act, reason, late_reason, data_hash)
    each = _each_of(act.definition, act.outcome)
    effects = decide(
        act.definition,
        _situation(act),
        act.outcome.code,
        chosen=[member_key(each, pk) for pk in chosen] if each else (),
        members=[member_key(each, pk) for pk in members] if each and members is not None else None,
    )
    _close(act, form or {}, reason, late_reason)
    if act.step.paraf and not act.outcome.back:
        _initial(act, data_hash)
    ground = Ground(act.run, act.definition, act.calendar, act.now, reason if act.outcome.back else "")
    done = [_carry_out(act, ground, effect) for effect in effects]
    result = Result(act.run.pk, act.task.pk, act.outcome.code, [t.pk for t in ground.opened[:100]], act.run.state)
    _log(act, done, ground, reason, late_reason)
    _remember(act, result)
    for join in ground.waiting:
        transaction.on_commit(partial(open_waiting_members.enqueue, join))
    return result


def _remember(act: Act, result: Result) -> None:
    """Keep the answer under the form's key, for the same request a second time."""
    if act.key:
        command = Command(
            instansi_id=act.run.instansi_id, key=act.key, pegawai=act.actor.pegawai, verb="complete",
            digest=_digest(act), result=asdict(result), at=act.now,
        )  # fmt: skip
        if not insert(command, unless_taken=True):
            raise _used_elsewhere()


def _check_words(act: Act, reason: str, late_reason: str, data_hash: str) -> None:
    late = act.task.due_at is not None and act.now > act.task.due_at
    for code, sentence in owed_words(back=act.outcome.back, late=late, reason=reason, late_reason=late_reason).items():
        raise Refused(sentence, code=code)
    assert data_hash or not act.step.paraf or act.outcome.back, "a paraf is given under a content"


def _each_of(definition: Definition, outcome: Outcome) -> EachKind | None:
    return definition.step(outcome.to).each if outcome.to else None


def _situation(act: Act) -> Situation:
    others = tuple(
        t.slot for t in act.siblings if t.step == act.step.id and t.state == TaskState.OPEN and t.pk != act.task.pk
    )
    join = act.join
    return Situation(
        step=act.step,
        member=act.branch.member if act.branch else None,
        others=others,
        pending=join.pending if join else 0,
        total=join.total if join else 0,
        fired=join.fired if join else False,
    )


def _close(act: Act, form: Mapping[str, object], reason: str, late_reason: str) -> None:
    task = act.task
    task.state = TaskState.RETURNED if act.outcome.back else TaskState.DONE
    task.done_at, task.done_by, task.done_as = act.now, act.actor.pegawai, act.actor.acting
    task.done_title, task.outcome = act.actor.title, act.outcome.code
    task.reason, task.late_reason, task.form = reason, late_reason, dict(form)
    update(task, "state", "done_at", "done_by", "done_as", "done_title", "outcome", "reason", "late_reason", "form")


def _initial(act: Act, data_hash: str) -> None:
    paraf = Paraf(
        instansi_id=act.run.instansi_id, task=act.task, data_hash=data_hash, pegawai=act.actor.pegawai,
        name=act.actor.name, title=act.actor.title, at=act.now,
    )  # fmt: skip
    insert(paraf)


def _carry_out(act: Act, ground: Ground, effect: Effect) -> Effect:
    """Write one effect as rows; the effect as it was carried out, with its members named."""
    match effect:
        case CloseSlots(state):
            same = Task.objects.filter(run=act.run, branch=act.branch, step=act.step.id, state=TaskState.OPEN)
            same.update(state=state, done_at=act.now)
        case OpenStep(step, member):
            rounds = _rounds(act, member)
            open_step(ground, act.definition.step(step), act.branch if member else None, rounds)
        case FinishBranch():
            assert act.branch is not None and act.join is not None
            act.branch.state, act.join.pending = BranchState.DONE, act.join.pending - 1
            update(act.branch, "state")
            update(act.join, "pending")
        case FireJoin(region):
            Join.objects.filter(run=act.run, region=region, fired=False).update(fired=True)
        case AbandonRegion(region):
            _abandon(act, region)
        case EnterRegion():
            return _enter(act, ground, effect)
        case EndRun():
            _end(act)
    return effect


def _rounds(act: Act, member: str | None) -> dict[str, int]:
    """step id -> how often it was opened for this member, or for the run as a whole."""
    tasks = act.siblings
    if member is None and act.branch is not None:
        tasks = _IN_RUN.all(act.run.pk)
    rounds: dict[str, int] = {}
    for task in tasks:
        rounds[task.step] = max(task.round, rounds.get(task.step, 0))
    return rounds


def _abandon(act: Act, region: str) -> None:
    steps = [step.id for step in act.definition.region(region)]
    inside = Task.objects.filter(run=act.run, step__in=steps, state=TaskState.OPEN)
    inside.update(state=TaskState.SUPERSEDED, done_at=act.now)
    Join.objects.filter(run=act.run, region=region).update(fired=True, waiting=[])


def _enter(act: Act, ground: Ground, effect: EnterRegion) -> EnterRegion:
    members = effect.members
    if members is None and effect.again:
        known = Branch.objects.filter(run=act.run, region=effect.region).exclude(state=BranchState.DROPPED)
        members = tuple(known.order_by("pk").values_list("member", flat=True))
    if members is None:
        members = tuple(scope_of(act.run, cast(EachKind, act.definition.step(effect.step).each)))
    if effect.again and effect.members is not None:
        _check_known(act, effect.region, members)
    if effect.again:
        _abandon(act, effect.region)
    enter_region(ground, effect.region, effect.step, members)
    return EnterRegion(effect.region, effect.step, members, effect.again)


def _check_known(act: Act, region: str, members: Sequence[str]) -> None:
    """Only who took part before can have something come back."""
    known = Branch.objects.filter(run=act.run, region=region, member__in=members).exclude(state=BranchState.DROPPED)
    if known.count() != len(set(members)):
        raise Refused(_("Yang dipilih tidak ada dalam langkah ini. Muat ulang halaman, lalu pilih lagi."))


def _end(act: Act) -> None:
    act.run.state, act.run.ended_at = RunState.DONE, act.now
    act.run.save(update_fields=["state", "ended_at"])
    Task.objects.filter(run=act.run, state=TaskState.OPEN).update(state=TaskState.CANCELLED, done_at=act.now)


def _log(act: Act, done: Sequence[Effect], ground: Ground, reason: str, late_reason: str) -> None:
    """The entry's payload suffices to replay the run: place, outcome, and the members named."""
    member = act.branch.member if act.branch else None
    place = {"step": act.step.id, "member": member, "slot": act.task.slot, "round": act.task.round}
    entered = [effect.members for effect in done if isinstance(effect, EnterRegion)]
    record(
        "task.returned" if act.outcome.back else "task.completed",
        subject=act.task,
        stream=act.run.audit_stream,
        by=act.actor,
        before=place,
        after={
            "outcome": act.outcome.code,
            "members": list(entered[0] or ()) if entered else None,
            "opened": [[t.step, t.slot, t.round, t.jabatan_id, t.pegawai_id, t.due_at] for t in ground.opened],
            "late_reason": late_reason,
        },
        reason=reason,
        at=act.now,
        behind=act.task.last_logged,
    )
