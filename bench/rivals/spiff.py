"""SpiffWorkflow, tuned: each specification is parsed once and stays in memory, only a run's state is written.

It has no tasks to query and no assignment, so the application keeps both: a table of open tasks beside the state.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.config import DEFAULT_CONFIG
from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnWorkflowConverter, WorkflowConverter
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from bench.contract import FORM, STEPS, Ticket, timed
from bench.office import World
from bench.rivals import bpmn, driver, wrap
from runut.organisation.permissions import Actor

TABLES = (
    "create table s_run(id {key}, spec varchar(20) not null, done integer not null, state text not null)",
    "create table s_task(id varchar(36) primary key, run bigint not null, name varchar(20) not null, person integer,"
    " jabatan bigint, pegawai bigint, opened double precision not null, due double precision)",
    "create index s_task_jabatan on s_task(jabatan, due)",
    "create index s_task_pegawai on s_task(pegawai, due)",
    "create index s_task_run on s_task(run)",
    "create table s_done(id {key}, run bigint not null, task varchar(36) not null, pegawai bigint not null,"
    " at double precision not null)",
)
HOUR = timedelta(hours=2)
SPECS: dict[str, tuple[Any, Any]] = {}


class WithoutSpecification(BpmnWorkflowConverter):
    """The state with its specification's name instead of the specification."""

    def to_dict(self, workflow: Any) -> dict[str, Any]:
        state = WorkflowConverter.to_dict(self, workflow)
        state["spec"] = workflow.spec.name
        state["subprocesses"] = self.mapping_to_dict(workflow.subprocesses)
        state["bpmn_events"] = self.registry.convert(workflow.bpmn_events)
        return state

    def from_dict(self, dct: dict[str, Any]) -> Any:
        specification, parts = SPECS[dct["spec"]]
        return super().from_dict({**dct, "spec": specification, "subprocess_specs": parts})


SERIALIZER = BpmnWorkflowSerializer(
    BpmnWorkflowSerializer.configure({**DEFAULT_CONFIG, BpmnWorkflow: WithoutSpecification})
)


def specify(xml: str, process: str) -> None:
    parser = BpmnParser()
    parser.add_bpmn_str(xml.encode())
    SPECS[process] = parser.get_spec(process), parser.get_subprocess_specs(process)


class Spiff:
    name = "spiff"

    def __init__(self, world: World, offices: dict[int, World]) -> None:
        self.world, self.offices = world, offices
        specify(bpmn.straight(STEPS), "lurus")
        specify(bpmn.spread(), "sebar")

    def start(self) -> Ticket:
        with transaction.atomic():
            _run, tasks = begin("lurus", self.world)
        return tasks[0]

    def step(self, task: Ticket, place: int) -> tuple[float, Ticket | None]:
        spent, opened = timed(lambda: complete(self.world, str(task), self.world.at(place), dict(FORM)))
        return spent, opened[0][0] if opened else None

    def ended(self) -> int:
        return driver.run("select count(*) from s_run where done = 1 and spec = 'lurus'").fetchone()[0]

    def fan_out(self, people: int) -> SpiffFan:
        return SpiffFan(self.offices[people])


def begin(process: str, world: World) -> tuple[int, list[str]]:
    workflow = BpmnWorkflow(*SPECS[process])
    workflow.do_engine_steps()
    run = driver.run(
        "insert into s_run(spec, done, state) values(?, 0, ?) returning id", (process, dump(workflow))
    ).fetchone()[0]
    tasks = ready(workflow)
    for task in tasks.values():
        enter(world, run, task, timezone.now())
    return run, list(tasks)


def dump(workflow: Any) -> str:
    return SERIALIZER.serialize_json(workflow)


def ready(workflow: Any) -> dict[str, Any]:
    # By default it stops looking at a thousand steps down its tree, which a fan-out to two thousand has.
    found = workflow.get_tasks(state=TaskState.READY, manual=True, max_depth=1_000_000)
    return {str(task.id): task for task in found}


