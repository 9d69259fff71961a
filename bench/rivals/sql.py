"""The floor: the same work written by hand in SQL for exactly these two procedures, without any engine.

As "sql" the rights check and the log entry are plain SQL too; as "sql+wrap" they are the product's own functions,
as for the other rivals.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from bench.contract import FORM, STEPS, Ticket, timed
from bench.office import World
from bench.rivals import driver, wrap
from runut.audit.rules import entry_hash, told_hash
from runut.lib.canonical import canonical_json
from runut.organisation.permissions import Actor
from runut.organisation.queries import calendar_of

TABLES = (
    "create table q_run(id {key}, state varchar(10) not null)",
    "create table q_task(id {key}, run bigint not null, person bigint, step integer not null, jabatan bigint,"
    " pegawai bigint, state varchar(10) not null, opened double precision not null, due double precision,"
    " done double precision, done_by bigint, form text)",
    "create index q_task_jabatan on q_task(jabatan, due, id) where state = 'open'",
    "create index q_task_pegawai on q_task(pegawai, due, id) where state = 'open'",
    "create index q_task_run on q_task(run, state)",
    "create table q_join(run bigint primary key, pending integer not null)",
    "create table q_entry(id {key}, stream varchar(64) not null, seq integer not null, at varchar(40) not null,"
    " event varchar(64) not null, instansi bigint, actor bigint, actor_name text, actor_title text, subject bigint,"
    " label text, payload text not null, payload_hash varchar(64) not null, prev_hash varchar(64) not null,"
    " hash varchar(64) not null, unique(stream, seq))",
)
ASSIGNED = (
    "select a.id, a.jabatan_id, a.kind, j.name from organisation_assignment a"
    " join organisation_jabatan j on j.id = a.jabatan_id"
    ' where a.pegawai_id = ? and a.start <= ? and (a."end" is null or a."end" >= ?)'
)
OPEN = (
    "insert into q_task(run, person, step, jabatan, pegawai, state, opened, due)"
    " values(?, ?, ?, ?, ?, 'open', ?, ?) returning id"
)
# The spread procedure's steps, after the straight one's seven.
PREPARE, FILL, REVIEW, GATHER = 10, 11, 12, 13
HOUR = timedelta(hours=2)


@dataclass
class Row:
    """An entry as its hashes read it."""

    stream: str
    seq: int
    at: datetime
    instansi_id: int
    actor_id: int
    actor_name: str
    actor_title: str
    subject_id: int
    subject_label: str
    payload: dict[str, object]
    prev_hash: str
    event: str = "task.completed"
    subject_type: str = "rivals.task"
    refused: bool = False
    payload_hash: str = ""
    hash: str = field(default="")


class Sql:
    def __init__(self, world: World, offices: dict[int, World], *, wrapped: bool) -> None:
        self.world, self.offices, self.wrapped = world, offices, wrapped
        self.name = "sql+wrap" if wrapped else "sql"

    def start(self) -> Ticket:
        with transaction.atomic():
            run = driver.run("insert into q_run(state) values('running') returning id").fetchone()[0]
            return self.open(run, None, 0, self.world.post(0).pk, None, timezone.now())

    def open(
        self, run: int, person: int | None, step: int, jabatan: int | None, pegawai: int | None, now: datetime
    ) -> int:
        values = (run, person, step, jabatan, pegawai, now.timestamp(), (now + HOUR).timestamp())
        return driver.run(OPEN, values).fetchone()[0]

    def step(self, task: Ticket, place: int) -> tuple[float, Ticket | None]:
        return timed(lambda: self._step(task, place))

    @transaction.atomic
    def _step(self, task: Ticket, place: int) -> Ticket | None:
        by, now = self.world.at(place), timezone.now()
        run, _person = self.close(self.world, task, by, now)
        following = None
        if place + 1 < STEPS:
            following = self.open(run, None, place + 1, self.world.post(place + 1).pk, None, now)
        else:
            driver.run("update q_run set state = 'done' where id = ?", (run,))
        self.log(f"q:{run}", task, by, now, f"langkah{place}", None, [following])
        return following

    def close(self, world: World, task: Ticket, by: Actor, now: datetime) -> tuple[int, int | None]:
        """Lock the task, check the right to it, and write it done."""
        run, person, step, jabatan, pegawai, state = driver.run(
            "select run, person, step, jabatan, pegawai, state from q_task where id = ?" + driver.for_update(), (task,)
        ).fetchone()
        driver.run("select state from q_run where id = ?" + driver.for_update(), (run,)).fetchone()
        assert state == "open"
        if self.wrapped:
            work = "review" if step == REVIEW else "do"
            wrap.check(world, by, now, wrap.Addressed(jabatan, pegawai, work, person))
        else:
            _check(world, by, now, jabatan, pegawai, person if step == REVIEW else None)
        driver.run(
            "update q_task set state = 'done', done = ?, done_by = ?, form = ? where id = ?",
            (now.timestamp(), by.pegawai_id, json.dumps(FORM), task),
        )
        return run, person

    def log(
        self, stream: str, task: Ticket, by: Actor, now: datetime, step: str, member: object, opened: list[object]
    ) -> None:
        if self.wrapped:
            wrap.log(stream, wrap.Subject(int(task), step), by, now, step, member, opened)
        else:
            _log(stream, int(task), by, now, step, member, opened)

    def ended(self) -> int:
        return driver.run("select count(*) from q_run where state = 'done'").fetchone()[0]

    def fan_out(self, people: int) -> SqlFan:
        return SqlFan(self, self.offices[people])


def _check(
    world: World, by: Actor, now: datetime, jabatan: int | None, pegawai: int | None, subject: int | None
) -> None:
    day = calendar_of(world.office).local_day(now).isoformat()
    held = driver.run(ASSIGNED, (by.pegawai_id, day, day)).fetchall()
    entitled = pegawai == by.pegawai_id if pegawai else any(row[1] == jabatan for row in held)
    assert entitled and subject != by.pegawai_id


def _log(stream: str, task: int, by: Actor, now: datetime, step: str, member: object, opened: list[object]) -> None:
    last = driver.run("select seq, hash from q_entry where stream = ? order by seq desc limit 1", (stream,)).fetchone()
    seq, previous = last or (0, "")
    before, after = wrap.told(step, member, opened)
    payload: dict[str, object] = {"before": before, "after": after, "reason": ""}
    row = Row(
        stream, seq + 1, now.astimezone(UTC), by.instansi_id, by.pegawai_id, by.name, by.title, task, step, payload,
        previous,
    )  # fmt: skip
    row.payload_hash = told_hash(row)
    row.hash = entry_hash(row)
    driver.run(
        "insert into q_entry(stream, seq, at, event, instansi, actor, actor_name, actor_title, subject, label, payload,"
        " payload_hash, prev_hash, hash) values(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (row.stream, row.seq, row.at.isoformat(), row.event, row.instansi_id, row.actor_id, row.actor_name,
         row.actor_title, task, step, canonical_json(payload).decode(), row.payload_hash, row.prev_hash, row.hash),
    )  # fmt: skip


class SqlFan:
    def __init__(self, engine: Sql, world: World) -> None:
        self.engine, self.world, self.tasks = engine, world, dict[int, int]()
        with transaction.atomic():
            self.run = driver.run("insert into q_run(state) values('running') returning id").fetchone()[0]
            staff = world.posts["staf"].pk
            self.first = engine.open(self.run, None, PREPARE, staff, None, timezone.now())

    def open(self) -> list[float]:
        return [timed(self._open)[0]]

    @transaction.atomic
    def _open(self) -> None:
        by, now = self.world.actors["staf"], timezone.now()
        self.engine.close(self.world, self.first, by, now)
        driver.run("insert into q_join(run, pending) values(?, ?)", (self.run, len(self.world.people)))
        for number, actor in enumerate(self.world.people):
            who = actor.pegawai_id
            self.tasks[number] = self.engine.open(self.run, who, FILL, None, who, now)
        self.engine.log(f"q:{self.run}", self.first, by, now, "siapkan", None, list(self.tasks.values())[:100])

    def fill(self, person: int) -> float:
        return timed(lambda: self._fill(person))[0]

    @transaction.atomic
    def _fill(self, person: int) -> None:
        by, now, task = self.world.people[person], timezone.now(), self.tasks[person]
        run, who = self.engine.close(self.world, task, by, now)
        acting = self.world.superiors[person].acting
        assert acting is not None
        following = self.engine.open(run, who, REVIEW, acting.jabatan_id, None, now)
        self.engine.log(f"q:{run}", task, by, now, "isi", f"p{who}", [following])
        self.tasks[person] = following

    def review(self, person: int, *, fine: bool) -> float:
        return timed(lambda: self._review(person, fine))[0]

    @transaction.atomic
    def _review(self, person: int, fine: bool) -> None:
        by, now, task = self.world.superiors[person], timezone.now(), self.tasks[person]
        run, who = self.engine.close(self.world, task, by, now)
        opened = list[object]()
        if fine:
            left = driver.run("update q_join set pending = pending - 1 where run = ? returning pending", (run,))
            if left.fetchone()[0] == 0:
                opened.append(self.engine.open(run, None, GATHER, self.world.posts["staf"].pk, None, now))
        else:
            self.tasks[person] = self.engine.open(run, who, FILL, None, who, now)
            opened.append(self.tasks[person])
        self.engine.log(f"q:{run}", task, by, now, "periksa", f"p{who}", opened)

    def gathered(self) -> int:
        row = driver.run("select count(*) from q_task where run = ? and step = ?", (self.run, GATHER)).fetchone()
        return row[0]
