"""What an officer is told after an act: what was done, and what comes next. Every page's words come from here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.utils import timezone
from django.utils.translation import gettext as _

from runut.sop import permissions
from runut.sop.models import HEAVY, BranchState, Run, RunState, Task, TaskState
from runut.sop.queries.definitions import definition_of
from runut.sop.queries.why import at_in_words, person_in_words
from runut.sop.rules.definition import Outcome, Step

NAMED = 3


class Led(Protocol):
    """What an act led to, as the actions answer it."""

    @property
    def task_id(self) -> int: ...
    @property
    def outcome(self) -> str: ...
    @property
    def opened(self) -> list[int]: ...


def act_in_words(result: Led) -> str:
    """What was done, and what comes next: with whom it lies now, for how many it waits, or that it is over."""
    task = _task(result.task_id)
    step = definition_of(task.run.version).step(task.step)
    outcome = step.outcome(result.outcome)
    if outcome is not None and outcome.back:
        return _returned(task, result.opened)
    words = {"step": task.text, "outcome": _chosen(step, outcome), "next": _next(task, result.opened)}
    if words["outcome"]:
        return _("Tercatat: %(step)s, dengan putusan “%(outcome)s”. %(next)s") % words
    return _("Tercatat: %(step)s. %(next)s") % words


def next_in_words(result: Led) -> str:
    """What comes next, for a page that says in its own words what was done."""
    return _next(_task(result.task_id), result.opened)


def waiting_in_words(task: Task) -> str:
    """For whom a step that was done waits, "" when for nobody. `task` comes with run and branch."""
    return _seats_left(task) or _members_left(task)


def what_begins(run: Run) -> str:
    """With whom a run that was just started lies."""
    return what_follows(list(run.tasks.filter(state=TaskState.OPEN).order_by("pk").values_list("pk", flat=True)))


def what_follows(opened: Sequence[int]) -> str:
    """What an act opened and for whom; "" when it opened nothing. At most two queries."""
    for task, who, vacant in _seated(opened):
        what = {"step": task.text, "who": who, "n": len(opened)}
        if len(opened) > 1:
            return _("Berikutnya: %(step)s (%(n)d tugas).") % what
        said = _("Berikutnya giliran %(who)s: %(step)s.") % what
        return f"{said} {_ask()}" if vacant else said
    return ""


def done_in_words(task: Task) -> str:
    """That a step was done: by whom and when, and with whom it lies now. At most four queries."""
    who = ", ".join(word for word in (task.done_title, task.done_by.full_name if task.done_by else "") if word)
    at = at_in_words(task.done_at) if task.done_at else "–"
    said = _("Langkah ini sudah dikerjakan oleh %(who)s, %(at)s.") % {"who": who or "–", "at": at}
    return f"{said} {done_next(task)}".strip()


def closed_in_words(task: Task) -> str:
    """That a step is not to be done any more: by whose act, when and why, and with whom it lies now. At most five
    queries."""
    # What one act closes bears one time.
    acts = Task.objects.filter(run=task.run_id, done_at=task.done_at, done_by__isnull=False).select_related("done_by")
    act = acts.order_by("-pk").first() if task.done_at else None
    if act is None:
        said = _("Langkah ini tidak perlu dikerjakan lagi: %(state)s.") % {"state": task.get_state_display().lower()}
        return " ".join(filter(None, (said, task.reason, done_next(task))))
    words = {"who": person_in_words(act.done_title, act.done_by.full_name if act.done_by else ""), "why": act.reason}
    words["at"] = at_in_words(act.done_at) if act.done_at else "–"
    if act.state == TaskState.RETURNED:
        said = _("Langkah ini tidak perlu dikerjakan lagi: dikembalikan oleh %(who)s, %(at)s. Alasan: %(why)s") % words
    else:
        said = _("Langkah ini tidak perlu dikerjakan lagi: sudah dikerjakan oleh %(who)s, %(at)s.") % words
    return f"{said} {done_next(task)}".strip()


def done_next(task: Task) -> str:
    """With whom a run lies now, asked where one of its tasks is no longer open; "" where it is spread over members."""
    if task.run.state == RunState.DONE:
        return _("SOP ini selesai.")
    here = Task.objects.filter(run=task.run_id, branch=task.branch_id, state=TaskState.OPEN)
    return what_follows(list(here.order_by("pk").values_list("pk", flat=True)))


def _ask() -> str:
    return _("Jabatan itu sedang tidak dipegang siapa pun. Minta admin kantor menetapkan pejabatnya, Plt., atau Plh.")


def _seated(opened: Sequence[int]) -> list[tuple[Task, str, bool]]:
    """The first task that was opened, with whose it is and whether nobody holds it."""
    tasks = list(Task.objects.filter(pk__in=opened[:1]).select_related("jabatan", "pegawai"))
    held = permissions.held_now(tasks, timezone.localdate())
    return [(task, permissions.in_person(task, held), permissions.is_vacant(task, held)) for task in tasks]


def _task(pk: int) -> Task:
    tasks = Task.objects.select_related("run__version__sop", "branch", "jabatan", "pegawai")
    return tasks.defer(*(f"run__{name}" for name in HEAVY if name != "version__definition")).get(pk=pk)


def _chosen(step: Step, outcome: Outcome | None) -> str:
    """The button that was pressed, where there was more than one way on."""
    several = sum(1 for one in step.outcomes if not one.back) > 1
    return _(outcome.label) if outcome is not None and several else ""


def _returned(task: Task, opened: Sequence[int]) -> str:
    for again, who, vacant in _seated(opened):
        words = {"from": task.text, "to": again.text, "who": who, "n": len(opened)}
        if len(opened) > 1:
            return _("Dikembalikan dari langkah “%(from)s” ke %(n)d pelaksana: %(to)s.") % words
        said = _("Dikembalikan dari langkah “%(from)s” ke %(who)s: %(to)s.") % words
        return f"{said} {_ask()}" if vacant else said
    return _("Dikembalikan dari langkah “%(from)s”.") % {"from": task.text}


def _next(task: Task, opened: Sequence[int]) -> str:
    if opened:
        return what_follows(opened)
    if task.run.state == RunState.DONE:
        return _("SOP ini selesai.")
    return waiting_in_words(task) or _("Menunggu pihak lain pada langkah ini.")


def _seats_left(task: Task) -> str:
    """Of a step that several share: how many are done, and who is not."""
    same = Task.objects.filter(run=task.run_id, branch=task.branch_id, step=task.step, round=task.round)
    seats = list(same.select_related("jabatan", "pegawai").order_by("slot"))
    left = [seat for seat in seats if seat.state == TaskState.OPEN]
    if not left:
        return ""
    held = permissions.held_now(left, timezone.localdate())
    names = [permissions.in_person(seat, held) for seat in left]
    more = _(", dan %(n)d lainnya") % {"n": len(names) - NAMED} if len(names) > NAMED else ""
    listed = (", ".join(names[:NAMED]) + more).removesuffix(".")
    words = {"n": len(seats) - len(left), "total": len(seats), "names": listed}
    return _("%(n)d dari %(total)d sudah; menunggu %(names)s.") % words


def _members_left(task: Task) -> str:
    """Of a fan-out: how many others are still under way."""
    if task.branch is None:
        return ""
    others = task.run.branches.filter(region=task.branch.region, state=BranchState.OPEN).exclude(pk=task.branch.pk)
    count = others.count()
    if not count:
        return ""
    if task.branch.unit_id is not None:
        return _("Menunggu %(n)d unit lagi.") % {"n": count}
    return _("Menunggu %(n)d orang lagi.") % {"n": count}
