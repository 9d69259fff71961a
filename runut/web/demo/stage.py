"""The demonstration's story: which runs each office has behind it, and which are under way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from runut.collection.actions import LineVerdict, review_sheet
from runut.collection.models import Figure
from runut.collection.queries import rows_of, sheet_of
from runut.correction.actions.cases import open_case
from runut.lib.dates import period_words
from runut.organisation.permissions import Actor
from runut.organisation.queries import calendar_of
from runut.sop.actions import bind_lane, import_version, put_in_force, start_run
from runut.sop.library import read
from runut.sop.models import Run, Sop, Task
from runut.sop.rules.parse import dump
from runut.web.demo.build import Built
from runut.web.demo.clock import Clock, running
from runut.web.demo.perform import World, perform, play

Quarter = tuple[int, int]


def quarters_before(now: datetime, count: int) -> list[Quarter]:
    """The last quarters that were over three weeks ago, earliest first."""
    day = (now - timedelta(days=21)).date()
    year, quarter = day.year, (day.month - 1) // 3
    found: list[Quarter] = []
    for _ in range(count):
        if quarter == 0:
            year, quarter = year - 1, 4
        found.append((year, quarter))
        quarter -= 1
    return found[::-1]


@dataclass(slots=True)
class Stage:
    """One office on stage, with the password its people type."""

    built: Built
    password: str
    sops: dict[str, Sop]

    @property
    def head(self) -> Actor:
        return self.built.actor(next(job.code for job in self.built.spec.jobs if job.heads_office))

    def world(self, quarter: Quarter) -> World:
        actuals = {row.code: row.actuals for row in self.built.spec.indicators}
        return World(self.built.office, self.password, *quarter, actuals=actuals)

    def clock(self, quarter: Quarter, *, days: int = 5) -> Clock:
        """A clock that starts so many days after the quarter's end."""
        year, number = quarter
        month = number * 3 + 1
        start = datetime(year + (month > 12), (month - 1) % 12 + 1, 1, 1, tzinfo=timezone.get_current_timezone())
        end = timezone.now() - timedelta(minutes=10)
        return Clock(calendar_of(self.built.office), start + timedelta(days=days), end)


def raise_curtain(built: Built, password: str) -> Stage:
    """The office's procedures in force, completed with number and dates, and bound to its positions."""
    stage = Stage(built, password, {})
    for no, (code, slots) in enumerate(built.spec.sops.items(), 1):
        definition = read(code)
        header = replace(
            definition.header,
            number=f"065/{no:02d}/{built.spec.number_code}/{built.since.year}",
            made_on=built.since.isoformat(),
            revised_on="",
            effective_on=built.since.isoformat(),
        )
        version = import_version(office=built.office, text=dump(replace(definition, header=header)), by=stage.head)
        for slot, jobs in slots.items():
            bind_lane(sop=version.sop, slot=slot, jabatan=[built.jobs[job] for job in jobs], by=stage.head)
        put_in_force(version=version, by=stage.head, effective_from=built.since)
        stage.sops[code] = version.sop
    return stage


def recent(stage: Stage, quarter: Quarter, *, days: int) -> Clock:
    """A clock that starts so many days ago: for work that is under way now."""
    clock = stage.clock(quarter)
    clock.at = max(clock.at, clock.calendar.next_opening(clock.end - timedelta(days=days)))
    return clock


def collect(
    stage: Stage, code: str, quarter: Quarter, *, until: str = "", clock: Clock | None = None, reports: bool = True
) -> Run:
    """A collection run of a quarter, played to its end or until a step is open.

    reports: whether it goes on to the report of the year, where the procedure leaves the choice.
    """
    sop, world, clock = stage.sops[code], stage.world(quarter), clock or stage.clock(quarter)
    world.reports = reports
    with running(clock):
        title = f"Data kinerja {period_words(*quarter, sop.office.terms)}"
        run = start_run(sop=sop, by=_starter(stage, sop), title=title)
        play(world, run, until=until, before_each=_takes_its_time(clock))
    return run


