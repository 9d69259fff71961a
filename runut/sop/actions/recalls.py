"""Taking back what one has just handed on, while nobody has gone on with it."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.lib.errors import Denied, Refused, Stale
from runut.organisation import queries as organisation
from runut.organisation.permissions import Actor
from runut.sop import permissions
from runut.sop.actions.act import Result
from runut.sop.actions.once import answered, keep_answer
from runut.sop.actions.opening import Ground, open_step, opened_as_logged
from runut.sop.models import Branch, BranchState, Join, Paraf, Run, RunState, Task, TaskState
from runut.sop.queries import definition_of
from runut.sop.rules.definition import Definition


@transaction.atomic
def recall(*, task_id: int, by: Actor, reason: str, key: str = "") -> Result:
    """Open a member's step anew that this person has just done, and close what it had opened.

    Denied to anybody else. Refused once the step after it was done, or the run went on for everybody; whether
    somebody has looked at it meanwhile the caller knows. The time does not start again: the step is due when it was.
    The same key again returns the stored result.
    """
    done = Task.objects.locked(task_id)
    if (known := answered(key, "recall", by, done.pk)) is not None:
        return Result(**known)  # type: ignore[arg-type]
    run, now, definition = done.run, timezone.now(), definition_of(done.run.version)
    calendar = organisation.calendar_of(run.office)
    actor = _check_may(done, organisation.actor_of(by.pegawai, calendar.local_day(now)))
    closed = _close(done, _what_follows(done, definition), definition, reason)
    ground = Ground(run, definition, calendar, now)
    _open_again(done, ground)
    Paraf.objects.filter(task=done, voided_at__isnull=True).update(voided_at=now, void_reason=reason[:300])
    branch = done.branch
    record(
        "task.recalled",
        subject=done,
        stream=run.audit_stream,
        by=actor,
        before={"step": done.step, "member": branch.member if branch else None, "slot": done.slot, "round": done.round},
        after={"closed": closed, "opened": [opened_as_logged(task) for task in ground.opened]},
        reason=reason,
        at=now,
    )
    result = Result(run.pk, done.pk, "recall", [task.pk for task in ground.opened], run.state)
    keep_answer(key, "recall", actor, done.pk, asdict(result))
    return result


def check_can_recall(task: Task, by: Actor) -> None:
    """Raise what `recall` would raise now, changing nothing."""
    _check_may(task, by)
    _what_follows(task, definition_of(task.run.version))


def _check_may(task: Task, by: Actor) -> Actor:
    if task.state == TaskState.DONE and task.done_by_id != by.pegawai_id:
        raise Denied(
            _("Hanya yang mengajukannya yang dapat menariknya kembali: %(who)s.")
            % {"who": str(task.done_by or "–").removesuffix(".")}
        )
    return permissions.check_can_act(by, task)


def _check_untouched(task: Task, run: Run) -> None:
    if run.state != RunState.RUNNING:
        raise Refused(_("SOP ini sekarang %(state)s.") % {"state": run.get_state_display().lower()})
    later = Task.objects.filter(run=run, branch=task.branch_id, step=task.step, round__gt=task.round)
    if task.state != TaskState.DONE or task.branch_id is None or later.exists():
        raise Stale(_("Pekerjaan ini sudah ditarik kembali atau dikembalikan. Muat ulang halaman."))


def _what_follows(task: Task, definition: Definition) -> list[Task]:
    """The open tasks to which the member's way has come; none when it is through and the others are still waited for.

    Refused when somebody has gone on from there.
    """
    _check_untouched(task, task.run)
    after = list(Task.objects.filter(run=task.run_id, branch=task.branch_id, pk__gt=task.pk).exclude(step=task.step))
    if any(other.state != TaskState.OPEN for other in after):
        who = next((other.done_title for other in after if other.done_title), "")
        raise Refused(_("Langkah berikutnya sudah dikerjakan %(who)s.") % {"who": who}, code="gone_on")
    join = _join(task, definition)
    if not after and (join is None or join.fired):
        raise Refused(_("Semua formulir sudah masuk dan sudah diteruskan ke langkah berikutnya."), code="gone_on")
    return after


def _join(task: Task, definition: Definition) -> Join | None:
    region = definition.region_key(task.step)
    return Join.objects.filter(run=task.run_id, region=region).order_by("-round").first()


def _close(task: Task, after: list[Task], definition: Definition, reason: str) -> str | None:
    """Cancel these tasks, or count the member as under way again; the step that was closed."""
    if after:
        ids = [other.pk for other in after]
        Task.objects.filter(pk__in=ids).update(state=TaskState.CANCELLED, done_at=timezone.now(), reason=reason)
        return after[0].step
    join = _join(task, definition)
    assert join is not None and task.branch_id is not None, "a member's way that ended was counted by a join"
    Branch.objects.filter(pk=task.branch_id).update(state=BranchState.OPEN)
    Join.objects.filter(pk=join.pk).update(pending=join.pending + 1)
    return None


def _open_again(task: Task, ground: Ground) -> None:
    """The step once more, for whoever it is for now; due as before."""
    assert task.branch is not None
    of_step = Task.objects.filter(run=ground.run, branch=task.branch, step=task.step)
    last = of_step.aggregate(last=Max("round"))["last"]
    open_step(ground, ground.definition.step(task.step), task.branch, {task.step: last})
    for opened in ground.opened:
        opened.due_at, opened.counted_from, opened.counted_minutes = (
            task.due_at, task.counted_from, task.counted_minutes,
        )  # fmt: skip
    Task.objects.bulk_update(ground.opened, ["due_at", "counted_from", "counted_minutes"])
