"""What every work page shows about the task it is for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from runut.lib.acts import ActInput, new_key
from runut.lib.errors import Denied, Refused
from runut.organisation.models import Assignment
from runut.organisation.permissions import Actor, managed_office_ids
from runut.organisation.queries import calendar_of
from runut.sop import permissions
from runut.sop.models import HEAVY, Run, RunState, Task, TaskState
from runut.sop.queries.definitions import definition_of
from runut.sop.queries.hand_overs import handed_over_words
from runut.sop.queries.handed_on import HandedOn, handed_on
from runut.sop.queries.inbox import subject_of
from runut.sop.queries.parafs import awaited_parafs
from runut.sop.queries.pauses import clock_of_task
from runut.sop.queries.privacy import may_read_words
from runut.sop.queries.rounds import rounds_of
from runut.sop.queries.why import paused_words, sent_back_words
from runut.sop.rules.deadline import Deadline, deadline_of
from runut.sop.rules.definition import Definition, Norm, Outcome, Step
from runut.sop.rules.flowchart import rows_printed, step_numbers
from runut.sop.rules.owed import owed_words

# Where a procedure says who acts like this, each member's part has one seat.
PERSONAL = ("subject", "superior", "starter")


@dataclass(frozen=True, slots=True)
class Partners:
    """The seats of a shared step.

    one_does: whether the act of any one is enough. names: then of all seats, else of those that are not done.
    done, total: how many seats are, of how many.
    """

    names: tuple[str, ...]
    one_does: bool
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class WorkPage:
    """A task with its surroundings, as a page shows it.

    key: a fresh idempotency key. may_act: whether this person may do it now; if not, `why_not` says why.
    number, count: which row of the printed procedure it is, of how many; as the board says it.
    returned_with: the reason of the return that opened it. elapsed: working minutes since it was opened, without
    those in which its run was held.
    subject: whose way through a fan-out it is. partners: who sits in a shared step. vacant: the position, where
    nobody holds it. mends: whether this person may say who does. reader: who looks at the page.
    The last four are what the form sent and what was wrong with it, when it is shown again.
    """

    task: Task
    step: Step
    definition: Definition
    number: str
    count: int
    outcomes: tuple[Outcome, ...]
    key: str
    zone: str
    due: datetime | None
    is_late: bool
    elapsed: int
    norm: Norm | None
    may_act: bool
    why_not: str
    who: str
    acting_for: str
    returned_with: str
    deadline: Deadline
    subject: str
    partners: Partners | None
    vacant: tuple[str, ...]
    mends: bool
    reader: Actor
    reason: str = ""
    reason_error: str = ""
    late_reason: str = ""
    late_error: str = ""

    @property
    def run(self) -> Run:
        return self.task.run

    @property
    def done_by(self) -> str:
        """Who did it, "" where nobody did; of a shared step that any one may do, the colleague who did. Read each time
        it is asked for."""
        return _done_by(self.task)

    @property
    def may_hand_over(self) -> bool:
        """Whether this person may give the task to somebody else now."""
        is_open = self.task.state == TaskState.OPEN and self.task.run.state == RunState.RUNNING
        return is_open and permissions.may_lead(self.reader, self.task.run)

    @property
    def round(self) -> int:
        """Which round it is. Read each time it is asked for."""
        return rounds_of([self.task])[self.task.pk]

    @property
    def awaits_paraf(self) -> list[str]:
        """Whose paraf a signature waits for, while it is to be given. Read each time it is asked for."""
        if self.task.work != "sign" or self.task.state != TaskState.OPEN:
            return []
        return awaited_parafs([self.task.run_id]).get(self.task.run_id, [])

    @property
    def sent_back(self) -> str:
        """Who sent it back, at which step and when, and why. Read each time it is asked for."""
        return "\n".join(filter(None, (sent_back_words([self.task]).get(self.task.pk), self.returned_with)))

    @property
    def given(self) -> str:
        """Who handed the task over to whom it is for, when and why. Read each time it is asked for."""
        return handed_over_words([self.task]).get(self.task.pk, "") if self.task.state == TaskState.OPEN else ""

    @property
    def paused(self) -> str:
        """Why its run is paused, by whom, since when, and who may let it go on. Read each time it is asked for."""
        return paused_words([self.task.run]).get(self.task.run_id, "")

    @property
    def handed_on(self) -> list[HandedOn]:
        """What the step before left for this one, while it is to be done. Read each time it is asked for."""
        return handed_on(self.task, self.reader) if self.task.state == TaskState.OPEN else []


def work_page(task: Task, actor: Actor) -> WorkPage:
    """The frame of a work page. `task` comes with run, office, version, branch, jabatan and pegawai."""
    definition, now = definition_of(task.run.version), timezone.now()
    step, calendar = definition.step(task.step), calendar_of(task.run.office)
    why_not = _why_not(task, actor)
    entitled = None if why_not else permissions.check_can_act(actor, task)
    stands_in = entitled is not None and permissions.is_acting(entitled)
    held = permissions.held_now([task] if task.state == TaskState.OPEN else [], calendar.local_day(now))
    vacant = task.state == TaskState.OPEN and permissions.is_vacant(task, held)
    return WorkPage(
        task=task,
        step=step,
        definition=definition,
        number=step_numbers(definition)[step.id],
        count=rows_printed(definition),
        outcomes=step.outcomes,
        key=new_key(),
        zone=calendar.zone,
        due=task.due_at,
        is_late=task.due_at is not None and (task.done_at or now) > task.due_at,
        elapsed=clock_of_task(task, calendar, now).elapsed(task.opened_at, task.done_at or now),
        norm=step.norm,
        may_act=not why_not,
        why_not=why_not,
        who=task.done_title or _addressed(task, held),
        acting_for=entitled.title if entitled and stands_in else "",
        returned_with=task.return_reason if task.return_reason and may_read_words(task, actor) else "",
        deadline=deadline_of(calendar, task.opened_at, task.due_at, task.done_at or now, task.left_minutes),
        subject=subject_of(task.branch),
        partners=_partners(task, step),
        vacant=(permissions.addressee(task),) if vacant else (),
        mends=task.run.office_id in managed_office_ids(actor),
        reader=actor,
    )


def _addressed(task: Task, held: Mapping[int, Sequence[Assignment]]) -> str:
    """Whose it is; who holds the position now is said while it waits for them."""
    return permissions.in_person(task, held) if task.state == TaskState.OPEN else permissions.addressee(task)


def _done_by(task: Task) -> str:
    doer: Task | None = task
    if task.state == TaskState.COVERED:
        of_step = Task.objects.filter(run=task.run_id, branch=task.branch_id, step=task.step, round=task.round)
        doer = of_step.filter(state=TaskState.DONE).select_related("done_by").order_by("-done_at", "-pk").first()
    if doer is None or doer.done_by is None:
        return ""
    return ", ".join(word for word in (doer.done_by.full_name, doer.done_title) if word)


def barred(page: WorkPage, why_not: str) -> WorkPage:
    """The page for somebody whose task it is and who may not do it, for a reason that lies in the data."""
    return replace(page, may_act=False, why_not=why_not)


def with_words(page: WorkPage, act: ActInput) -> WorkPage:
    """The page once more with the words that were typed; the key stays, for nothing was carried out."""
    return replace(page, key=act.key, reason=act.reason, late_reason=act.late_reason)


def only_returns(page: WorkPage) -> WorkPage:
    """The page where nothing but a return can be chosen: going on would only be refused."""
    return replace(page, outcomes=tuple(outcome for outcome in page.outcomes if outcome.back))


def goes_back(page: WorkPage, act: ActInput) -> bool:
    """Whether the button that was pressed sends the step back."""
    outcome = page.step.outcome(act.outcome)
    return outcome is not None and outcome.back


def with_owed_words(page: WorkPage, act: ActInput) -> WorkPage:
    """The page once more, with a sentence at each field of words that is owed and was left empty."""
    back = goes_back(page, act)
    owed = owed_words(back=back, late=page.is_late, reason=act.reason, late_reason=act.late_reason)
    return replace(with_words(page, act), reason_error=owed.get("reason", ""), late_error=owed.get("late", ""))


def with_refusal(page: WorkPage, act: ActInput, refusal: Refused) -> WorkPage:
    """The page once more with the words that were typed, and the sentence at the field it is about.

    The key stays: the act has not been carried out. Any other refusal is raised again.
    """
    if refusal.code not in ("reason", "late"):
        raise refusal
    again = with_words(page, act)
    if refusal.code == "reason":
        return replace(again, reason_error=refusal.sentence)
    return replace(again, late_error=refusal.sentence, is_late=True)


def _partners(task: Task, step: Step) -> Partners | None:
    """The seats of a step that has several: in several lanes, or of several positions in one. No query where the
    procedure says whose each member's part is.
    """
    if len(step.lanes) < 2 and task.branch_id and step.actor.kind in PERSONAL:
        return None
    of_step = Task.objects.filter(run=task.run_id, branch=task.branch_id, step=task.step, round=task.round)
    seats = list(of_step.select_related("jabatan", "pegawai").order_by("slot"))
    if len(seats) < 2:
        return None
    done = sum(1 for seat in seats if seat.state == TaskState.DONE)
    named = [seat for seat in seats if step.joint == "any" or seat.state != TaskState.DONE]
    held = permissions.held_now(named, timezone.localdate())
    names = [permissions.in_person(seat, held) for seat in named]
    return Partners(tuple(names), step.joint == "any", done, len(seats))


def _why_not(task: Task, actor: Actor) -> str:
    if task.state == TaskState.COVERED and (who := _done_by(task)):
        return _("Langkah ini sudah dikerjakan oleh %(who)s; salah satu cukup.") % {"who": who}
    if task.state != TaskState.OPEN:
        return _("Langkah ini sudah tidak terbuka: %(state)s.") % {"state": task.get_state_display().lower()}
    if task.run.state == RunState.HELD:
        return _("SOP ini sedang dijeda: %(why)s") % {"why": task.run.stop_reason}
    try:
        permissions.check_can_act(actor, task)
    except Denied as refusal:
        return refusal.sentence
    return ""


def task_for_page(pk: int, actor: Actor) -> Task:
    """The task with all that its page needs, if this person may see it; Task.DoesNotExist otherwise."""
    tasks = Task.objects.visible_to(actor).select_related(
        "run__office__calendar", "run__version__sop", "branch__pegawai", "branch__unit", "jabatan", "pegawai"
    )
    return tasks.defer(*(f"run__{name}" for name in HEAVY)).get(pk=pk)
