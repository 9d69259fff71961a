"""When an office's working time changes, the dates of what is still open change with it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from runut.audit.actions import record
from runut.organisation.models import Office, WorkCalendar
from runut.organisation.queries import calendar_of
from runut.sop.models import HEAVY, ClockState, Run, RunState, Task, TaskState
from runut.sop.queries import definition_of
from runut.sop.rules.deadline import due_of
from runut.sop.rules.definition import Norm


def follow_calendars() -> int:
    """Reckon the open tasks of every office whose calendar moved on since last time; how many offices."""
    moved = [
        calendar.office_id
        for calendar in WorkCalendar.objects.select_related("office__clock_state")
        if getattr(getattr(calendar.office, "clock_state", None), "revision", None) != calendar.revision
    ]
    for office_id in moved:
        reckon_again(office_id=office_id)
    return len(moved)


@transaction.atomic
def reckon_again(*, office_id: int) -> int:
    """Set the due times of an office's open tasks by its calendar of today; the log keeps the old ones.

    What is done keeps the time it was due by then, and a held run keeps the minutes it had left.
    """
    office = Office.objects.select_for_update().get(pk=office_id)
    calendar, revision = calendar_of(office), WorkCalendar.objects.values_list("revision", flat=True).get(office=office)
    tasks = (
        Task.objects.select_for_update(of=("self",))
        .filter(run__office=office, run__state=RunState.RUNNING, state=TaskState.OPEN, due_at__isnull=False)
        .select_related("run__version")
        .defer(*(f"run__{name}" for name in HEAVY))
    )
    new = {task: due_of(calendar, task.counted_from, task.counted_minutes, _norm(task)) for task in tasks}
    changed = [task for task, due in new.items() if due != task.due_at]
    before = {str(task.pk): task.due_at for task in changed}
    for task in changed:
        task.due_at = new[task]
    Task.objects.bulk_update(changed, ["due_at"], batch_size=500)
    ClockState.objects.update_or_create(
        office=office, defaults={"instansi_id": office.instansi_id, "revision": revision}
    )
    if changed:
        record(
            "office.dues_reckoned",
            subject=office,
            by=None,
            before=before,
            after={str(task.pk): task.due_at for task in changed},
            reason=gettext_noop("Kalender kerja kantor berubah."),
        )
    return len(changed)


def let_wait(*, run: Run, work: str, waits: bool, at: datetime) -> None:
    """Stop the clock of the open steps of a kind while they wait for others; afterwards it begins anew.

    Whoever calls has the run locked.
    """
    tasks = list(Task.objects.filter(run=run, work=work, state=TaskState.OPEN, left_minutes__isnull=True))
    calendar, definition = calendar_of(run.office), definition_of(run.version)
    changed = [task for task in tasks if waits == (task.due_at is not None)]
    for task in changed:
        norm = definition.step(task.step).norm
        task.counted_from, task.counted_minutes = at, None
        task.due_at = None if waits else due_of(calendar, at, None, norm)
    Task.objects.bulk_update(changed, ["counted_from", "counted_minutes", "due_at"])


def _norm(task: Task) -> Norm | None:
    return definition_of(task.run.version).step(task.step).norm
