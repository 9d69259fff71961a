"""A run as a board: every step with its lanes, who, norm against actual, and what is still to come.

A constant number of queries, however many members a fan-out has: its steps are counted by the
database, and only a part of the members is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any, cast

from django.db.models import Count, F, Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.organisation.models import Assignment
from runut.organisation.permissions import Actor
from runut.organisation.queries import calendar_of
from runut.sop.models import HEAVY, Branch, BranchState, Run, RunState, Task, TaskState
from runut.sop.permissions import addressee, held_now, in_person, is_vacant
from runut.sop.queries.ahead import forecast, mark_what_is_ahead
from runut.sop.queries.board_members import FINISHED, Member, latest_of_members, members_by_step
from runut.sop.queries.definitions import definition_of
from runut.sop.queries.pauses import clock_of
from runut.sop.rules.deadline import difference_words, late_words, left_words, overran_words
from runut.sop.rules.definition import Definition, Lane, Norm, Step
from runut.sop.rules.flowchart import step_numbers, symbol_of
from runut.sop.rules.worked import Clock

Held = Mapping[int, Sequence[Assignment]]


@dataclass(frozen=True, slots=True)
class Place:
    """One lane's cell of a step: its symbol, how it stands, and who."""

    lane: str
    lane_name: str
    symbol: str
    state: str
    label: str
    who: str

    @property
    def tone(self) -> str:
        """How the symbol is drawn: a returned step that lies with somebody again is at work."""
        return "active" if self.state == "returned" else self.state


@dataclass(frozen=True, slots=True)
class Seated:
    """An open task with whose it is, in words. vacant: for a position that nobody holds."""

    task: Task
    who: str
    vacant: bool


@dataclass(slots=True)
class BoardStep:
    """One row of the board.

    state: done, active, returned, late, ahead, skipped, or again: done, but before an earlier step was sent back.
    actual: working minutes it took or has taken, without those in which the run was held. difference: in words, how
    that compares with the norm, or with the limit that was set instead; forecast: when it is expected to begin.
    begun: since when it is open in this round, ended: when it was finished. who: by lane.
    """

    step: Step
    number: str
    state: str
    norm: Norm | None
    who: Mapping[str, str] = field(default_factory=dict)
    places: list[Place | None] = field(default_factory=list)
    begun: datetime | None = None
    ended: datetime | None = None
    actual: int | None = None
    difference: str = ""
    is_late: bool = False
    round: int = 1
    due: datetime | None = None
    forecast: datetime | None = None
    people: list[str] = field(default_factory=list)
    open_tasks: list[Seated] = field(default_factory=list)
    done: int = 0
    total: int = 0
    members: list[Member] = field(default_factory=list)
    more: int = 0

    @property
    def label(self) -> str:
        """The state in a word."""
        return _label(self.state)

    @property
    def is_now(self) -> bool:
        return self.state in ("active", "returned", "late")


@dataclass(frozen=True, slots=True)
class Board:
    """The whole run. `expected_end` is a forecast by the norms; elapsed in working minutes.

    sent_back: whether anything was.
    """

    run: Run
    definition: Definition
    lanes: tuple[Lane, ...]
    steps: list[BoardStep]
    zone: str
    elapsed: int
    expected_end: datetime | None
    sent_back: bool

    @property
    def now(self) -> list[BoardStep]:
        return [step for step in self.steps if step.is_now]

    @property
    def vacant(self) -> list[str]:
        """Positions whose turn it is and that nobody holds."""
        seated = [one for step in self.steps for one in step.open_tasks if one.vacant]
        members = [member.post for step in self.steps for member in step.members if member.post]
        return list(dict.fromkeys([*(addressee(one.task) for one in seated), *members]))

    @property
    def stuck(self) -> list[Member]:
        """Whose data wait for a hand-over: all who are to judge them are those they are of, or who handed them in."""
        return [member for step in self.steps for member in step.members if member.stuck]


@dataclass(frozen=True, slots=True)
class Counted:
    """What the database counted of a fan-out's step.

    due: of what is open, the first; allowed: of what is finished, the last, so the norms of all of them in their queue.
    late: of what is open; overran: of how many something was finished late, in whatever round.
    """

    open: int
    late: int
    overran: int
    returned: int
    first: datetime | None
    last: datetime | None
    due: datetime | None
    allowed: datetime | None
    begun: datetime | None


