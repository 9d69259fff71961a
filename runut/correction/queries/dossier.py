"""The dossier of a case: who initialled, signed and archived, and what is still awaited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from runut.collection.models import Figure, Line, Period
from runut.correction.models import Correction
from runut.correction.queries.records import MeetingRecord
from runut.organisation.permissions import Actor
from runut.sop.models import HEAVY, Paraf, Task, TaskState
from runut.sop.permissions import addressee
from runut.sop.queries import definition_of


@dataclass(frozen=True, slots=True)
class Given:
    """A paraf that was given; holds: whether it is under the content as it is now."""

    paraf: Paraf
    holds: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A task of the dossier; holds: whether what was done in it counts, False once the work had gone back behind it."""

    task: Task
    holds: bool


@dataclass(frozen=True, slots=True)
class Dossier:
    """Tasks of the case's run by part of the dossier, in order, and the parafs that were given.

    has: the parts that the procedure of the case has a step for, or that something was written in.
    """

    parafs: tuple[Given, ...]
    initialling: tuple[Step, ...]
    signing: tuple[Step, ...]
    filing: tuple[Step, ...]
    has: frozenset[str]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A step that is open in a case. who: in words; whose data a form is about is not said here."""

    text: str
    who: str
    url: str


PARTS = {
    "initialling": ("initial",),
    "signing": ("sign",),
    "filing": ("register", "dispatch", "archive", "publish", "reproduce"),
}


def dossier_of(case: Correction) -> Dossier:
    """Three queries."""
    works = [work for part in PARTS.values() for work in part]
    tasks = Task.objects.filter(run=case.run_id, work__in=works).exclude(state__in=("cancelled", "covered"))
    rows = list(tasks.select_related("jabatan", "pegawai", "done_by", "branch__pegawai").order_by("opened_at", "pk"))
    parafs = Paraf.objects.filter(task__run=case.run_id, task__branch__isnull=True)
    gone_back = _last_return(case)
    parts = {name: tuple(_step(row, gone_back) for row in rows if row.work in of) for name, of in PARTS.items()}
    steps = {step.work for step in definition_of(case.run.version).steps}
    has = {name for name, of in PARTS.items() if parts[name] or steps & set(of)} | (steps & {"instruct", "meet"})
    given = tuple(
        Given(paraf, paraf.voided_at is None and not gone_back(paraf.task))
        for paraf in parafs.select_related("task").order_by("at", "pk")
    )
    return Dossier(parafs=given, has=frozenset(has), **{**parts, "initialling": _not_void(parts["initialling"], given)})


def _not_void(steps: Iterable[Step], given: Sequence[Given]) -> tuple[Step, ...]:
    """Without those whose paraf stands among the parafs as one that holds no longer."""
    holding = {each.paraf.task_id for each in given if each.holds}
    void = {each.paraf.task_id for each in given} - holding
    return tuple(step for step in steps if step.task.pk not in void)


def _last_return(case: Correction) -> Callable[[Task], bool]:
    """Whether the work went back to a task's step, or to one before it, after the task. One query."""
    definition = definition_of(case.run.version)
    opened = Task.objects.filter(run=case.run_id, opened_by_return=True).values_list("step").annotate(Max("pk"))
    returns = [(definition.index(step), last) for step, last in opened]
    return lambda task: any(at <= definition.index(task.step) and last > task.pk for at, last in returns)


def _step(task: Task, gone_back: Callable[[Task], bool]) -> Step:
    """Numbers and copies stay given, whatever is done again; a paraf and a signature do not."""
    lasts = task.work not in ("initial", "sign") or task.state != TaskState.DONE
    return Step(task, lasts or not gone_back(task))


def now_in(case: Correction, actor: Actor) -> tuple[tuple[Waiting, ...], Task | None]:
    """The steps that are open in a case which is not closed, and the task the reader has there. Two queries."""
    if case.closed_at is not None:
        return (), None
    tasks = Task.objects.filter(run=case.run_id, state=TaskState.OPEN).order_by("opened_at", "pk")
    steps: dict[str, list[Task]] = defaultdict(list)
    for task in tasks.visible_to(actor).select_related("jabatan", "pegawai"):
        steps[task.step].append(task)
    return tuple(_waiting(case, at) for at in steps.values()), tasks.addressed_to(actor).first()


def _waiting(case: Correction, tasks: Sequence[Task]) -> Waiting:
    first = tasks[0]
    if len(tasks) > 1 or first.branch_id is not None:
        return Waiting(first.text, _("%(n)d pelaksana") % {"n": len(tasks)}, case.run.get_absolute_url())
    return Waiting(first.text, addressee(first), first.get_absolute_url())


def is_ordered(case: Correction) -> bool:
    """Whether the forms for the repair were made: from then on the figures of the case stand. One query."""
    return Line.objects.filter(sheet__run=case.run_id, figure__correction_items__correction=case).exists()


def correctable(actor: Actor) -> QuerySet[Period]:
    """The periods of which figures may be corrected: with data handed in, newest first."""
    rows = Period.objects.visible_to(actor).filter(void=False, figures__values__isnull=False).distinct()
    rows = rows.select_related("office", "run__version__sop").defer(*(f"run__{name}" for name in HEAVY))
    return rows.order_by("-year", "-quarter", "pk")


def visible_figures(actor: Actor, record: MeetingRecord | None) -> frozenset[int]:
    """Of the figures a meeting decided on, those this person may see. One query."""
    wanted = [row.item.figure_id for row in record.decisions] if record else []
    return frozenset(Figure.objects.visible_to(actor).filter(pk__in=wanted).values_list("pk", flat=True))
