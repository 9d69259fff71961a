"""A period as a matrix: per recipient, how far the form is at each step and how late, in working time.

A constant number of queries, however many recipients there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.collection.models import Delivery, PaperEntry, Period, Sheet, SheetQuerySet, SheetState
from runut.collection.queries.absent import Absence, absences_by_sheet
from runut.collection.queries.acts import acts_of_run
from runut.collection.queries.rows import FEW
from runut.collection.queries.status import Completeness, completeness, with_progress
from runut.collection.rules import CHECKED, EDITABLE, HANDED_IN
from runut.collection.rules.acts import VALIDATE, VERIFY, act_of, judged_heading
from runut.lib.prepared import Prepared
from runut.lib.worktime import Calendar
from runut.organisation.models import Assignment, JabatanKind, Leave
from runut.organisation.permissions import Actor
from runut.organisation.queries import calendar_of
from runut.sop.models import Reminder, RunState, Task, TaskState
from runut.sop.permissions import addressee
from runut.sop.queries import definition_of
from runut.sop.queries.reminders import last_reminders
from runut.sop.rules.deadline import Deadline, deadline_of, late_words

PAGE_SIZE = 100
# What the list may be narrowed to, as the address says it.
LATE, UNOPENED, MISSING, RETURNED = "terlambat", "belum-dibuka", "belum-diajukan", "dikembalikan"
AWAY = "berhalangan"
FILTERS = (LATE, UNOPENED, MISSING, RETURNED, AWAY)


@dataclass(frozen=True, slots=True)
class Moment:
    """When a step was done; late: by how much too late, in words of working time, "" in time; why: the reason given."""

    at: datetime
    late: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One form. What has not happened in the present round is None.

    filled of lines: those that ask for a value. judged: found right, by each of the matrix's acts. returned: sent back
    and not handed in again; last_return: when it was last sent back, whatever came after. task: what is open now, `who`
    has it, until `deadline`; reminded: when that was last asked for. nil: how many of the lines say that there was
    nothing. paper: that somebody else typed the form in from one. away: that whoever fills it in is on leave today, or
    has left.
    """

    sheet: Sheet
    filled: int
    lines: int
    delivery: Delivery | None
    submitted: Moment | None
    judged: dict[str, Moment | None]
    returned: Moment | None
    last_return: datetime | None
    task: Task | None
    who: str
    deadline: Deadline
    reminded: Reminder | None
    nil: int
    paper: PaperEntry | None
    away: Absence | None

    @property
    def state(self) -> str:
        """How far it is in one word, from made to signed; an open form by whether it was sent, opened, begun."""
        if self.sheet.state != SheetState.DRAFT:
            return self.sheet.state_label
        if self.filled:
            return _("Sedang diisi")
        if self.delivery is None:
            return _("Belum dikirim")
        return _("Dibuka") if self.delivery.opened_at else _("Terkirim")

    @property
    def judged_cells(self) -> list[tuple[str, Moment | None]]:
        """With the heading of each."""
        return [(judged_heading(act), moment) for act, moment in self.judged.items()]

    @property
    def is_nil(self) -> bool:
        return bool(self.lines) and self.nil == self.lines

    @property
    def is_stuck(self) -> bool:
        """Whether the form waits for somebody who is away."""
        if self.task is None or self.away is None or not self.is_to_fill:
            return False
        return self.sheet.pegawai_id in (None, self.task.pegawai_id)

    @property
    def is_late(self) -> bool:
        return self.deadline.state == "late"

    @property
    def is_to_fill(self) -> bool:
        return self.task is not None and self.task.work == "fill" and self.sheet.state in EDITABLE

    @property
    def is_unopened(self) -> bool:
        """Whether the form was sent and nobody has it in hand yet."""
        sent = self.delivery is not None and self.delivery.opened_at is None
        return sent and self.sheet.state == SheetState.DRAFT and not self.sheet.rev