def run_for_page(pk: int, actor: Actor) -> Run:
    """The run with office, calendar and procedure, if this person may see it; Run.DoesNotExist otherwise."""
    runs = Run.objects.visible_to(actor).select_related("office__calendar", "version__sop", "started_by", "follows")
    return runs.defer(*HEAVY).get(pk=pk)


def board_of(run: Run) -> Board:
    """The board of a run that came from `run_for_page`. Seven queries."""
    definition, calendar, now = definition_of(run.version), calendar_of(run.office), timezone.now()
    tasks, latest = _tasks_of_run(run), latest_of_members(run)
    every = [task for of_step in (*tasks.values(), latest) for task in of_step]
    waiting = [task for task in every if task.state == TaskState.OPEN]
    sent_back = any(task.state == TaskState.RETURNED for task in every)
    held = held_now(waiting, calendar.local_day(now))
    clock = clock_of(run, calendar, now)
    counted, branches, members = _counted(run, now), _branches(run), members_by_step(latest, held, now)
    steps = [
        _fan_out_row(definition, step, counted, branches, members, clock, now)
        if step.each
        else _row(definition, step, tasks.get(step.id, []), held, clock, now)
        for step in definition.steps
    ]
    mark_what_is_ahead(steps, over=run.state in (RunState.DONE, RunState.CANCELLED))
    for row in steps:
        if row.step.each and row.state == "again":
            _to_do_again(row)
        row.places = _places(definition, row)
    expected = forecast(steps, calendar, now) if run.state == RunState.RUNNING else None
    elapsed = clock.elapsed(run.started_at, run.ended_at or now)
    return Board(run, definition, definition.lanes, steps, calendar.zone, elapsed, expected, sent_back)


def _tasks_of_run(run: Run) -> dict[str, list[Task]]:
    """step id -> its tasks outside any fan-out, oldest first."""
    found: dict[str, list[Task]] = defaultdict(list)
    rows = Task.objects.filter(run=run, branch=None).select_related("jabatan", "pegawai", "done_by").defer("form")
    for task in rows.order_by("pk"):
        found[task.step].append(task)
    return found


def _counted(run: Run, now: datetime) -> dict[str, Counted]:
    is_open = Q(state=TaskState.OPEN)
    rows = (
        Task.objects.filter(run=run, branch__isnull=False)
        .values("step")
        .annotate(
            open=Count("branch", filter=is_open, distinct=True),
            late=Count("branch", filter=is_open & Q(due_at__lt=now), distinct=True),
            overran=Count("branch", filter=Q(state__in=FINISHED, done_at__gt=F("due_at")), distinct=True),
            returned=Count("branch", filter=is_open & Q(opened_by_return=True), distinct=True),
            first=Min("opened_at"),
            last=Max("done_at", filter=Q(state__in=FINISHED)),
            due=Min("due_at", filter=is_open),
            allowed=Max("due_at", filter=Q(state__in=FINISHED)),
            begun=Max("opened_at", filter=is_open),
        )
    )
    names = [each.name for each in fields(Counted)]
    return {row["step"]: Counted(*(cast(Mapping[str, Any], row)[name] for name in names)) for row in rows}


