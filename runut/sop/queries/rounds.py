"""Which round a task is, as people count: one, and one more for each time the work was sent back; and what the round
before left for it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping

from runut.sop.models import Task, TaskState
from runut.sop.queries.definitions import definition_of


def rounds_of(tasks: Iterable[Task]) -> dict[int, int]:
    """Task id -> its round. At most one query.

    What whoever did it took back, and what was withdrawn and sent again, is open once more in the same round.
    """
    rows = list(tasks)
    again = {task.branch_id for task in rows if task.branch_id and task.round > 1}
    back: dict[int | None, list[int]] = defaultdict(list)
    if again:
        sent_back = Task.objects.filter(branch__in=again, opened_by_return=True, slot=0).order_by("pk")
        for branch, pk in sent_back.values_list("branch", "pk"):
            back[branch].append(pk)
    return {
        task.pk: 1 + bisect_right(back[task.branch_id], task.pk) if task.branch_id in again else task.round
        for task in rows
    }


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
