"""What was ordered and what meetings decided, as it was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Prefetch, Q, QuerySet

from runut.collection.models import SIGNED, Figure, Mark, MarkKind
from runut.correction.models import Attendance, CorrectionItem, Decision, ItemDecision, Meeting, Order, Resolution
from runut.correction.queries.people import team_in_order
from runut.organisation.permissions import Actor
from runut.sop.models import Run, Task, TaskState


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """A meeting with all that its minutes show."""

    meeting: Meeting
    attendances: tuple[Attendance, ...]
    decisions: tuple[ItemDecision, ...]
    resolutions: tuple[Resolution, ...]

    @property
    def present(self) -> int:
        return sum(row.present for row in self.attendances)

    @property
    def leader_title(self) -> str:
        """The position in which the leader was there."""
        return next((row.title for row in self.attendances if row.pegawai_id == self.meeting.leader_id), "")


@dataclass(frozen=True, slots=True)
class Judged:
    """How a repaired figure was judged when the data were gathered."""

    cause_gone: bool
    can_follow_up: bool
    note: str


def judged_of(run: Run) -> dict[int, Judged]:
    """Figure id -> how its repair was judged last; {} in a procedure that does not ask. One query."""
    done = Task.objects.filter(run=run, work="compile", state=TaskState.DONE).order_by("-done_at", "-pk")
    answers = (done.values_list("form", flat=True).first() or {}).get("adequacy") or {}
    return {
        int(figure): Judged(bool(answer["cause_gone"]), bool(answer["can_follow_up"]), str(answer["note"]))
        for figure, answer in answers.items()
    }


@dataclass(frozen=True, slots=True)
class Restored:
    """A version that says again what an earlier one said. value: its id. no, signed_at: of the earlier one."""

    value: int
    no: int
    signed_at: datetime | None


def restored_of(figure: Figure) -> list[Restored]:
    """The versions by which a case undid its proposals, given up or decided so. At most two queries."""
    items = CorrectionItem.objects.filter(figure=figure, decision=Decision.OLD, decided__isnull=False)
    rows = list(items.exclude(decided=F("before")).select_related("before"))
    if not rows:
        return []
    marks = Mark.objects.filter(value__in=[row.before_id for row in rows], kind__in=[*SIGNED, MarkKind.REVOKED])
    latest = {mark.value_id: mark for mark in marks.order_by("at", "pk")}
    signed = {pk: mark.at for pk, mark in latest.items() if mark.kind in SIGNED}
    return [Restored(row.decided_id or 0, row.before.no, signed.get(row.before_id)) for row in rows]


def carried_out() -> QuerySet[ItemDecision]:
    """What meetings decided on proposals and carried out, a putting off too; not what a return of all only noted."""
    rows = ItemDecision.objects.filter(proposed__isnull=False)
    return rows.filter(Q(value__isnull=False) | Q(decision=Decision.DEFERRED))


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a meeting decided instead of a version. overruled: an earlier meeting had decided on that version."""

    decision: str
    basis: str
    meeting: Meeting
    overruled: bool = False

    @property
    def words(self) -> str:
        return str(Decision(self.decision).label)


def refusals_of(figure: Figure) -> dict[int, Refusal]:
    """Version id -> what a meeting decided instead; none of what was taken and stands. One query.

    Of a version that was handed in the last meeting that had it before it counts, and of one that a meeting had
    decided on the first that decided otherwise. The last is the one recorded last: when it was held is typed.
    """
    rows = list(carried_out().filter(item__figure=figure).select_related("meeting").order_by("pk"))
    found: dict[int, Refusal] = {}
    for at, row in enumerate(rows):
        later = [each for each in rows[at + 1 :] if each.item_id == row.item_id]
        other = next((each for each in later if each.value_id != row.value_id), None)
        if row.value_id and other is not None and later[-1].value_id != row.value_id:
            found.setdefault(row.value_id, Refusal(other.decision, other.basis, other.meeting, overruled=True))
    for row in {each.proposed_id or 0: each for each in rows}.values():
        if row.decision != Decision.NEW and row.value_id != row.proposed_id:
            found[row.proposed_id or 0] = Refusal(row.decision, row.basis, row.meeting)
    return found


def orders_of(run: Run) -> list[Order]:
    """The orders of a run, oldest first, with team (its leader first), giver and time; of those that were given anew,
    by which one. Two queries."""
    rows = Order.objects.filter(run=run).select_related("task__done_by")
    orders = list(rows.prefetch_related(Prefetch("team", team_in_order())).order_by("pk"))
    latest = {(order.task.step, order.task.slot): order for order in orders}
    for order in orders:
        last = latest[order.task.step, order.task.slot]
        order.replaced_by = last if last.pk != order.pk else None
    return orders


def order_before(task: Task) -> Order | None:
    """The order that was given in this step the last time, where it is open once more. Two queries, else none."""
    if task.round == 1:
        return None
    given = Order.objects.filter(run=task.run_id, task__step=task.step, task__pk__lt=task.pk)
    return given.prefetch_related("team").order_by("-pk").first()


def minutes_of(run: Run, actor: Actor) -> list[Meeting]:
    """The meetings of a run whose minutes the person may read, oldest first. One query."""
    seen = Task.objects.visible_to(actor).filter(run=run, work="meet")
    return list(Meeting.objects.filter(run=run, task__in=seen.values("pk")).order_by("pk"))


def meetings_of(run: Run) -> list[MeetingRecord]:
    """The meetings of a run, oldest first. Four queries."""
    rows = Meeting.objects.filter(run=run).select_related("task__done_by", "leader").order_by("pk")
    return [meeting_record(row) for row in rows.prefetch_related(*_PARTS)]


def meeting_record(meeting: Meeting) -> MeetingRecord:
    """A meeting with its parts; three queries unless they were read along."""
    return MeetingRecord(
        meeting,
        tuple(sorted(meeting.attendances.all(), key=lambda row: row.pk)),
        tuple(sorted(meeting.decisions.all(), key=lambda row: row.pk)),
        tuple(sorted(meeting.resolutions.all(), key=lambda row: row.no)),
    )


_PARTS = (
    "attendances__pegawai",
    "decisions__item__figure__indicator",
    "decisions__item__figure__unit",
    "decisions__item__figure__pegawai",
    "decisions__item__before",
    "decisions__proposed",
    "decisions__value",
    "resolutions",
)
