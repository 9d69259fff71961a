"""Whose paraf a signature waits for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from runut.sop.models import Paraf


def awaited_parafs(runs: Collection[int]) -> dict[int, list[str]]:
    """Run id -> the titles of those whose paraf became void and is asked for again. One query, none without runs."""
    if not runs:
        return {}
    rows = Paraf.objects.filter(task__run__in=list(runs), asked_again=True).order_by("task", "pk")
    last: dict[tuple[int, int], str] = {
        (row.task.run_id, row.task_id): row.title for row in rows.select_related("task")
    }
    found: dict[int, list[str]] = defaultdict(list)
    for (run, _task), title in last.items():
        if title not in found[run]:
            found[run].append(title)
    return dict(found)
