"""What one person still has to do, for whoever may give it to somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone

from runut.organisation.models import Pegawai
from runut.organisation.permissions import Actor
from runut.organisation.queries import actor_of
from runut.sop.models import RunState, Task, TaskState
from runut.sop.permissions import led_office_ids

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Waiting:
    """The first of a person's open tasks, nearest first, with their run; and how many there are."""

    tasks: Sequence[Task]
    count: int


def waiting_with(person: Pegawai, reader: Actor) -> Waiting:
    """Open tasks of the person and of the positions held today, in the running runs that the reader leads.

    Three queries; none where the reader leads no office.
    """
    led = led_office_ids(reader)
    if not led:
        return Waiting((), 0)
    mine = Task.objects.addressed_to(actor_of(person, timezone.localdate()))
    open_ = mine.filter(state=TaskState.OPEN, run__state=RunState.RUNNING, run__office__in=led)
    first = open_.select_related("run").defer("form").order_by(F("due_at").asc(nulls_last=True), "pk")
    return Waiting(list(first[:SHOWN]), open_.count())
