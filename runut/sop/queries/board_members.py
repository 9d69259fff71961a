"""The members of a run's fan-outs, as its board names them: whose turn it is, and where it stands still."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from runut.organisation.models import Assignment
from runut.sop.models import Run, Task, TaskState
from runut.sop.permissions import addressee, in_person, is_vacant, people_of
from runut.sop.queries.inbox import subject_of
from runut.sop.queries.rounds import rounds_of

MEMBERS_NAMED = 400
FINISHED = (TaskState.DONE, TaskState.RETURNED)
Held = Mapping[int, Sequence[Assignment]]


@dataclass(frozen=True, slots=True)
class Member:
    """One member's latest tasks at a step of a fan-out; open_task: the id of one of them while it is to be done.

    who: whose they are, of several open ones of all. post: the position, where it is its turn and nobody holds it.
    stuck: that all who are to judge the data may not, because the data are their own.
    """

    name: str
    who: str
    state: str
    label: str
    url: str
    is_late: bool
    round: int
    post: str
    open_task: int | None
    stuck: bool


def latest_of_members(run: Run) -> list[Task]:
    """The tasks of the run's fan-outs, the latest first; at most MEMBERS_NAMED."""
    rows = (
        Task.objects.filter(run=run, branch__isnull=False, state__in=(TaskState.OPEN, *FINISHED))
        .select_related("branch__pegawai", "branch__unit", "jabatan", "pegawai")
        .defer("form")
        .order_by("-pk")[:MEMBERS_NAMED]
    )
    return list(rows)


def members_by_step(rows: Sequence[Task], held: Held, now: datetime) -> dict[str, list[Member]]:
    """step id -> its members, those whose turn it is first. rows: as `latest_of_members` gives them."""
    seats: dict[tuple[str, int | None], list[Task]] = defaultdict(list)
    for task in rows:
        seats[task.step, task.branch_id].append(task)
    found: dict[str, list[Member]] = defaultdict(list)
    rounds, authors = rounds_of(rows), _authors(rows)
    for (step, _branch), tasks in seats.items():
        found[step].append(_member(tasks, held, now, rounds[tasks[0].pk], authors))
    for members in found.values():
        members.sort(key=lambda member: (member.state not in ("open", "returned"), not member.is_late, member.name))
    return found


def _member(
    tasks: Sequence[Task], held: Held, now: datetime, round_: int, authors: Mapping[str, set[int | None]]
) -> Member:
    task = tasks[0]
    is_open = task.state == TaskState.OPEN
    seats = [each for each in reversed(tasks) if each.state == TaskState.OPEN]
    # What is over was late in whatever round it was.
    ends = [(task.due_at, now)] if is_open else [(each.due_at, each.done_at) for each in tasks]
    late = any(due is not None and end is not None and end > due for due, end in ends)
    state = "returned" if is_open and task.opened_by_return else task.state
    assert task.branch is not None, "a member's task lies in its branch"
    own = authors.get(task.branch.member, set()) | {task.branch.pegawai_id}
    people = [people_of(each, held) for each in seats]
    return Member(
        name=subject_of(task.branch),
        who="; ".join(in_person(each, held) for each in seats) if is_open else task.done_title,
        state=state,
        label=_("Dikembalikan") if state == "returned" else task.get_state_display(),
        url=task.get_absolute_url(),
        is_late=late,
        round=round_,
        post=addressee(task) if is_open and is_vacant(task, held) else "",
        open_task=task.pk if is_open else None,
        stuck=is_open and task.work == "review" and any(people) and all(each <= own for each in people),
    )


def _authors(rows: Sequence[Task]) -> dict[str, set[int | None]]:
    """Member -> who handed the member's data in last. rows: the latest first."""
    found: dict[str, set[int | None]] = {}
    for task in rows:
        if task.work == "fill" and task.state == TaskState.DONE and task.branch is not None:
            found.setdefault(task.branch.member, {task.done_by_id})
    return found