def _branches(run: Run) -> dict[str, dict[str, int]]:
    """region -> state -> how many members."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    rows = Branch.objects.filter(run=run).values("region", "state").annotate(n=Count("pk"))
    for row in rows.exclude(state=BranchState.DROPPED):
        found[row["region"]][row["state"]] = row["n"]
    return found


def _row(
    definition: Definition, step: Step, tasks: Sequence[Task], held: Held, clock: Clock, now: datetime
) -> BoardStep:
    """A step of the run as a whole: what its latest round shows."""
    latest = [task for task in tasks if task.round == max(other.round for other in tasks)]
    opened = [task for task in latest if task.state == TaskState.OPEN]
    finished = [task for task in latest if task.state in FINISHED]
    state = _state_of(opened, finished, now)
    row = BoardStep(
        step, step_numbers(definition)[step.id], state, step.norm, round=latest[0].round if latest else 1,
        open_tasks=[Seated(task, in_person(task, held), is_vacant(task, held)) for task in opened],
    )  # fmt: skip
    if opened or finished:
        end = max((t.done_at for t in finished if t.done_at), default=None)
        _measure(row, clock, latest[0].opened_at, None if opened else end, latest[0].due_at, now)
        row.begun, row.ended = (latest[0].opened_at, None) if opened else (None, end)
    who = [(task.lane, _person(task, held)) for task in (*finished, *opened)]
    row.people, row.who = [words for _lane, words in who], dict(who)
    return row


def _state_of(opened: Sequence[Task], finished: Sequence[Task], now: datetime) -> str:
    if opened:
        if any(task.due_at and task.due_at < now for task in opened):
            return "late"
        return "returned" if any(task.opened_by_return for task in opened) else "active"
    return "done" if finished else "ahead"


def _person(task: Task, held: Held) -> str:
    if task.done_by is not None:
        return f"{task.done_by.full_name}, {task.done_title}" if task.done_title else task.done_by.full_name
    return in_person(task, held)


def _fan_out_row(
    definition: Definition,
    step: Step,
    counted: Mapping[str, Counted],
    branches: Mapping[str, Mapping[str, int]],
    members: Mapping[str, list[Member]],
    clock: Clock,
    now: datetime,
) -> BoardStep:
    """A step of a fan-out: n of N, and the members."""
    region = definition.region(step.id)
    states = branches.get(region[0].id, {})
    mine, here = members.get(step.id, []), counted.get(step.id)
    later = [s for s in region if definition.index(s.id) > definition.index(step.id)]
    through = states.get(BranchState.DONE, 0) + sum(counted[s.id].open for s in later if s.id in counted)
    stands = any(counted[s.id].open for s in region if s.id in counted)
    state = _fan_out_state(here, through, sum(states.values()), stands=stands)
    row = BoardStep(
        step, step_numbers(definition)[step.id], state, step.norm,
        done=min(through, sum(states.values())) if here else 0, total=sum(states.values()),
        members=mine, round=max((one.round for one in mine), default=1),
    )  # fmt: skip
    if here and here.first and (here.open or here.last):
        due = here.allowed if row.state == "done" else here.due
        _measure(row, clock, here.first, None if here.open else here.last, due, now)
        if row.state == "done" and here.overran and not row.is_late:
            # The last of them in time says nothing of the others.
            row.is_late, row.difference = True, overran_words(here.overran, row.total)
        row.more = max(0, row.done + here.open - len(row.members))
        row.begun, row.ended = here.begun, None if here.open else here.last
    who = _("%(n)d dari %(total)d") % {"n": row.done, "total": row.total} if here else ""
    row.who = dict.fromkeys(step.lanes, who)
    return row


def _fan_out_state(here: Counted | None, through: int, members: int, *, stands: bool) -> str:
    """stands: whether anything is open anywhere in the fan-out; where nothing is, it is over, with or without all."""
    if here is None:
        return "ahead"
    if here.late:
        return "late"
    if here.returned:
        return "returned"
    if here.open or (stands and 0 < through < members):
        return "active"
    return "done" if through or (here.last and not stands) else "ahead"


def _to_do_again(row: BoardStep) -> None:
    """What single members did of a step that is done once more by all counts no longer."""
    row.done, row.who = 0, dict.fromkeys(row.who, "")
    done = TaskState.DONE
    row.members = [
        replace(one, state="again", label=_label("again")) if one.state == done else one for one in row.members
    ]


def _measure(
    row: BoardStep, clock: Clock, start: datetime, end: datetime | None, due: datetime | None, now: datetime
) -> None:
    """Actual working time against the norm, or the limit that was set; `end` is None while the step is open."""
    row.actual, row.due = clock.elapsed(start, end or now), due
    if due is None:
        return
    row.is_late = (end or now) > due
    if end is None:
        words = late_words if row.is_late else left_words
        row.difference = words(clock.calendar, due, now)
    else:
        row.difference = difference_words(clock, row.norm, start, end, due)


def _places(definition: Definition, row: BoardStep) -> list[Place | None]:
    symbol = symbol_of(definition, row.step)
    return [
        Place(lane.key, lane.name, symbol, row.state, row.label, row.who.get(lane.key, ""))
        if lane.key in row.step.lanes
        else None
        for lane in definition.lanes
    ]


def _label(state: str) -> str:
    return {
        "done": _("Selesai"),
        "active": _("Berjalan"),
        "returned": _("Dikembalikan"),
        "late": _("Terlambat"),
        "ahead": _("Belum"),
        "skipped": _("Tidak dijalankan"),
        "again": _("Akan diulang"),
    }[state]