def enter(world: World, run: int, task: Any, now: datetime) -> None:
    """A row of the work list: whom the task is for follows from the step and, in a fan-out, the person."""
    name, person = task.task_spec.name, task.data.get("person")
    jabatan, pegawai = seat(world, name, person)
    driver.run(
        "insert into s_task values(?, ?, ?, ?, ?, ?, ?, ?)",
        (str(task.id), run, name, person, jabatan, pegawai, now.timestamp(), (now + HOUR).timestamp()),
    )


def seat(world: World, name: str, person: int | None) -> tuple[int | None, int | None]:
    if name == "isi" and person is not None:
        return None, world.people[person].pegawai_id
    if name == "periksa" and person is not None:
        acting = world.superiors[person].acting
        assert acting is not None
        return acting.jabatan_id, None
    if name.startswith("t"):
        return world.post(int(name[1:])).pk, None
    return world.posts["staf"].pk, None


@transaction.atomic
def complete(world: World, task: str, by: Actor, data: dict[str, object]) -> list[tuple[str, int | None]]:
    """Load the run's state, complete one task, save the state; the tasks that this opened."""
    now = timezone.now()
    run, name, person, jabatan, pegawai = driver.run(
        "select run, name, person, jabatan, pegawai from s_task where id = ?" + driver.for_update(), (task,)
    ).fetchone()
    state = driver.run("select state from s_run where id = ?" + driver.for_update(), (run,)).fetchone()[0]
    subject = world.people[person].pegawai_id if person is not None else None
    addressed = wrap.Addressed(jabatan, pegawai, "review" if name == "periksa" else "do", subject)
    actor = wrap.check(world, by, now, addressed)
    workflow = SERIALIZER.deserialize_json(state)
    before = ready(workflow)
    before[task].data.update(data)
    before[task].run()
    workflow.do_engine_steps()
    after = ready(workflow)
    done = int(workflow.is_completed())
    driver.run("update s_run set state = ?, done = ? where id = ?", (dump(workflow), done, run))
    driver.run("delete from s_task where id = ?", (task,))
    opened = [after[key] for key in after if key not in before]
    for one in opened:
        enter(world, run, one, now)
    driver.run(
        "insert into s_done(run, task, pegawai, at) values(?, ?, ?, ?)", (run, task, by.pegawai_id, now.timestamp())
    )
    names: list[object] = [one.task_spec.name for one in opened[:100]]
    wrap.log(f"s:{run}", wrap.Subject(run, name), actor, now, name, person, names)
    return [(str(one.id), one.data.get("person")) for one in opened]


class SpiffFan:
    def __init__(self, world: World) -> None:
        self.world, self.tasks = world, dict[int, str]()
        with transaction.atomic():
            self.run, (self.first,) = begin("sebar", world)

    def open(self) -> list[float]:
        people = list(range(len(self.world.people)))
        spent, opened = self._do(self.first, self.world.actors["staf"], {"people": people})
        self.tasks = {person: task for task, person in opened if person is not None}
        return [spent]

    def fill(self, person: int) -> float:
        return self._next(person, self.world.people[person], {**FORM, "result": person})

    def review(self, person: int, *, fine: bool) -> float:
        return self._next(person, self.world.superiors[person], {"fine": fine, "result": person})

    def _next(self, person: int, by: Actor, data: dict[str, object]) -> float:
        spent, opened = self._do(self.tasks[person], by, data)
        if opened:
            self.tasks[person] = opened[0][0]
        return spent

    def _do(self, task: str, by: Actor, data: dict[str, object]) -> tuple[float, list[tuple[str, int | None]]]:
        return timed(lambda: complete(self.world, task, by, data))

    def gathered(self) -> int:
        row = driver.run("select count(*) from s_task where run = ? and name = 'himpun'", (self.run,)).fetchone()
        return row[0]
