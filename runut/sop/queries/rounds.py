"""Which round a task is, as people count: one, and one more for each time the work was sent back."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from runut.sop.models import Task


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