@dataclass(frozen=True, slots=True)
class Matrix:
    """A page of a period's rows. counts: how many of the forms one may see there are, in all ("") and by filter.

    withdrawn: forms that were taken back from their recipients. closed: those whose filler has left. acts: by which
    the forms are judged, as the rows are.
    """

    period: Period
    acts: tuple[str, ...]
    progress: Completeness
    rows: list[MatrixRow]
    page: Page[Sheet]
    counts: Mapping[str, int]
    chosen: str
    withdrawn: list[Delivery]
    closed: list[Delivery]

    @property
    def judged_headings(self) -> list[str]:
        return [judged_heading(act) for act in self.acts]

    @property
    def sees_all(self) -> bool:
        """Whether every form of the period is for this person to see."""
        return self.counts[""] == self.progress.total


def matrix(period: Period, actor: Actor, chosen: str = "", page: str | int | None = None) -> Matrix:
    """The forms of a period that the person may see, narrowed to `chosen`. `period` comes with run and office."""
    chosen = chosen if chosen in FILTERS else ""
    sheets, now = Sheet.objects.of_run_visible_to(period.run_id, actor), timezone.now()
    today = calendar_of(period.office).local_day(now)
    counts = _counts(sheets, now, today)
    found = _narrowed(sheets, chosen, now, today).order_by("unit__code", "pegawai__name", "pk")
    shown = Paginator(found.only("pk"), PAGE_SIZE)
    shown.count = counts[chosen]  # So it need not be asked for once more.
    on_page, progress = shown.get_page(page), completeness(period.collected_by)
    acts = matrix_acts([period])
    rows = matrix_rows(period, _sheets_of(period, on_page, progress.total), now, progress.total, acts)
    withdrawn = withdrawn_of(period, actor)
    return Matrix(
        period,
        acts,
        progress,
        rows,
        on_page,
        counts,
        chosen,
        [each for each in withdrawn if not each.closed_for],
        [each for each in withdrawn if each.closed_for],
    )


def withdrawn_of(period: Period, actor: Actor) -> list[Delivery]:
    """One query; two where there is any."""
    found = _WITHDRAWN.all(period.collected_by.pk)
    if not found:
        return []
    sheets = Sheet.objects.visible_to(actor).filter(run=period.run_id)
    visible = set(sheets.filter(pk__in=[sent.sheet_id for sent in found]).values_list("pk", flat=True))
    return [sent for sent in found if sent.sheet_id in visible]


def _taken_back(run: int) -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(sheet__run=run, withdrawn_at__isnull=False).order_by("withdrawn_at", "pk")
    return rows.select_related("sheet__unit", "sheet__pegawai", "withdrawn_by", "recipient")


_WITHDRAWN = Prepared(_taken_back, int)


def _is(what: str, now: datetime, today: date) -> Q | Exists:
    if what == LATE:
        overdue = Task.objects.filter(run=OuterRef("run"), branch__member=OuterRef("member"), state=TaskState.OPEN)
        return Exists(overdue.filter(due_at__lt=now, run__state=RunState.RUNNING))
    if what == UNOPENED:
        return Q(delivery__isnull=False, delivery__opened_at=None, state=SheetState.DRAFT)
    if what == AWAY:
        gone = Q(pegawai__isnull=False) & ~Exists(_serving(today))
        seated = Q(unit__isnull=False) & Q(Exists(_seats(today)))
        return Q(state__in=EDITABLE) & (Q(Exists(_leaves(today))) | gone | seated)
    return Q(state__in=EDITABLE) if what == MISSING else Q(state=SheetState.RETURNED)


def _leaves(today: date) -> QuerySet[Leave]:
    """Those of today of the person whose form it is."""
    return Leave.objects.filter(pegawai=OuterRef("pegawai"), start__lte=today, end__gte=today)


