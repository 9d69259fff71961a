"""What is noted while a document is judged, before anything is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from runut.documents.queries.remarks import UNFINISHED
from runut.organisation.permissions import Actor
from runut.sop.actions.act import check_open
from runut.sop.models import Task
from runut.sop.permissions import check_can_act


@transaction.atomic
def save_remarks(*, task: Task, by: Actor, typed: Mapping[str, str]) -> datetime:
    """Keep what somebody has typed so far, field -> text, for that person alone; when it was kept.

    No log entry: nothing has been said. It is gone as soon as the task is done.
    """
    task = Task.objects.locked(task.pk)
    actor = check_can_act(by, task)
    check_open(task, task.run)
    kept = task.form.get(UNFINISHED, {}) | {str(actor.pegawai.pk): dict(typed)}
    Task.objects.filter(pk=task.pk).update(form={**task.form, UNFINISHED: kept})
    return timezone.now()
