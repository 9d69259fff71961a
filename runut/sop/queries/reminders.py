"""Whom one may remind, who was reminded when, and the words for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from runut.lib.dates import Lang, date_time
from runut.lib.prepared import Prepared
from runut.lib.worktime import Calendar
from runut.organisation.models import Pegawai
from runut.organisation.queries import calendar_of, holders
from runut.sop.models import MailState, Reminder, Run, RunState, Task, TaskState
from runut.sop.queries.definitions import definition_of
from runut.sop.queries.inbox import subject_of
from runut.sop.rules.deadline import Deadline, deadline_of

STUCK = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Debtor:
    """Somebody with open tasks that are late or due soon. last: when the person was last reminded of anything.

    was_today: whether that was within the same working day.
    """

    person: Pegawai
    tasks: tuple[Task, ...]
    deadline: Deadline
    last: datetime | None
    was_today: bool


def debtors(run: Run, by: int, now: datetime) -> list[Debtor]:
    """Who is to be reminded in a run, the latest first; never the one who asks. Three queries."""
    if run.state != RunState.RUNNING:
        return []
    calendar = calendar_of(run.office)
    tasks = _pressing(run, calendar, now)
    people = _people_of(list(tasks), calendar, now)
    last = _last_reminded(people.keys())
    found = [
        Debtor(
            person=person,
            tasks=tuple(sorted(mine, key=lambda task: (task.due_at, task.pk))),
            deadline=min((tasks[task] for task in mine), key=lambda deadline: deadline.at or now),
            last=last.get(person.pk),
            was_today=_same_day(calendar, last.get(person.pk), now),
        )
        for person, mine in people.values()
        if person.pk != by
    ]
    return sorted(found, key=lambda debtor: (debtor.deadline.at or now, debtor.person.name))


def _pressing(run: Run, calendar: Calendar, now: datetime) -> dict[Task, Deadline]:
    """The open tasks that are late or due soon."""
    rows = Task.objects.filter(run=run, state=TaskState.OPEN, due_at__isnull=False)
    rows = rows.select_related("branch__pegawai", "branch__unit", "jabatan", "pegawai").defer("form").order_by("due_at")
    found = {task: deadline_of(calendar, task.opened_at, task.due_at, now, task.left_minutes) for task in rows}
    return {task: deadline for task, deadline in found.items() if deadline.state in ("late", "soon")}


def _people_of(tasks: Sequence[Task], calendar: Calendar, now: datetime) -> dict[int, tuple[Pegawai, list[Task]]]:
    posts = {task.jabatan_id for task in tasks if task.pegawai is None and task.jabatan_id}
    held = holders(posts, calendar.local_day(now))
    found: dict[int, tuple[Pegawai, list[Task]]] = {}
    for task in tasks:
        whose = [task.pegawai] if task.pegawai else [one.pegawai for one in held.get(task.jabatan_id or 0, [])]
        for person in whose:
            found.setdefault(person.pk, (person, []))[1].append(task)
    return found


def _last_reminded(people: Collection[int]) -> dict[int, datetime]:
    rows = Reminder.objects.filter(to__in=list(people)).order_by().values("to").annotate(last=Max("at"))
    return {row["to"]: row["last"] for row in rows}


def _same_day(calendar: Calendar, last: datetime | None, now: datetime) -> bool:
    """Whether no new working day has begun since."""
    return last is not None and calendar.working_days_between(calendar.local_day(last), calendar.local_day(now)) == 0


def last_reminders(run_id: int) -> dict[int, Reminder]:
    """Task id -> the last time somebody was reminded of it, of the open tasks of a run. One query."""
    return {row.task_id: row for row in _OF_OPEN.all(run_id)}


def _of_open(run: int) -> QuerySet[Reminder]:
    rows = Reminder.objects.filter(task__run=run, task__state=TaskState.OPEN)
    return rows.select_related("to", "by").order_by("at", "pk")


_OF_OPEN = Prepared(_of_open, int)


def unsent(run: Run, now: datetime) -> QuerySet[Reminder]:
    """The reminders of a run's open tasks whose e-mail did not go out: it failed, or nobody has sent it for long."""
    stuck = Q(mail=MailState.WAITING, at__lt=now - STUCK)
    return Reminder.objects.filter(Q(mail=MailState.FAILED) | stuck, task__run=run, task__state=TaskState.OPEN)


def subject_line(run: Run) -> str:
    """What an e-mail of a run is headed with."""
    return " ".join((_("Pengingat: %(run)s") % {"run": run.title}).split())


def letter_text(person: Pegawai, run: Run, tasks: Iterable[Task], zone: str, address: str) -> str:
    """A friendly reminder of several tasks. No figures stand in it, and nothing that only the person may know."""
    lang: Lang = "en" if get_language() == "en" else "id"
    lines = [_("Yth. %(who)s,") % {"who": person.full_name}, "", _("Mohon menyelesaikan tugas berikut:"), ""]
    for task in tasks:
        due = _(" (batas %(at)s)") % {"at": date_time(task.due_at, zone, lang)} if task.due_at else ""
        whose = form_of(task, [person])
        lines.append(f"- {task.text}{f' · {whose}' if whose else ''}{due}")
        lines.append(f"  {address}{task.get_absolute_url()}")
    lines += ["", *warnings_of(run), _("Terima kasih."), "", run.title, run.office.name]
    return "\n".join(lines)


def form_of(task: Task, people: Sequence[Pegawai]) -> str:
    """Whose form a task is about, where it is not the form of those who are reminded; "" for none. The task comes with
    its branch."""
    whose = task.branch.pegawai_id if task.branch else None
    return "" if whose in [person.pk for person in people] else subject_of(task.branch)


def warnings_of(run: Run) -> list[str]:
    """What the procedure itself warns of, as a sentence each."""
    written = definition_of(run.version).header.warnings
    return [_("Peringatan dalam SOP: %(text)s.") % {"text": text.rstrip(". ")} for text in written]


def by_person(reminders: Iterable[Reminder]) -> Mapping[int, list[Reminder]]:
    found: dict[int, list[Reminder]] = defaultdict(list)
    for row in reminders:
        found[row.to_id].append(row)
    return found
