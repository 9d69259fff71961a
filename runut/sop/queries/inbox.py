"""A person's tasks: to be done, waited for, done.

The list reads a few rows from two partial indexes, by position and by person, however many runs
are open: each seat gives its first rows in order, and only those are merged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.audit.models import Entry
from runut.lib.worktime import Calendar
from runut.organisation.permissions import Actor, managed_office_ids
from runut.organisation.queries import calendar_of, calendars_of, holders
from runut.sop.models import HEAVY, Branch, Reminder, Run, RunState, Task, TaskState
from runut.sop.permissions import led_office_ids
from runut.sop.queries.definitions import definition_of
from runut.sop.queries.hand_overs import handed_over_words
from runut.sop.queries.parafs import awaited_parafs
from runut.sop.queries.rounds import rounds_of
from runut.sop.queries.seats import first_of_each_seat, place_of
from runut.sop.queries.why import paused_words, sent_back_words
from runut.sop.rules.deadline import Deadline, deadline_of, later_words
from runut.sop.rules.kinds import verb_of

PAGE_SIZE = 20
COUNTED = 100
RECENT_TASKS, RECENT_RUNS = 200, 100
_HANDED = Entry.objects.filter(subject_type="sop.task", subject_id=OuterRef("pk"), event="task.handed_over")
_REMINDED = Reminder.objects.filter(task=OuterRef("pk")).order_by("-at").values("at")[:1]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a task list, named as `components/task_row.html` reads it.

    leads: whether `subject` stands first: by it a row differs from the others of the same step.
    member: whose way through a fan-out it is, as the fan-out names it ("p7", "u3").
    one_does: whether the act of any one of those it is addressed to is enough.
    told: who sent it back or paused it, and when; `quote` is the reason of a return.
    given: who handed it over, when and why.
    """

    pk: int
    state: str
    url: str
    title: str
    run_id: int
    sop_title: str
    work: str
    verb: str = ""
    no: str = ""
    member: str = ""
    subject: str = ""
    leads: bool = False
    round: int = 1
    quote: str = ""
    told: str = ""
    given: str = ""
    state_label: str = ""
    waiting_for: str = ""
    one_does: bool = False
    mend_url: str = ""
    hand_over_url: str = ""
    due_at: datetime | None = None
    due_state: str = "none"
    due_words: str = ""
    reminded_at: datetime | None = None
    progress_done: int = 0
    progress_total: int = 0


@dataclass(frozen=True, slots=True)
class Inbox:
    """A page of what a person has to do: late first, then nearest, then without a limit; of each what came back first.

    again: procedures that wait for a paraf of the person to be given anew; only on the first page.
    `after` is the place from which the next page goes on, "" on the last one.
    """

    again: list[Row]
    late: list[Row]
    soon: list[Row]
    later: list[Row]
    after: str

    @property
    def is_empty(self) -> bool:
        return not (self.again or self.late or self.soon or self.later)


def inbox(actor: Actor, after: str = "") -> Inbox:
    """Open tasks of the person and of the person's positions, and parafs to give again.

    Three queries; one more for what is to be signed, two for what comes again, was handed over or is paused.
    """
    tasks = list(
        Task.objects.filter(pk__in=first_of_each_seat(actor, PAGE_SIZE + 1, after))
        .select_related("run__version", "branch__pegawai", "branch__unit")
        .only(
            "pk", "state", "step", "work", "printed_no", "text", "round", "opened_at", "due_at", "left_minutes",
            "opened_by_return", "return_reason", "jabatan_id", "pegawai_id",
            "run__title", "run__state", "run__stop_reason", "run__office_id", "run__version__content_hash",
            "branch__pegawai__name", "branch__pegawai__title_front",
            "branch__pegawai__title_back", "branch__unit__name", "branch__member",
        )
        .annotate(reminded_at=Subquery(_REMINDED), handed=Exists(_HANDED))
        .order_by(F("due_at").asc(nulls_last=True), "pk")
    )  # fmt: skip
    again = [task for task in tasks if task.state != TaskState.OPEN]
    tasks = [task for task in tasks if task.state == TaskState.OPEN]
    shown, now = tasks[: PAGE_SIZE - len(again)], timezone.now()
    calendars = calendars_of({task.run.office_id for task in shown})
    parafs = awaited_parafs({task.run_id for task in shown if task.work == "sign"})
    rounds, back, paused = rounds_of(shown), sent_back_words(shown), paused_words(task.run for task in shown)
    given = handed_over_words(task for task in shown if task.handed or task.round > 1)
    rows = [
        replace(
            _row(task, actor, calendars[task.run.office_id], now, parafs.get(task.run_id, ()), rounds[task.pk]),
            told=paused.get(task.run_id) or back.get(task.pk, ""),
            given=given.get(task.pk, ""),
        )
        for task in shown
    ]
    return Inbox(
        again=[_paraf(task) for task in again],
        late=[row for row in rows if row.due_state == "late"],
        soon=_returned_first(row for row in rows if row.due_state == "soon"),
        later=_returned_first(row for row in rows if row.due_state not in ("late", "soon")),
        after=place_of(shown[-1]) if len(tasks) > len(shown) else "",
    )


