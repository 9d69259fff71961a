"""Viewflow (AGPL; here only to be measured): each task is a row, the definition is in `flows`."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.utils import timezone
from viewflow.workflow.models import Process, Task

from bench.contract import FORM, STEPS, Ticket, timed
from bench.office import World
from bench.rivals import wrap
from bench.rivals.flows import Spread, Straight
from runut.organisation.permissions import Actor

MANUAL = {"flow_task_type": "HUMAN", "status": "ASSIGNED"}


class Viewflow:
    name = "viewflow"

    def __init__(self, world: World, offices: dict[int, World]) -> None:
        self.world, self.offices = world, offices
        self.users = [world.users[world.at(place).pegawai_id] for place in range(STEPS)]

    def start(self) -> Ticket:
        process = Straight.start.run(users=self.users)
        return Task.objects.values_list("pk", flat=True).get(process=process, **MANUAL)

    def step(self, task: Ticket, place: int) -> tuple[float, Ticket | None]:
        addressed = wrap.Addressed(self.world.post(place).pk, None)
        spent, _none = timed(lambda: complete(self.world, int(task), self.world.at(place), addressed, FORM))
        following = Task._default_manager.filter(previous=task, **MANUAL).values_list("pk", flat=True).first()
        return spent, following

    def ended(self) -> int:
        return Process.objects.filter(flow_class=Straight, status="DONE").count()

    def fan_out(self, people: int) -> ViewflowFan:
        return ViewflowFan(self.offices[people])


def complete(world: World, pk: int, by: Actor, addressed: wrap.Addressed, data: dict[str, object]) -> None:
    """What Viewflow's own view does with a task, and in its transaction the same check and entry as everywhere."""
    now = timezone.now()
    task: Any = Task._default_manager.get(pk=pk)
    with task.activation() as activation:
        actor = wrap.check(world, by, now, addressed)
        activation.task.data.update(data)
        activation.start(None)
        activation.execute()
        name, stream = activation.flow_task.name, f"v:{task.process_id}"
        wrap.log(stream, wrap.Subject(pk, name), actor, now, name, activation.task.data.get("person"), [pk])


class ViewflowFan:
    def __init__(self, world: World) -> None:
        self.world, self.tasks = world, dict[int, int]()
        staff = world.users[world.actors["staf"].pegawai_id]
        people = [
            {"person": number, "user": world.users[one.pegawai_id], "superior": world.users[head.pegawai_id]}
            for number, (one, head) in enumerate(zip(world.people, world.superiors, strict=True))
        ]
        self.process = Spread.start.run(users=[staff], people=people)

    def open(self) -> list[float]:
        first = Task.objects.get(process=self.process, **MANUAL)
        staff = self.world.actors["staf"]
        addressed = wrap.Addressed(self.world.posts["staf"].pk, None)
        spent, _next = timed(lambda: complete(self.world, first.pk, staff, addressed, {}))
        rows = Task.objects.filter(process=self.process, **MANUAL).values_list("data__person", "pk")
        self.tasks = dict(rows)
        return [spent]

    def fill(self, person: int) -> float:
        by = self.world.people[person]
        return self._do(person, by, wrap.Addressed(None, by.pegawai_id), FORM)

    def review(self, person: int, *, fine: bool) -> float:
        by, subject = self.world.superiors[person], self.world.people[person].pegawai_id
        assert by.acting is not None
        addressed = wrap.Addressed(by.acting.jabatan_id, None, "review", subject)
        return self._do(person, by, addressed, {"fine": fine})

    def _do(self, person: int, by: Actor, addressed: wrap.Addressed, data: dict[str, object]) -> float:
        spent, _next = timed(lambda: complete(self.world, self.tasks[person], by, addressed, data))
        # After a decision the next task lies two nodes further; finding it is not what is measured.
        with suppress(Task.DoesNotExist):
            self.tasks[person] = Task.objects.get(process=self.process, data__person=person, **MANUAL).pk
        return spent

    def gathered(self) -> int:
        tasks = Task.objects.filter(process=self.process, **MANUAL)
        return sum(task.flow_task.name == "himpun" for task in tasks)
