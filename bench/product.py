"""Runut itself, whole: rights, separation of duties, hashed entry, next tasks, due dates, idempotency key, paraf."""

from __future__ import annotations

from uuid import uuid4

from django.db import transaction

from bench.contract import FORM, Ticket, timed
from bench.office import World
from runut.organisation.permissions import Actor
from runut.sop import actions
from runut.sop.models import Join, Run, Task

DATA_HASH = "0" * 64


class Runut:
    name = "runut"

    def __init__(self, world: World, offices: dict[int, World]) -> None:
        self.world, self.offices = world, offices

    def start(self) -> Ticket:
        assert self.world.straight is not None
        run = actions.start_run(sop=self.world.straight, by=self.world.at(0), title="Urusan", key=uuid4().hex)
        return Task.objects.values_list("pk", flat=True).get(run=run)

    def step(self, task: Ticket, place: int) -> tuple[float, Ticket | None]:
        spent, result = timed(lambda: act(int(task), self.world.at(place)))
        return spent, result.opened[0] if result.opened else None

    def ended(self) -> int:
        return Run.objects.filter(version__sop=self.world.straight, state="done").count()

    def fan_out(self, people: int) -> RunutFan:
        return RunutFan(self.offices[people])


@transaction.atomic
def act(task: int, by: Actor, outcome: str = "complete", reason: str = "") -> actions.Result:
    """One request, as a work page's action makes it."""
    under_way = actions.begin(task_id=task, by=by, outcome=outcome, key=uuid4().hex)
    return actions.complete(under_way, form=FORM, reason=reason, data_hash=DATA_HASH)


class RunutFan:
    def __init__(self, world: World) -> None:
        assert world.spread is not None
        self.world = world
        scope = {"pegawai": [actor.pegawai_id for actor in world.people]}
        self.run = actions.start_run(sop=world.spread, by=world.actors["staf"], title="Pengumpulan", scope=scope)
        self.tasks: dict[int, int] = {}

    def open(self) -> list[float]:
        first = Task.objects.get(run=self.run)
        seconds = [timed(lambda: act(first.pk, self.world.actors["staf"]))[0]]
        join = Join.objects.get(run=self.run)
        while True:
            spent, opened = timed(lambda: actions.open_waiting(join_id=join.pk))
            if not opened:
                break
            seconds.append(spent)
        rows = dict(Task.objects.filter(run=self.run, step="isi").values_list("branch__pegawai", "pk"))
        self.tasks = {number: rows[actor.pegawai_id] for number, actor in enumerate(self.world.people)}
        return seconds

    def fill(self, person: int) -> float:
        return self._do(person, self.world.people[person])

    def review(self, person: int, *, fine: bool) -> float:
        outcome, reason = ("complete", "") if fine else ("return", "Bukti tidak cocok.")
        return self._do(person, self.world.superiors[person], outcome, reason)

    def _do(self, person: int, by: Actor, outcome: str = "complete", reason: str = "") -> float:
        spent, result = timed(lambda: act(self.tasks[person], by, outcome, reason))
        self.tasks[person] = result.opened[0] if result.opened else 0
        return spent

    def gathered(self) -> int:
        return Task.objects.filter(run=self.run, step="himpun").count()
