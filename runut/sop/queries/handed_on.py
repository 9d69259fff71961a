"""What was handed on to a step: the note and the papers of the step before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from runut.organisation.permissions import Actor
from runut.sop.models import Task, TaskFile, TaskState
from runut.sop.queries.definitions import definition_of
from runut.sop.queries.inbox import subject_of
from runut.sop.queries.privacy import may_read_words
from runut.sop.queries.tasks import told

PASSES_ON = ("do", "coordinate", "instruct", "report")
NAMED = 10


@dataclass(frozen=True, slots=True)
class HandedOn:
    """What one person left for the next. subject: whose part of a fan-out it was, "" outside."""

    step: str
    who: str
    subject: str
    at: datetime | None
    told: list[tuple[str, str]]
    files: list[dict[str, object]]


def handed_on(task: Task, actor: Actor) -> list[HandedOn]:
    """From the steps that lead to this one and leave a note, as far as this person may read it.

    No query where no such step is before it; else two, and those of `may_read_words` for a person's part.
    """
    definition = definition_of(task.run.version)
    before = [
        step.id
        for step in definition.steps
        if step.work in PASSES_ON and any(not one.back and one.to == task.step for one in step.outcomes)
    ]
    if not before:
        return []
    done = Task.objects.filter(run=task.run_id, step__in=before, state=TaskState.DONE, pk__lt=task.pk)
    rows = done.select_related("run__version", "done_by", "branch__pegawai", "branch__unit").prefetch_related(
        "files__uploaded_by"
    )
    if task.branch_id is not None:
        rows = rows.filter(branch__isnull=True) | rows.filter(branch=task.branch_id)
    latest: dict[tuple[str, int | None], Task] = {}
    for one in rows.order_by("-pk")[: 4 * NAMED]:
        latest.setdefault((one.step, one.branch_id), one)
    readable = [one for one in list(latest.values())[:NAMED] if may_read_words(one, actor)]
    return [_of(one) for one in readable]


def _of(task: Task) -> HandedOn:
    who = task.done_by.full_name if task.done_by else ""
    title = f"{who}, {task.done_title}" if task.done_title else who
    return HandedOn(task.text, title, subject_of(task.branch), task.done_at, told(task), files_of(task.files.all()))


def files_of(files: Iterable[TaskFile]) -> list[dict[str, object]]:
    """The papers of a task as `components/evidence_list.html` reads them; they come with `uploaded_by`."""
    return [
        {
            "url": reverse("sop:task_file", args=[file.task_id, file.pk]),
            "name": file.name,
            "size": file.size,
            "by": file.uploaded_by.full_name,
            "at": file.uploaded_at,
        }
        for file in files
    ]
