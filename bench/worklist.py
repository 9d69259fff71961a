"""Job 3: one person's open tasks, the first page of them, among very many open runs."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from django.db import connection, models
from viewflow.workflow.models import Process
from viewflow.workflow.models import Task as FlowTask

from bench import office
from bench.contract import timed
from bench.databases import settle
from bench.office import World
from bench.record import Record, ms, ratio, record
from bench.rivals import driver
from bench.rivals.flows import Spread, Straight
from runut.organisation.models import Jabatan, JabatanKind, User
from runut.organisation.permissions import Actor
from runut.sop.actions import start_run
from runut.sop.models import Run, Task
from runut.sop.queries.inbox import PAGE_SIZE, inbox

# So few that everybody has more than a page full at each size: pages of one length are compared.
PEOPLE = 400
# Each run has one open task and three that are done.
DONE_PER_RUN = 3
# One position has much more to do than the others. The number has no factor in common with PEOPLE, so none goes empty.
BUSY_SHARE = 19
INDEXES = ("task_open_of_jabatan", "task_open_of_pegawai")
NUMBERS = {
    "sqlite": "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {n}) ",
    "postgresql": "WITH numbers(n) AS (SELECT generate_series(1, {n})) ",
}


class Crowd:
    """Some hundred people, each in a position of the office's, and their tasks in growing numbers of runs."""

    def __init__(self, world: World) -> None:
        self.world, self.runs = world, 0
        posts = Jabatan.objects.bulk_create(
            (
                Jabatan(
                    instansi=world.instansi, office=world.office, code=f"kerja{n}", name=f"Pengelola {n}",
                    kind=JabatanKind.PELAKSANA,
                )
                for n in range(PEOPLE)
            ),
            batch_size=500,
        )  # fmt: skip
        self.actors = office.seat(world, posts)
        self.first_post = posts[0].pk
        assert world.straight is not None
        self.run = start_run(sop=world.straight, by=world.at(0), title="Contoh")
        self.task = Task.objects.get(run=self.run)

    def grow(self, runs: int) -> None:
        """Add runs until there are so many, with their tasks; in SQL, because it is millions of cells."""
        new = runs - self.runs
        self._runut(new)
        self._sql(new)
        self._viewflow(new)
        self.runs = runs
        settle()

    def _runut(self, new: int) -> None:
        last = Run.objects.order_by("-pk").values_list("pk", flat=True)[0]
        _copies(Run, self.run.pk, new, {"id": f"{last} + n"})
        for done in range(DONE_PER_RUN + 1):
            state = "'open'" if done == DONE_PER_RUN else "'done'"
            post = f"CASE WHEN n % {BUSY_SHARE} = 0 THEN {self.first_post} ELSE {self._someone('n', done)} END"
            given: dict[str, str] = {
                "run_id": f"{last} + n", "state": state, "jabatan_id": post, "step": f"'langkah{done}'",
                "due_at": self._due("n"),
            }  # fmt: skip
            _copies(Task, self.task.pk, new, given)
        _renumber(Run)

    def _someone(self, n: str, done: int) -> str:
        """The id of one of the positions, spread evenly but not in order."""
        return f"{self.first_post} + ({n} * 7919 + {done} * 131) % {PEOPLE}"

    def _due(self, n: str) -> str:
        """Some days before to some weeks after now; text on SQLite."""
        if connection.vendor == "postgresql":
            return f"now() + make_interval(mins => ({n} * 14729 % 30000)::int - 4000)"
        return f"strftime('%Y-%m-%d %H:%M:%f000', 'now', ({n} * 14729 % 30000 - 4000) || ' minutes')"

    def _sql(self, new: int) -> None:
        prefix = NUMBERS[connection.vendor].format(n=new)
        for done in range(DONE_PER_RUN + 1):
            state = "open" if done == DONE_PER_RUN else "done"
            post = f"CASE WHEN n % {BUSY_SHARE} = 0 THEN {self.first_post} ELSE {self._someone('n', done)} END"
            with connection.cursor() as cursor:
                cursor.execute(
                    f"INSERT INTO q_task(run, step, jabatan, state, opened, due) {prefix}"
                    f"SELECT {self.runs} + n, {done}, {post}, '{state}', 0, n * 14729 % 30000 FROM numbers"
                )

    def _viewflow(self, new: int) -> None:
        first = User.objects.order_by("pk").filter(pegawai=self.actors[0].pegawai).values_list("pk", flat=True)[0]
        known = Process.objects.filter(flow_class=Straight).order_by("-pk").first()
        known = known or Process.objects.create(flow_class=Straight)
        model = FlowTask.objects.filter(process=known).first() or FlowTask.objects.create(
            process=known, flow_task=Straight.instance.t3, status="DONE", owner_id=first
        )
        last = Process.objects.order_by("-pk").values_list("pk", flat=True)[0]
        _copies(Process, known.pk, new, {"id": f"{last} + n"})
        for done in range(DONE_PER_RUN + 1):
            status = "'ASSIGNED'" if done == DONE_PER_RUN else "'DONE'"
            owner = (
                f"CASE WHEN n % {BUSY_SHARE} = 0 THEN {first} ELSE {first} + (n * 7919 + {done} * 131) % {PEOPLE} END"
            )
            _copies(FlowTask, model.pk, new, {"process_id": f"{last} + n", "status": status, "owner_id": owner})
        _renumber(Process)


