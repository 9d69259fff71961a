"""Which round a task is, as people count: one, and one more for each time the work was sent back; and what the round
before left for it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from django.db.models import Q

from runut.sop.models import Task, TaskState
from runut.sop.queries.definitions import definition_of


def rounds_of(tasks: Iterable[Task]) -> dict[int, int]:
    """Task id -> its round. At most one query.

    What whoever did it took back, and what was withdrawn and sent again, is open once more in the same round.
    """
    rows = list(tasks)
    again = {task.branch_id: task.run_id for task in rows if task.branch_id and task.round > 1}
    if not again:
        return {task.pk: task.round for task in rows}
    back: dict[tuple[int, int | None], list[int]] = defaultdict(list)
    opened: dict[tuple[int | None, str], list[int]] = defaultdict(list)
    whole = Q(run__in=again.values(), branch=None, opened_by_return=True)
    known = Task.objects.filter(whole | Q(branch__in=again), slot=0).order_by("pk")
    for run, branch, step, pk, returned in known.values_list("run", "branch", "step", "pk", "opened_by_return"):
        opened[branch, step].append(pk)
        if returned:
            back[run, branch].append(pk)
    return {
        task.pk: _round(
            task.pk, opened[task.branch_id, task.step], back[task.run_id, task.branch_id], back[task.run_id, None]
        )
        if task.branch_id in again
        else task.round
        for task in rows
    }


def _round(task: int, opened: Sequence[int], own: Sequence[int], whole: Sequence[int]) -> int:
    """opened: when the step was opened for this member. own, whole: when the member's part, or all, was sent back.

    Where all was sent back to before the fan-out, a member comes to the step once more without a return of its own.
    """
    came = [pk for pk in opened if pk <= task]
    anew = sum(_between(whole, a, b) and not _between(own, a, b) for a, b in pairwise(came))
    return 1 + bisect_right(own, task) + anew


def _between(returns: Sequence[int], a: int, b: int) -> bool:
    return bisect_right(returns, b) > bisect_right(returns, a)


def recorded_before(task: Task) -> Mapping[str, object]:
    """What was typed when the step was done the last time, with which its form begins in a new round; else {}.

    Of a step that several do, each by himself, what was typed in this seat. No query in the first round, else one.
    """
    if task.round == 1:
        return {}
    done = Task.objects.filter(run=task.run_id, branch=task.branch_id, step=task.step, state=TaskState.DONE)
    if definition_of(task.run.version).step(task.step).joint == "all":
        done = done.filter(slot=task.slot)
    form = done.filter(pk__lt=task.pk).order_by("-done_at", "-pk").values_list("form", flat=True).first()
    return form if isinstance(form, Mapping) else {}
