"""When a run was held, as its log has it."""

from __future__ import annotations

from datetime import datetime

from runut.audit.models import Entry
from runut.lib.worktime import Calendar
from runut.sop.models import Run, Task
from runut.sop.rules.worked import Clock

HELD, ENDED = "run.held", ("run.resumed", "run.cancelled")


def clock_of(run: Run, calendar: Calendar, now: datetime) -> Clock:
    """The run's clock, with every time it stood still until now. One query."""
    entries = Entry.objects.filter(subject_type=Run._meta.label_lower, subject_id=run.pk, refused=False)
    pauses: list[tuple[datetime, datetime]] = []
    since: datetime | None = None
    for event, at in entries.filter(event__in=(HELD, *ENDED)).order_by("id").values_list("event", "at"):
        if event == HELD:
            since = at
        elif since is not None:
            pauses.append((since, at))
            since = None
    if since is not None:
        pauses.append((since, now))
    return Clock(calendar, tuple(pauses))


def clock_of_task(task: Task, calendar: Calendar, now: datetime) -> Clock:
    """The clock of a task's run. No query where the task's own time still counts from its beginning: it never stood."""
    if task.due_at is not None and task.counted_from == task.opened_at:
        return Clock(calendar)
    return clock_of(task.run, calendar, now)