def _copies(model: type[models.Model], pk: int, new: int, given: dict[str, str]) -> None:
    """Copy one row many times, some columns given as SQL of `n`."""
    table = model._meta.db_table
    columns = [field.column for field in model._meta.concrete_fields if field.column != "id" or "id" in given]
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(given.get(column, f'one."{column}"') for column in columns)
    prefix = NUMBERS[connection.vendor].format(n=new)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) {prefix}SELECT {values} FROM numbers, {table} AS one WHERE one.id = {pk}"
        )


def _renumber(model: type[models.Model]) -> None:
    """Let the next row continue after those whose numbers were given."""
    if connection.vendor == "postgresql":
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")


def ask_runut(actor: Actor) -> int:
    page = inbox(actor)
    return len(page.late) + len(page.soon) + len(page.later)


def ask_sql(actor: Actor) -> int:
    assert actor.acting is not None
    rows = driver.run(
        "select id, run, step, due from q_task where jabatan = ? and state = 'open' order by due, id limit ?",
        (actor.acting.jabatan_id, PAGE_SIZE),
    ).fetchall()
    return len(rows)


def viewflow_asker(users: dict[int, User]) -> Callable[[Actor], int]:
    """Viewflow's own work list; its owner column has the index it came with."""

    def ask(actor: Actor) -> int:
        tasks: Any = FlowTask.objects.inbox([Straight, Spread], users[actor.pegawai_id])
        return len(list(tasks.order_by("-created")[:PAGE_SIZE]))

    return ask


def measure(crowd: Crowd, db: str, runs: int, *, rounds: int, people: int) -> list[Record]:
    """First pages of random people's lists, the engines taking turns, and of the busiest position's."""
    crowd.grow(runs)
    users = {user.pegawai_id: user for user in User.objects.filter(pegawai__in=[a.pegawai_id for a in crowd.actors])}
    for user in users.values():
        # Viewflow asks the sign-in for rights, which the product's sign-ins do not carry.
        user.has_perm = lambda *_asked: True  # type: ignore[attr-defined]
    askers = {"runut": ask_runut, "sql": ask_sql, "viewflow": viewflow_asker(users)}
    chosen = [random.Random(number).sample(crowd.actors[1:], people) for number in range(rounds)]
    rounded: dict[str, list[list[float]]] = {name: [] for name in askers}
    for actors in [chosen[0], *chosen]:
        for name, ask in askers.items():
            rounded[name].append([_asked(ask, actor) for actor in actors])
    shapes = plan(crowd.actors[1])
    records = []
    for name, (_warm, *parts) in rounded.items():
        base = [sorted(part)[len(part) // 2] for part in rounded["runut"][1:]]
        own = [sorted(part)[len(part) // 2] for part in parts]
        busy = [timed(lambda ask=askers[name]: ask(crowd.actors[0]))[0] for _time in range(50)]  # type: ignore[misc]
        one = record(f"my tasks {runs}", name, db, [x for part in parts for x in part], ratio=ratio(own, base))
        one.facts["busiest_ms"] = ms(sorted(busy)[25])
        records.append(one)
    records[0].facts |= {"plan": shapes, "uses_partial_indexes": all(any(i in x for x in shapes) for i in INDEXES)}
    return records


def _asked(ask: Callable[[Actor], int], actor: Actor) -> float:
    spent, found = timed(lambda: ask(actor))
    assert found == PAGE_SIZE, "pages of different lengths do not compare"
    return spent


def plan(actor: Actor) -> list[str]:
    """How the database reads the inbox's rows, in its own words."""
    seen: list[tuple[str, Any]] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: object) -> Any:
        seen.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        inbox(actor)
    lines: list[str] = []
    word = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        for sql, params in seen:
            cursor.execute(f"{word} {sql}", params)
            lines += [str(row[-1]).strip() for row in cursor.fetchall()]
    return [line for line in lines if "sop_task" in line or "task_open" in line]