def _seats(today: date) -> QuerySet[Task]:
    """The open fill tasks of a unit's form that wait for somebody who is on leave today."""
    leaves = Leave.objects.filter(start__lte=today, end__gte=today)
    posts = Assignment.objects.in_force(today).filter(pegawai__in=leaves.values("pegawai"))
    filling = Task.objects.filter(run=OuterRef("run"), branch__member=OuterRef("member"), work="fill")
    seats = Q(pegawai__in=leaves.values("pegawai")) | Q(pegawai=None, jabatan__in=posts.values("jabatan"))
    return filling.filter(seats, state=TaskState.OPEN)


def _serving(today: date) -> QuerySet[Assignment]:
    """What that person holds today in the office that collects."""
    held = Assignment.objects.in_force(today).exclude(jabatan__kind=JabatanKind.ADMIN)
    return held.filter(pegawai=OuterRef("pegawai"), jabatan__office=OuterRef("period__office"))


def _narrowed(sheets: SheetQuerySet, chosen: str, now: datetime, today: date) -> SheetQuerySet:
    return sheets.filter(_is(chosen, now, today)) if chosen else sheets


def _counts(sheets: SheetQuerySet, now: datetime, today: date) -> dict[str, int]:
    """One query."""
    # What asks of other tables is marked first: an aggregate may not hold a subquery.
    marked = {LATE: _is(LATE, now, today), AWAY: ExpressionWrapper(_is(AWAY, now, today), BooleanField())}
    sheets = sheets.annotate(**{f"is_{name}": which for name, which in marked.items()})
    by_filter = {name: Q(**{f"is_{name}": True}) if name in marked else _is(name, now, today) for name in FILTERS}
    names = {name: f"n{place}" for place, name in enumerate(FILTERS)}
    found = sheets.aggregate(
        n=Count("pk"), **{names[name]: Count("pk", filter=which) for name, which in by_filter.items()}
    )
    return {"": found["n"], **{name: found[names[name]] for name in FILTERS}}


def _sheets_of(period: Period, page: Page[Sheet], total: int) -> list[Sheet]:
    """The forms of a page, with how far they are. One query.

    Of a run with few forms all are read, by a statement that is kept ready; it is `total` that says so.
    """
    shown = {sheet.pk for sheet in page}
    if total <= FEW:
        return [sheet for sheet in _PROGRESS.all(period.collected_by.pk) if sheet.pk in shown]
    return list(with_progress(Sheet.objects.filter(pk__in=shown)))


_PROGRESS = Prepared(lambda run: with_progress(Sheet.objects.filter(run=run)), int)


def matrix_acts(periods: Iterable[Period]) -> tuple[str, ...]:
    """By which acts the forms of these periods are judged, a column each; one column where nobody judges them. No
    query where the periods come with their run's version.
    """
    found = dict.fromkeys(act for period in periods for act in acts_of_run(period.run))
    return tuple(found) or ("",)


def matrix_rows(
    period: Period, found: Sequence[Sheet], now: datetime, total: int, acts: Sequence[str]
) -> list[MatrixRow]:
    """found: with their progress. total: how many forms the run has. acts: the columns of judging, of this period or
    of more. Six queries, eight where somebody is away.
    """
    steps = {step.id: act_of(step) for step in definition_of(period.collected_by.version).steps}
    calendar = calendar_of(period.office)
    tasks, reminders = _tasks(period, found, total), last_reminders(period.collected_by.pk)
    papers = {paper.sheet_id: paper for paper in _PAPERS.all(period.collected_by.pk)}
    filling = {member: task for member, of_member in tasks.items() for task in of_member if _is_filling(task)}
    away = absences_by_sheet(period.office, found, filling, calendar.local_day(now))
    return [
        _row(
            sheet, tasks.get(sheet.member, ()), reminders, calendar, now, papers.get(sheet.pk),
            away.get(sheet.pk), _judged(sheet, tasks.get(sheet.member, ()), steps, acts, calendar),
        )
        for sheet in found
    ]  # fmt: skip


