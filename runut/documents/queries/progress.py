"""How far the report of a year is: the steps of its run as the procedure prints them, round by round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import BooleanField, Count, ExpressionWrapper, Min, Prefetch, Q

from runut.documents.models import Document, DocumentKind
from runut.organisation.permissions import Actor
from runut.sop.models import HEAVY, Run, Task, TaskState
from runut.sop.queries import definition_of
from runut.sop.rules.flowchart import step_numbers

SHOWN = (TaskState.OPEN, TaskState.DONE, TaskState.RETURNED)
# Of several seats of a step, the state that tells how the step stands.
FIRST = (TaskState.OPEN, TaskState.RETURNED, TaskState.DONE)


@dataclass(frozen=True, slots=True)
class StepMark:
    """One step of a run in one round. number: as printed, such as 8b. done, total: of a fan-out's members, else 0."""

    number: str
    text: str
    round: int
    state: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A run that writes a year's report: its versions, newest first, and the steps it has come through."""

    run: Run
    reports: list[Document]
    steps: list[StepMark]


@dataclass(slots=True)
class _Found:
    """Tasks of one step, counted: opened as the how-manieth, and how many are in which state."""

    opened: int
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def report_state(actor: Actor, year: int) -> list[ReportRow]:
    """Runs of the person's offices whose report is of this year. Three queries, whatever their number."""
    reports = Document.objects.filter(kind=DocumentKind.REPORT, year=year).defer("content").order_by("-no")
    rows = Run.objects.visible_to(actor).filter(
        Q(documents__kind=DocumentKind.REPORT, documents__year=year) | Q(period__year=year, tasks__work="draft")
    )
    rows = rows.select_related("office", "version").defer(*HEAVY).distinct().order_by("-started_at")
    runs = list(rows.prefetch_related(Prefetch("documents", reports)))
    steps = _steps(runs)
    return [ReportRow(run, list(run.documents.all()), steps[run.pk]) for run in runs]


def _steps(runs: Collection[Run]) -> dict[int, list[StepMark]]:
    """By run, its steps in the order in which they were opened: each round of its own, a fan-out as one. One query."""
    counted = (
        Task.objects.filter(run__in=[run.pk for run in runs], state__in=SHOWN)
        .annotate(alone=ExpressionWrapper(Q(branch__isnull=True), BooleanField()))
        .values_list("run", "step", "round", "state", "alone")
        .annotate(opened=Min("pk"), rows=Count("pk"))
    )
    found: dict[int, dict[tuple[str, int], _Found]] = defaultdict(dict)
    for run, step, round_, state, alone, opened, rows in counted:
        seen = found[run].setdefault((step, round_ if alone else 0), _Found(opened))
        seen.opened = min(seen.opened, opened)
        seen.counts[state] += rows
    return {run.pk: list(_marks(run, found[run.pk])) for run in runs}


def _marks(run: Run, found: Mapping[tuple[str, int], _Found]) -> Iterable[StepMark]:
    definition = definition_of(run.version)
    numbers = step_numbers(definition)
    for (step, round_), seen in sorted(found.items(), key=lambda each: each[1].opened):
        state = next(state for state in FIRST if seen.counts[state])
        text = definition.step(step).text
        if round_:
            yield StepMark(numbers[step], text, round_, state)
            continue
        opened, done = seen.counts[TaskState.OPEN], seen.counts[TaskState.DONE]
        yield StepMark(numbers[step], text, 1, TaskState.OPEN if opened else TaskState.DONE, done, done + opened)