def correct(
    stage: Stage, code: str, run: Run, wrong: Sequence[str], *, until: str = "", days: int = 20, now: bool = False
) -> Run:
    """A case on figures of a period, by indicator code, played to its end or until a step is open.

    days: how long after the quarter it was opened; now: it was opened these days.
    """
    period = run.period
    quarter = (period.year, period.quarter)
    world = stage.world(quarter)
    clock = recent(stage, quarter, days=4) if now else stage.clock(quarter, days=days)
    waiting = Task.objects.filter(run=run, state="open").order_by("-opened_at").first()
    if waiting is not None:  # found while the data wait for the signature, not weeks after
        clock.at = waiting.opened_at + timedelta(minutes=2)
    figures = list(Figure.objects.filter(period=period).select_related("indicator__indicator"))
    chosen = [figure for figure in figures if figure.indicator.indicator.code in wrong]
    for figure in chosen:
        typed = world.actual(figure.indicator.indicator.code).replace(",", ".") or "1"
        world.proposals[figure.pk] = Decimal(typed) - 1
    with running(clock):
        items = {figure.pk: "Angka tidak sesuai dengan rekap data sumber." for figure in chosen}
        reason = "Hasil pemeriksaan menemukan selisih dengan data sumber."
        case = open_case(source=period, sop=stage.sops[code], by=stage.head, items=items, reason=reason)
        play(world, case.run, until=until, before_each=_takes_its_time(clock))
    return case.run


def go_on(stage: Stage, run: Run, *, after: Run) -> None:
    """Let a run that waited for another go on when that one has ended."""
    quarter = (run.period.year, run.period.quarter)
    clock = stage.clock(quarter)
    after.refresh_from_db()
    assert after.ended_at is not None, f"{after} has not ended"
    clock.at = clock.calendar.next_opening(after.ended_at)
    with running(clock):
        play(stage.world(quarter), run, before_each=_takes_its_time(clock))


def collect_half(stage: Stage, code: str, quarter: Quarter, *, fill: str, review: str = "") -> Run:
    """A run in the middle of its forms: most handed in, some checked, one sent back, some still to be filled."""
    clock = recent(stage, quarter, days=4)
    run = collect(stage, code, quarter, until=fill, clock=clock)
    world, pause = stage.world(quarter), _takes_its_time(clock)
    with running(clock):
        waiting = _open(run, fill)
        for task in waiting[: len(waiting) * 2 // 3]:
            pause(task)
            perform(world, task)
        checks = _open(run, review) if review else []
        for task in checks[1 : len(checks) // 2 + 1]:
            pause(task)
            perform(world, task)
        if checks:
            _send_back(world, checks[0])
    return run


def _open(run: Run, step: str) -> list[Task]:
    rows = Task.objects.filter(run=run, step=step, state="open").select_related(
        "run__office", "run__version", "branch__pegawai", "branch__unit", "jabatan", "pegawai"
    )
    return list(rows.order_by("pk"))


def _send_back(world: World, task: Task) -> None:
    sheet = sheet_of(task)
    assert sheet is not None, f"no form for {task}"
    line = rows_of(sheet)[0].line
    verdicts = {line.pk: LineVerdict(noted=True, note="Bukti menunjukkan angka yang berbeda. Mohon diperiksa lagi.")}
    review_sheet(task_id=task.pk, by=world.holder(task), outcome="return", verdicts=verdicts)


def _starter(stage: Stage, sop: Sop) -> Actor:
    """Whoever stands in the procedure's first lane, else the head."""
    definition = read(sop.code)
    slot = definition.lane(definition.first.lanes[0]).slot
    return stage.built.actor(stage.built.spec.sops[sop.code][slot][0])


def _takes_its_time(clock: Clock) -> Callable[[Task], None]:
    """Work takes about half of what the norms allow, shared among the tasks that lie open side by side."""

    def pause(task: Task) -> None:
        side_by_side = Task.objects.filter(run=task.run_id, state="open")
        dues = [due for due in side_by_side.values_list("due_at", flat=True) if due is not None]
        allowed = clock.calendar.elapsed(clock.at, min(dues)) if dues and min(dues) > clock.at else 30
        share = (3 + (task.pk * 7) % 5) / 10
        clock.work(max(1, min(int(allowed * share / max(1, side_by_side.count())), 300)))

    return pause