def _returned_first(rows: Iterable[Row]) -> list[Row]:
    """Of a page's tasks that are as urgent, those that came back stand before the others; else as they were."""
    return sorted(rows, key=lambda row: row.state != "returned")


def count_open(actor: Actor) -> int:
    """How many tasks the person has to do, counted up to a hundred."""
    return len(first_of_each_seat(actor, COUNTED, ""))


def next_of_kind(actor: Actor, work: str, run_id: int) -> int | None:
    """The person's next open task of the same kind in the same run, to go on with."""
    tasks = Task.objects.addressed_to(actor).filter(run=run_id, work=work, state=TaskState.OPEN)
    return tasks.order_by(F("due_at").asc(nulls_last=True), "pk").values_list("pk", flat=True).first()


def waiting_for(actor: Actor) -> list[Row]:
    """What others have to do in runs the person took part in lately, or leads: one row per step, nearest first."""
    mine = Q(jabatan__in=actor.jabatan_ids, pegawai__isnull=True) | Q(pegawai=actor.pegawai_id)
    groups = (
        Task.objects.filter(run__in=_runs_followed(actor), state=TaskState.OPEN)
        .exclude(mine)
        .values("run", "run__title", "step", "text", "printed_no", "work")
        .annotate(
            n=Count("pk"), first=Min("pk"), due=Min("due_at"), opened=Min("opened_at"), left=Min("left_minutes"),
            position=Max("jabatan__name"), person=Max("pegawai__name"),
        )
        .order_by(F("due").asc(nulls_last=True), "first")[: 2 * PAGE_SIZE]
    )  # fmt: skip
    rows, now = list(groups), timezone.now()
    runs = Run.objects.filter(pk__in={row["run"] for row in rows}).select_related("office__calendar", "version")
    known = {run.pk: run for run in runs.defer("stop_reason", *HEAVY)}
    vacant, offices = _vacant(known, {row["step"] for row in rows}), managed_office_ids(actor)
    parafs = awaited_parafs({row["run"] for row in rows if row["work"] == "sign"})
    led = led_office_ids(actor)
    grouped = [
        _group(row, known[row["run"]], now, vacant=vacant[row["run"], row["step"]], manages=offices, leads=led)
        for row in rows
    ]
    return [
        replace(row, waiting_for=_paraf_words(parafs[row.run_id]))
        if row.work == "sign" and row.run_id in parafs
        else row
        for row in grouped
    ]


def _vacant(runs: Collection[int], steps: Collection[str]) -> Counter[tuple[int, str]]:
    """For how many of the open tasks of a run's step nobody holds the position. At most two queries."""
    open_ = Task.objects.filter(run__in=runs, step__in=steps, state=TaskState.OPEN, pegawai=None, jabatan__isnull=False)
    rows = list(open_.values_list("run", "step", "jabatan"))
    held = holders({post for _run, _step, post in rows if post}, timezone.localdate()) if rows else {}
    return Counter((run, step) for run, step, post in rows if post not in held)


def done_by(actor: Actor, page: str | int = 1) -> Page[Task]:
    """What the person has done, or a colleague in the person's stead, latest first, with run and member.

    Of the latter each says in `covered_by` who did it. Two queries, and one more where there are such.
    """
    covered = Q(pk__in=Task.objects.addressed_to(actor).filter(state=TaskState.COVERED).values("pk"))
    tasks = (
        Task.objects.filter(Q(done_by=actor.pegawai_id) | covered)
        .select_related("run", "branch__pegawai", "branch__unit")
        .defer("form", *(name for name in HEAVY if not name.startswith("version")))
        .order_by("-done_at", "-pk")
    )
    found = Paginator(tasks, PAGE_SIZE).get_page(page)
    shown = [task for task in found.object_list if task.state == TaskState.COVERED]
    doers = _doers(shown)
    for task in shown:
        task.covered_by = doers.get(_place(task), "")
    return found


def _doers(tasks: Collection[Task]) -> dict[tuple[object, ...], str]:
    """Who did the step of these tasks that were covered, by its place."""
    if not tasks:
        return {}
    runs, steps = {task.run_id for task in tasks}, {task.step for task in tasks}
    done = Task.objects.filter(run__in=runs, step__in=steps, state=TaskState.DONE, done_by__isnull=False)
    return {_place(task): task.done_by.full_name for task in done.select_related("done_by") if task.done_by}


def _place(task: Task) -> tuple[object, ...]:
    return task.run_id, task.branch_id, task.step, task.round


def subject_of(branch: Branch | None) -> str:
    """Whose way through the fan-out it is: a person's or a unit's name, "" outside."""
    if branch is None:
        return ""
    if branch.pegawai is not None:
        return branch.pegawai.full_name
    return branch.unit.name if branch.unit is not None else ""