def _is_filling(task: Task) -> bool:
    return task.work == "fill" and task.state == TaskState.OPEN


# From which papers forms were typed in, the last one last.
_PAPERS = Prepared(lambda run: PaperEntry.objects.filter(sheet__run=run).select_related("by").order_by("pk"), int)


def _tasks(period: Period, sheets: Sequence[Sheet], total: int) -> dict[str, list[Task]]:
    """Per member, every task of its way through the procedure, oldest first. One query."""
    run = period.collected_by.pk
    members = [sheet.member for sheet in sheets]
    named = len(members) <= FEW < total
    rows = _of_branches(run).filter(branch__member__in=members) if named else _TASKS.all(run)
    found: dict[str, list[Task]] = defaultdict(list)
    for task in rows:
        assert task.branch is not None
        found[task.branch.member].append(task)
    return found


def _of_branches(run: int) -> QuerySet[Task]:
    rows = Task.objects.filter(run=run, branch__isnull=False).exclude(state=TaskState.CANCELLED)
    return rows.select_related("branch", "jabatan", "pegawai").defer("form").order_by("pk")


_TASKS = Prepared(_of_branches, int)


def _row(
    sheet: Sheet, tasks: Sequence[Task], reminders: Mapping[int, Reminder], calendar: Calendar, now: datetime,
    paper: PaperEntry | None, away: Absence | None, judged: dict[str, Moment | None],
) -> MatrixRow:  # fmt: skip
    done = {task.work: task for task in tasks if task.state == TaskState.DONE}
    filling = [task for task in tasks if task.work == "fill"]
    is_back = sheet.state == SheetState.RETURNED and bool(filling) and filling[-1].opened_by_return
    task = next((task for task in tasks if task.state == TaskState.OPEN), None)
    submitted = sheet.submitted_at if sheet.state in HANDED_IN else None
    return MatrixRow(
        sheet=sheet,
        filled=sheet.filled_lines,  # type: ignore[attr-defined]
        lines=sheet.all_lines,  # type: ignore[attr-defined]
        delivery=getattr(sheet, "delivery", None),
        submitted=_moment(submitted, done.get("fill"), calendar),
        judged=judged,
        returned=Moment(filling[-1].opened_at) if is_back else None,
        last_return=max((each.opened_at for each in filling if each.opened_by_return), default=None),
        task=task,
        who=addressee(task) if task else "",
        deadline=_deadline(task, calendar, now),
        reminded=reminders.get(task.pk) if task else None,
        nil=sheet.nil_lines,  # type: ignore[attr-defined]
        paper=paper,
        away=away,
    )


def _judged(
    sheet: Sheet, tasks: Sequence[Task], steps: Mapping[str, str], acts: Sequence[str], calendar: Calendar
) -> dict[str, Moment | None]:
    """When the form was found right by each act. steps: step -> the act it is, where it judges."""
    if sheet.state not in CHECKED:
        return dict.fromkeys(acts)
    done = {steps[task.step]: task for task in tasks if task.work == "review" and task.state == TaskState.DONE}
    at = {VALIDATE: sheet.validated_at, VERIFY: sheet.verified_at, "": sheet.verified_at or sheet.validated_at}
    return {act: _moment(at[act], done.get(act), calendar) for act in acts}


def _moment(at: datetime | None, task: Task | None, calendar: Calendar) -> Moment | None:
    """A step with the words for its lateness; `task`: how it was done."""
    if at is None:
        return None
    due, done = (task.due_at, task.done_at) if task else (None, None)
    if task is None or not (due and done and done > due):
        return Moment(at)
    return Moment(at, late_words(calendar, due, done), task.late_reason)


def _deadline(task: Task | None, calendar: Calendar, now: datetime) -> Deadline:
    if task is None:
        return Deadline(None, "none", "")
    return deadline_of(calendar, task.opened_at, task.due_at, now, task.left_minutes)