def _runs_followed(actor: Actor) -> set[int]:
    recent = Task.objects.filter(done_by=actor.pegawai_id).order_by("-done_at")
    followed = set(recent.values_list("run_id", flat=True)[:RECENT_TASKS])
    led = [a.jabatan.office_id for a in actor.assignments if a.jabatan.heads_office]
    if led:
        runs = Run.objects.filter(office__in=led, state=RunState.RUNNING).order_by("-started_at")
        followed |= set(runs.values_list("pk", flat=True)[:RECENT_RUNS])
    return followed


def _row(task: Task, actor: Actor, calendar: Calendar, now: datetime, parafs: Sequence[str], no: int) -> Row:
    """parafs: whose its run waits for; until they are there nothing is signed. no: the round."""
    deadline = deadline_of(calendar, task.opened_at, task.due_at, now, task.left_minutes)
    held, waits = task.run.state == RunState.HELD, task.work == "sign" and bool(parafs)
    state, label = _standing(task, held=held, waits=waits)
    return Row(
        pk=task.pk,
        state=state,
        url=task.get_absolute_url(),
        title=task.text,
        run_id=task.run_id,
        sop_title=task.run.title,
        work=task.work,
        verb=_("Lihat") if held or waits else _verb(task, state),
        no=task.printed_no,
        member=task.branch.member if task.branch else "",
        subject=subject_of(task.branch),
        leads=task.branch is not None and task.branch.pegawai_id != actor.pegawai_id,
        round=no,
        quote=task.return_reason,
        state_label=label,
        waiting_for=_paraf_words(parafs) if waits else "",
        one_does=_one_does(task),
        due_at=task.due_at,
        due_state=deadline.state,
        due_words=_time_words(task.run, task.step, deadline, own=True),
        reminded_at=task.reminded_at,  # type: ignore[attr-defined]
    )


def _verb(task: Task, state: str) -> str:
    category = definition_of(task.run.version).category
    return verb_of(task.work, task.text, category, returned=state == "returned")


def _one_does(task: Task) -> bool:
    step = definition_of(task.run.version).step(task.step)
    return len(step.lanes) > 1 and step.joint == "any"


def _standing(task: Task, *, held: bool, waits: bool) -> tuple[str, str]:
    """How a task stands in the list: its state, and a word where it is not simply to be done."""
    if held:
        return "held", _("Dijeda")
    if waits:
        return "waiting", _("Menunggu paraf")
    return ("returned", _("Dikembalikan")) if task.opened_by_return else (task.state, "")


def _paraf_words(titles: Sequence[str]) -> str:
    return _("paraf %(who)s") % {"who": ", ".join(titles)}


def _paraf(task: Task) -> Row:
    """A paraf that was given in this task and is to be given again: the document changed under it."""
    return Row(
        pk=task.pk,
        state="void",
        url=reverse("documents:renew_task", args=[task.pk]),
        title=task.text,
        run_id=task.run_id,
        sop_title=task.run.title,
        work=task.work,
        verb=_("Paraf ulang"),
        no=task.printed_no,
        state_label=_("Paraf tidak berlaku lagi"),
    )


def _group(
    row: Mapping[str, object], run: Run, now: datetime, *, vacant: int, manages: Collection[int], leads: Collection[int]
) -> Row:
    """A step others are at, as one line: who, or how many; that nobody holds the position is said.

    manages, leads: the offices in which the reader may mend that, or give a task to somebody else; of several the
    board of the run lets one choose.
    """
    opened, due, count = row["opened"], row["due"], row["n"]
    assert isinstance(opened, datetime) and isinstance(count, int) and (due is None or isinstance(due, datetime))
    left = row["left"] if isinstance(row["left"], int) else None
    deadline = deadline_of(calendar_of(run.office), opened, due, now, left)
    who = str(row["person"] or row["position"] or "")
    if count == 1 and vacant:
        who = _("%(who)s (belum ada pemangkunya)") % {"who": who}
    elif vacant:
        who = _("%(n)d pelaksana (%(vacant)d belum ada pemangkunya)") % {"n": count, "vacant": vacant}
    elif count > 1:
        who = _("%(n)d pelaksana") % {"n": count}
    pk, gives = int(str(row["first"])), run.state == RunState.RUNNING and run.office_id in leads
    place = f"{run.get_absolute_url()}#langkah-{row['step']}"
    return Row(
        pk=pk,
        state=TaskState.OPEN,
        url=place,
        title=str(row["text"]),
        run_id=run.pk,
        sop_title=run.title,
        work=str(row["work"]),
        no=str(row["printed_no"]),
        waiting_for=who,
        mend_url=reverse("organisation:positions") if vacant and run.office_id in manages else "",
        hand_over_url=(reverse("sop:hand_over", args=[pk]) if count == 1 else place) if gives else "",
        due_at=due,
        due_state=deadline.state,
        due_words=_time_words(run, str(row["step"]), deadline, own=False),
    )


def _time_words(run: Run, step: str, deadline: Deadline, *, own: bool) -> str:
    """How a task stands with its time; "" only where the procedure gives it none."""
    if deadline.at is not None or deadline.words:
        return deadline.words
    norm = definition_of(run.version).step(step).norm
    return later_words(norm, own=own) if norm is not None else ""
